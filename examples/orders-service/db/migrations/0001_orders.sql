create table orders (
  number text primary key,
  placed_at timestamptz not null,
  net integer not null,
  tax integer not null
);

create table invoices (
  id bigint generated always as identity primary key,
  order_number text not null references orders (number),
  issued_at timestamptz not null
);

// Applies db/migrations in name order, each once.
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';

const client = new pg.Client({ connectionString: process.env.DATABASE_URL ?? 'postgres://orders@127.0.0.1:5432/orders' });
await client.connect();
await client.query('create table if not exists migrations (name text primary key)');
for (const name of readdirSync('db/migrations').sort()) {
  const done = await client.query('insert into migrations values ($1) on conflict do nothing', [name]);
  if (done.rowCount === 1) await client.query(readFileSync(`db/migrations/${name}`, 'utf8'));
}
await client.end();

import pg from 'pg';
import type { OrderRow } from './generated/schema.js';
import type { Order } from './orders.js';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] ?? 'postgres://orders@127.0.0.1:5432/orders' });

export async function saveOrder(order: Order): Promise<void> {
  await pool.query('insert into orders (number, placed_at, net, tax) values ($1, $2, $3, $4)', [
    order.number,
    order.placedAt,
    order.net,
    order.tax,
  ]);
}

export async function findOrder(number: string): Promise<OrderRow | undefined> {
  const found = await pool.query<OrderRow>('select * from orders where number = $1', [number]);
  return found.rows[0];
}

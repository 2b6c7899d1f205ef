import type { Clock } from './clock.js';
import { discounted, taxOf, type Cents } from './money.js';

export interface OrderLine {
  readonly sku: string;
  readonly price: Cents;
  readonly quantity: number;
}

export interface Order {
  readonly number: string;
  readonly placedAt: Date;
  readonly net: Cents;
  readonly tax: Cents;
}

export interface OrderRequest {
  readonly lines: readonly OrderLine[];
  readonly discountPercent: number;
  readonly taxPercent: number;
}

/** Order numbers are the day and a running count: 20261006-0007. */
export function orderNumber(day: Date, count: number): string {
  const date = day.toISOString().slice(0, 10).replaceAll('-', '');
  return `${date}-${String(count).padStart(4, '0')}`;
}

export function placeOrder(request: OrderRequest, count: number, clock: Clock): Order {
  const placedAt = clock.now();
  const gross = request.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const net = discounted(gross, request.discountPercent);
  return { number: orderNumber(placedAt, count), placedAt, net, tax: taxOf(net, request.taxPercent) };
}

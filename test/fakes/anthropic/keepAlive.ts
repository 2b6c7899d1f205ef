import { errorFrame } from './answer';
import { wireError } from './errors';
import { openStream } from './trouble';
import type { Exchange, Reply } from './types';

/** Begins the stream and pings until it is stopped, so that a client knows that the answer is still to come. */
export function keepAlive(exchange: Exchange, everyMs: number | undefined): () => void {
  if (everyMs === undefined) return () => undefined;
  const timer = setInterval(() => {
    if (!exchange.response.headersSent) openStream(exchange);
    exchange.response.write('event: ping\ndata: {"type":"ping"}\n\n');
  }, everyMs);
  const stop = (): void => clearInterval(timer);
  exchange.response.once('close', stop);
  return stop;
}

/** Ends a stream that has begun with the error of the reply; false where the reply is none, or nothing has begun. */
export function endBegun(reply: Reply, { response, requestId }: Exchange): boolean {
  if (!response.headersSent || !('status' in reply)) return false;
  const { type, message } = wireError(reply.status, reply.message, reply.type);
  response.end(errorFrame(type, message, requestId));
  return true;
}

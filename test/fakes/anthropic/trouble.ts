import { wireError } from './errors';
import type { Exchange, Trouble } from './types';

/** Answers with an error, not at all, or by closing the connection. */
export function sendTrouble(trouble: Trouble, exchange: Exchange): void {
  const { response, requestId } = exchange;
  if ('drop' in trouble) {
    response.socket?.destroy();
    return;
  }
  if ('hang' in trouble) {
    hang(trouble.hang, exchange);
    return;
  }
  if (trouble.body === undefined) {
    const { status, message, type, errorCode, headers } = trouble;
    exchange.error(wireError(status, message, type, errorCode), headers);
    return;
  }
  response.writeHead(trouble.status, { 'request-id': requestId, ...trouble.headers }).end(trouble.body);
}

/** Begins a stream of server-sent events. */
export function openStream({ response, requestId }: Exchange, headers: Readonly<Record<string, string>> = {}): void {
  if (response.headersSent) return;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': requestId, ...headers });
}

/** The client has to give up, or the server has to be closed. */
function hang(where: 'headers' | 'body', exchange: Exchange): void {
  if (where === 'headers') return;
  openStream(exchange);
  exchange.response.write('event: ping\ndata: {"type":"ping"}\n\n');
}

import { createServer } from 'node:http';
import { findOrder } from './db.js';

const server = createServer((request, response) => {
  const number = /^\/orders\/([0-9-]{1,20})$/.exec(request.url ?? '')?.[1];
  if (number === undefined) {
    response.writeHead(404).end();
    return;
  }
  findOrder(number).then(
    (order) => response.writeHead(order ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(order)),
    () => response.writeHead(503).end(),
  );
});

server.listen(Number(process.env['PORT'] ?? 8080));

// `npm run model:held [-- folder] [-- --port 8787]`: a loopback Anthropic at which a person, or another program, plays the
// model. See docs/testing.md.
import path from 'node:path';
import { heldScript } from '../test/fakes/anthropic/held';
import { createManagedFake } from '../test/fakes/anthropic/managed';
import { startAnthropic } from '../test/fakes/anthropic/server';
import { say } from './process';
import { root } from './root';

const PING_MS = 10_000;

const args = process.argv.slice(2);
const portAt = args.indexOf('--port');
const port = portAt < 0 ? 8787 : Number(args[portAt + 1]);
const [named] = args.filter((_, index) => portAt < 0 || (index !== portAt && index !== portAt + 1));
const folder = path.resolve(root, named ?? 'out/held');
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  say('--port wants a number from 0 to 65535.');
  process.exit(64);
}

const script = await heldScript({
  folder,
  onRequest: ({ number, model, prompt }) => say(`${number} ${model} waits: ${prompt}`),
  onReply: (number) => say(`${number} is answered`),
});
const server = await startAnthropic({ port, pingMs: PING_MS, routes: [createManagedFake().routes] });
server.reply(script);
say(`Anthropic is at ${server.url}, for any key. Requests wait in ${folder}.`);
say('Answer 0001 with 0001.answer.json (what its schema asks for), 0001.answer.txt, or 0001.reply.json (trouble).');
say(`agentDreams.claude.baseUrl: ${server.url} · ANTHROPIC_BASE_URL=${server.url} · ends with Ctrl+C`);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runDream } from '../../src/core/dream/runDream';
import { initializeStore } from '../../src/core/memory/store';
import { estimateDream } from '../../src/core/model/estimate';
import { withAccepted } from '../../src/core/state/accepted';
import { updateState } from '../../src/core/state/localState';
import { listSessions, readSession } from '../../src/core/sessions/sessionFiles';
import { chooseClaudeModels, createClaudeModel } from '../../src/engines/claude/claudeModel';
import { createClaudeBatchModel } from '../../src/engines/claudeBatch/claudeBatchModel';
import { captureSessions } from '../../src/node/logs/captureSessions';
import { createNodePorts } from '../../src/node/nodePorts';
import { createWorkspaceProbe } from '../../src/node/workspaceProbe';
import { listAt, objectAt } from '../../test/fakes/anthropic/json';
import { startAnthropic } from '../../test/fakes/anthropic/server';
import type { FakeAnthropic, SeenRequest } from '../../test/fakes/anthropic/types';
import { formsOf } from '../canary/run';
import { plant, type Planted } from '../canary/plant';
import { silentLogger } from '../../src/node/lineLogger';
import { changesFor } from './fabricatedChanges';
import { createRandom } from '../canary/formats';
import { findingOf } from './fabrications';
import { problemOfBody, type Foreign } from './bodyShape';
import { isAboutChanges, promptOf } from './requests';

export interface BodiesReport {
  readonly planted: number;
  readonly requests: number;
  /** Questions about sessions, about changes, and those that were only counted; items of batches too. */
  readonly bodies: { readonly extract: number; readonly consolidate: number; readonly counted: number };
  readonly bytes: number;
  /** Different marks of redacted secrets in what was sent: their surroundings did leave. */
  readonly marks: number;
  /** Secrets found in a request: format and where; never the value. */
  readonly hits: readonly string[];
  /** What stands in a body and should not: a text outside the marks, output of a call that went well, a field nobody knows. */
  readonly misplaced: readonly string[];
}

const MEMORIES = 12;
/** Stands in the text of every memory and in no description: only questions about changes may tell it. */
const IN_MEMORIES = 'wozzalingdorp';

/** Dreams over logs full of secrets, one by one and as a batch, and reads every byte that came in at the other side. */
export async function runBodies(count: number, seed: number): Promise<BodiesReport> {
  const root = await mkdtemp(path.join(tmpdir(), 'agent-dreams-bodies-'));
  const fake = await startAnthropic();
  try {
    const { workspace, config, planted } = await plant(root, count, seed);
    const ports = await openPorts(workspace, config, root);
    await keepMemories(ports, planted);
    answerAll(fake);
    await dreamBothWays(ports, fake.url, planted);
    const foreign = await foreignIn(ports);
    const bodies = fake.requests.flatMap(bodiesOf);
    const texts = fake.requests.map(everythingIn);
    return {
      planted: planted.length,
      requests: fake.requests.length,
      bodies: {
        extract: bodies.filter(({ body, counted }) => !counted && !isAboutChanges(body)).length,
        consolidate: bodies.filter(({ body }) => isAboutChanges(body)).length,
        counted: bodies.filter(({ counted }) => counted).length,
      },
      bytes: fake.requests.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
      marks: new Set(texts.join('\n').match(/\[redacted:[\w.-]+:[0-9a-f]{8}\]/gu)).size,
      hits: hitsIn(texts.join('\n'), planted),
      misplaced: bodies.flatMap(({ body }) => problemOfBody(body, foreign) ?? []),
    };
  } finally {
    await fake.close();
    await rm(root, { recursive: true, force: true });
  }
}

type Ports = Awaited<ReturnType<typeof createNodePorts>> & { readonly probe: ReturnType<typeof createWorkspaceProbe> };

async function openPorts(workspaceRoot: string, config: string, home: string): Promise<Ports> {
  const userFolder = path.join(home, 'user');
  const node = await createNodePorts({ workspaceRoot, logger: silentLogger, userFolder });
  const ports = { ...node, probe: createWorkspaceProbe(workspaceRoot) };
  await initializeStore(ports, { share: 'private' });
  await captureSessions(
    ports,
    {
      workspaceRoot,
      configDirs: [config],
      extraLogFolders: [],
      mapCwd: [],
      home,
      exclude: { paths: [], entrypoints: [] },
      maxBytesOnDisk: Number.MAX_SAFE_INTEGER,
    },
    { aborted: false },
  );
  return ports;
}

/** Memories from before anybody looked for secrets: with one in the description and one in the text. */
async function keepMemories(ports: Ports, planted: readonly Planted[]): Promise<void> {
  for (let at = 0; at < MEMORIES; at += 1) {
    const [first, second] = [planted[at * 3], planted[at * 3 + 1]];
    const file = `conventions/always-deploy-${at}.md`;
    const description = JSON.stringify(`Always deploy with ${first?.value ?? ''}`);
    const text = `---\nname: always-deploy-${at}\ndescription: ${description}\n---\nAlways deploy the staging of ${IN_MEMORIES} with ${second?.value ?? ''}.\n`;
    await ports.files.write(file, ports.text.encode(text));
    await updateState(ports, (state) =>
      withAccepted(state, undefined, [{ path: file, after: ports.hasher.sha256(text) }]),
    );
  }
}

async function dreamBothWays(ports: Ports, url: string, planted: readonly Planted[]): Promise<void> {
  const sessions = (await listSessions(ports)).map(({ id }) => id);
  const options = { apiKey: 'key-of-nobody', baseUrl: url, times: { pollMs: 10, slowPollMs: 10 } };
  const models = await chooseClaudeModels(options, {}, { signal: { aborted: false }, onNotice: () => undefined });
  const both = [createClaudeModel({ ...options, models }), createClaudeBatchModel({ ...options, models })];
  for (const [at, model] of both.entries()) {
    // Other instructions: what the first dream asked is asked again.
    const instructions = `Round ${at}. Look at deploying with ${planted[at]?.written ?? ''} above all`;
    await estimateDream(ports, model, sessions, { instructions });
    const request = { trigger: 'command', minSessions: 0, sessions, instructions } as const;
    const outcome = await runDream(ports, { ...request, engine: { model, capUsd: 100 } }, { aborted: false });
    if (outcome.kind !== 'completed') throw new Error(`The dream ended as ${outcome.kind}`, { cause: outcome });
  }
}

/** Quotes the first words of the person in each session, whatever they are, so that they go out once more. */
function answerAll(fake: FakeAnthropic): void {
  const random = createRandom(1);
  fake.reply(({ body }) => {
    const prompt = promptOf(body);
    if (isAboutChanges(body)) return { json: { changes: changesFor(prompt, random).changes } };
    const said = [...prompt.matchAll(/^\[(\d+) user\] (.{8,300})$/gmu)].slice(0, 8);
    const findings = said.map(([, entry = '', quote = '']) => ({
      ...findingOf([{ entry, quote }], quote, 'this'),
      target: 'always-deploy-1',
    }));
    return { json: { findings } };
  });
}

interface Body {
  readonly body: unknown;
  readonly counted: boolean;
}

function bodiesOf({ method, path: at, body }: SeenRequest): readonly Body[] {
  if (method !== 'POST') return [];
  if (!at.endsWith('/batches')) return [{ body, counted: at.endsWith('/count_tokens') }];
  return listAt(body, 'requests').map((item) => ({ body: objectAt(item, 'params'), counted: false }));
}

/** All that came in but the key: as it stood on the wire, and with its JSON read. */
function everythingIn({ method, path: at, query, headers, body, text }: SeenRequest): string {
  const others = Object.entries(headers).filter(([name]) => name !== 'authorization' && name !== 'x-api-key');
  return [method, at, query.toString(), JSON.stringify(others), text, ...stringsIn(body)].join('\n');
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [key, ...stringsIn(one)]);
}

function hitsIn(text: string, planted: readonly Planted[]): readonly string[] {
  const found = planted.filter(({ value }) => formsOf(value).some((form) => text.includes(form)));
  return found.map(({ format, wrapping, place }) => `${format} (${wrapping}) in ${place}`);
}

/** Texts of the captured sessions that must not leave, or only inside a marked document. */
async function foreignIn(ports: Ports): Promise<Foreign> {
  const sessions = await Promise.all((await listSessions(ports)).map(({ id }) => readSession(ports, id)));
  const entries = sessions.flatMap((session) => session?.entries ?? []);
  const outputs = entries.flatMap((entry) => (entry.kind === 'result' && entry.ok ? [entry.text] : []));
  const told = JSON.stringify(entries.filter((entry) => entry.kind !== 'result' || !entry.ok));
  const lines = entries.flatMap((entry) => ('text' in entry ? entry.text.split('\n').map((line) => line.trim()) : []));
  return {
    lines: [...new Set(lines)].filter((line) => line.length >= 25),
    // What somebody also said may be told as theirs.
    outputs: outputs.filter((text) => text.length >= 20 && !told.includes(JSON.stringify(text).slice(1, -1))),
    inMemories: IN_MEMORIES,
  };
}

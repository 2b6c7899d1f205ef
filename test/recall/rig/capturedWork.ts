import type { Proof } from '../../../src/core/recall/proof';
import { readProof } from '../../../src/core/recall/readProof';
import { readUsage } from '../../../src/core/recall/readUsage';
import type { MemoryUsage } from '../../../src/core/recall/usage';
import type { CapturedSession, SessionHeader } from '../../../src/core/sessions/session';
import { listSessions, readSession } from '../../../src/core/sessions/sessionFiles';
import { captureSessions } from '../../../src/node/logs/captureSessions';
import { openCliWorld, type CliWorld } from './cliWorld';
import { agentCall, fillStore } from './delivery';
import { openRecallStore, type RecallStore } from './recallStore';

/** Work of one person in two sessions, and what was captured of it. */
export interface CapturedWork {
  /** The session with a failing command, a good one, memories that were read, a subagent and a correction. */
  readonly session: CapturedSession;
  readonly headers: readonly SessionHeader[];
  /** By the path of the memory. */
  readonly usage: ReadonlyMap<string, MemoryUsage>;
  /** Before the first session, and after the last. */
  readonly proofs: readonly [before: Proof, after: Proof];
  readonly ids: ReadonlyMap<string, string>;
}

export const READ_AND_FINE = 'pitfalls/locked-fixtures.md';
export const READ_AND_CORRECTED = 'conventions/money-in-cents.md';
export const CITED = 'preferences/answer-briefly.md';
export const CORRECTION = 'No, that is wrong: always keep amounts as strings of decimals from now on.';

/** Works on a connected folder as a person does, and captures the logs of it. */
export async function work(program: string): Promise<CapturedWork> {
  const world = await openCliWorld(program);
  try {
    await world.write('.claude/agents/reviewer.md', '---\nname: reviewer\ndescription: Reviews\n---\nYou review.\n');
    const store = await openRecallStore(world);
    await fillStore(store);
    const report = await store.render();
    await store.connect();
    const before = await readProof(store.ports, []);
    const ids = new Map(report.views.flatMap(({ entries }) => entries.map(({ path, id }) => [path, id])));
    const main = await converse(world, ids);
    const captured = await capture(world, store);
    const session = await readSession(store.ports, main);
    if (session === undefined) throw new Error(`The session ${main} was not captured.`);
    const usage = await readUsage(store.ports, captured);
    return { session, headers: captured, usage, ids, proofs: [before, await readProof(store.ports, captured)] };
  } finally {
    await world.close();
  }
}

async function converse(world: CliWorld, ids: ReadonlyMap<string, string>): Promise<string> {
  const bash = (command: string): { readonly name: string; readonly input: Readonly<Record<string, unknown>> } => ({
    name: 'Bash',
    input: { command, description: 'Run the tests' },
  });
  const read = (path: string): ReturnType<typeof bash> => ({
    name: 'Read',
    input: { file_path: `${world.repository}/.agent-memory/${path}` },
  });
  world.play(
    'Make the tests pass.',
    { words: 'I run them.', calls: [bash('echo "1 failed: rounding" >&2; exit 3')] },
    { calls: [read(READ_AND_FINE)] },
    { calls: [agentCall('reviewer', 'Review the rounding.')] },
    { calls: [bash('echo "12 passed"')] },
    { text: `They pass, and the answer is brief as [${ids.get(CITED)}] says.` },
  );
  world.play('Review the rounding.', { text: 'The rounding is right.' });
  world.play(
    'Great, thanks. Now write the amounts.',
    { calls: [read(READ_AND_CORRECTED)] },
    { text: 'Written as cents.' },
  );
  world.play(CORRECTION, { text: 'They are strings now.' });
  const { session } = await world.run('Make the tests pass.');
  await world.run('Great, thanks. Now write the amounts.', { args: ['--resume', session] });
  await world.run(CORRECTION, { args: ['--resume', session] });
  await world.run('Hello');
  return session;
}

/** Captures what the program logged for the folder of the store, as the extension does. */
export async function capture(world: CliWorld, { ports, root }: RecallStore): Promise<readonly SessionHeader[]> {
  const report = await captureSessions(
    ports,
    {
      workspaceRoot: root,
      configDirs: [world.configDir],
      extraLogFolders: [],
      mapCwd: [],
      exclude: { paths: [], entrypoints: [] },
      maxBytesOnDisk: 1e9,
      home: world.home,
    },
    { aborted: false },
  );
  if (report.failed.length > 0) throw new Error(JSON.stringify(report.failed));
  return await listSessions(ports);
}

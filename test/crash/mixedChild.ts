// Does everything that changes a store, in random order, on the real adapters until it is killed. See mixedKills.ts.
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { collectGarbage } from '../../src/core/history/collectGarbage';
import { readJournal } from '../../src/core/history/journal';
import { getObject } from '../../src/core/history/objects';
import { rollback } from '../../src/core/history/rollback';
import { listSnapshots, readSnapshot } from '../../src/core/history/snapshots';
import { applyTransaction, rebuildIndex, recover } from '../../src/core/history/transaction';
import type { CorePorts } from '../../src/core/ports';
import { createNodePorts } from '../../src/node/nodePorts';
import { createRecordingLogger } from '../fakes/fakePorts';
import { generation, vacated } from './generation';
import { capture, logFile, logLine, type Operation } from './mixedStore';

async function apply(ports: CorePorts, number: number): Promise<void> {
  const writes = [];
  for (const [file, text] of new Map<string, string | null>([...generation(number), [vacated(number), null]])) {
    const present = await ports.files.read(file);
    if (text === null && present === undefined) continue;
    const expected = present === undefined ? null : ports.hasher.sha256(present);
    writes.push({ path: file, expected, bytes: text === null ? null : ports.text.encode(text) });
  }
  await applyTransaction(ports, { writes, event: { actor: 'user', action: 'accept', evidence: [] } });
}

async function present(ports: CorePorts): Promise<number> {
  const bytes = await ports.files.read('facts/fact-00.md');
  return numberIn(bytes === undefined ? '' : ports.text.decode(bytes).text);
}

function numberIn(text: string): number {
  return Number(/Generation (\d+)/u.exec(text)?.[1] ?? -1);
}

/** The newest snapshot of another state than the present one, and the generation that it holds. */
async function earlier(ports: CorePorts, from: number): Promise<{ readonly id: string; readonly to: number }> {
  for (const id of [...(await listSnapshots(ports))].reverse()) {
    const sha256 = (await readSnapshot(ports, id))?.files['facts/fact-00.md'];
    const bytes = sha256 === undefined ? undefined : await getObject(ports, sha256);
    const to = bytes === undefined ? from : numberIn(ports.text.decode(bytes).text);
    if (to !== from) return { id, to };
  }
  return { id: '', to: from };
}

const ORDER: readonly Operation[] = ['apply', 'capture', 'rollback', 'apply', 'collect', 'rollback', 'rebuild'];

async function spoilIndex(workspace: string): Promise<void> {
  const index = path.join(workspace, '.agent-memory/MEMORY.md');
  await writeFile(index, (await readFile(index, 'utf8')).replace(/Generation \d+/gu, 'Generation 0'));
}

async function perform(
  ports: CorePorts,
  workspace: string,
  { operation, to, snapshot }: { readonly operation: Operation; readonly to: number; readonly snapshot: string },
): Promise<void> {
  if (operation === 'apply') await apply(ports, to);
  else if (operation === 'rollback') await rollback(ports, snapshot);
  else if (operation === 'rebuild') await rebuildIndex(ports);
  else if (operation === 'collect') await collectGarbage(ports, { keepSnapshots: 5, keepDays: 0 });
  else await capture(ports, workspace);
}

async function run(workspace: string, turn: number): Promise<void> {
  const plain = await createNodePorts({ workspaceRoot: workspace, logger: createRecordingLogger() });
  let days = turn;
  // Garbage is collected once a day only.
  const clock = { ...plain.clock, now: () => Date.now() + days * 86_400_000 * 2 };
  const ports = { ...plain, clock };
  await recover(ports);
  const { lines } = await readJournal(ports);
  let seq = lines.length;
  for (let step = turn; ; step += 1) {
    const from = await present(ports);
    const wish = ORDER[step % ORDER.length] ?? 'apply';
    const back = wish === 'rollback' ? await earlier(ports, from) : undefined;
    const operation = back?.id === '' ? 'apply' : wish;
    const to = operation === 'apply' ? seq + 1 : (back?.to ?? from);
    const changes = to !== from;
    if (operation === 'rebuild') await spoilIndex(workspace);
    if (operation === 'capture') await appendFile(logFile(workspace), logLine(workspace, `${Date.now()}-${step}`));
    process.stdout.write(`start ${operation} ${from} ${to} ${seq}\n`);
    await perform(ports, workspace, { operation, to, snapshot: back?.id ?? '' });
    process.stdout.write('done\n');
    if (changes) seq += 1;
    days += 2;
  }
}

run(process.argv[2] ?? '', Number(process.argv[3])).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});

// Applies one generation after another on the real adapters until it is killed. Bundled and started by crashHarness.ts.
import { readJournal } from '../../src/core/history/journal';
import { applyTransaction, recover } from '../../src/core/history/transaction';
import type { CorePorts } from '../../src/core/ports';
import { createNodePorts } from '../../src/node/nodePorts';
import { createRecordingLogger } from '../fakes/fakePorts';
import { generation, vacated } from './generation';

async function apply(ports: CorePorts, number: number): Promise<void> {
  const texts = new Map<string, string | null>([...generation(number), [vacated(number), null]]);
  const writes = [];
  for (const [path, text] of texts) {
    const present = await ports.files.read(path);
    if (text === null && present === undefined) continue;
    writes.push({
      path,
      expected: present === undefined ? null : ports.hasher.sha256(present),
      bytes: text === null ? null : ports.text.encode(text),
    });
  }
  await applyTransaction(ports, { writes, event: { actor: 'user', action: 'accept', evidence: [] } });
}

async function run(workspaceRoot: string): Promise<void> {
  const ports = await createNodePorts({ workspaceRoot, logger: createRecordingLogger() });
  await recover(ports);
  const { lines } = await readJournal(ports);
  let number = lines.filter(({ action }) => action === 'accept').length;
  for (;;) {
    process.stdout.write(`start ${number}\n`);
    await apply(ports, number);
    process.stdout.write(`done ${number}\n`);
    number += 1;
  }
}

run(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});

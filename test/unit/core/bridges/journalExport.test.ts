import { expect, it } from 'vitest';
import { journalExport } from '../../../../src/core/bridges/journalExport';
import { readJournal, readPayload, verifyJournal } from '../../../../src/core/history/journal';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { initializeStore } from '../../../../src/core/memory/store';
import { readState } from '../../../../src/core/state/localState';
import { createFakePorts, nodeHasher } from '../../../fakes/fakePorts';

const BEFORE = '# Rules\n';
const AFTER = '# Rules\n\n- Use pnpm, and keep the words of this file to yourself.\n';
const hash = (text: string): string => nodeHasher().sha256(new TextEncoder().encode(text));

it('tells when which memories were written where, by hashes, and when they were taken back', async () => {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  await createMemory(ports, { path: 'conventions/pnpm.md', description: 'Use pnpm', body: 'Always.' }, []);
  const before = await readState(ports);
  const earlier = (await readJournal(ports)).lines.length;
  const file = { path: 'AGENTS.md', before: BEFORE, after: AFTER };
  const made = { path: '.cursor/rules/a.mdc', before: null, after: AFTER };
  const told = ['conventions/pnpm.md', 'facts/port.md'];
  await journalExport(ports, { kind: 'export', bridge: 'agents-md', files: [file, made], told });
  const back = { path: 'AGENTS.md', before: AFTER, after: BEFORE };
  await journalExport(ports, { kind: 'remove', bridge: 'agents-md', files: [back], told: [] });

  const { lines, problems } = await readJournal(ports);
  expect(problems).toEqual([]);
  expect(lines.slice(earlier)).toMatchObject([
    {
      actor: 'user',
      action: 'bridge-export',
      files: [
        { path: 'agents-md:AGENTS.md', before: hash(BEFORE), after: hash(AFTER) },
        { path: 'agents-md:.cursor/rules/a.mdc', before: null, after: hash(AFTER) },
      ],
    },
    {
      actor: 'user',
      action: 'bridge-remove',
      files: [{ path: 'agents-md:AGENTS.md', before: hash(AFTER), after: hash(BEFORE) }],
    },
  ]);
  expect(await verifyJournal(ports)).toBe(true);
  const payloads = await Promise.all(lines.slice(earlier).map((line) => readPayload(ports, line)));
  const texts = payloads.map((payload) => (payload.kind === 'intact' ? payload.text : payload.kind));
  expect(texts.map((text) => (JSON.parse(text) as { note?: string }).note)).toEqual([told.join('\n'), undefined]);
  expect(texts.join()).not.toContain('keep the words');

  // What is accepted is what it was: nothing of the store changed.
  const { journal, ...state } = await readState(ports);
  expect(journal).toMatchObject({ seq: lines.length });
  expect(state.accepted).toEqual(before.accepted);
});

import { describe, expect, it } from 'vitest';
import { readStore } from '../../../../src/core/memory/store';
import type { TeamFindings } from '../../../../src/core/ports';
import type { Change } from '../../../../src/core/review/proposal';
import { acceptChange, editDraft, rejectChange, undoLastDecision } from '../../../../src/core/review/review';
import { confirmationOf } from '../../../../src/core/review/confirmation';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';
import { change, memoryText, putDream } from '../review/dreamt';

const AUTHOR = '0c5f2a9b7e4d1836';
const PRINT = 'ab12cd34ef56ab78';
const FILE = `findings/${AUTHOR}/${PRINT}.md`;
const SCORE = { recurrence: 0.5, spread: 0.1, outcome: 0.5, speaker: 1, specificity: 0.4, total: 0.6 };

/** What this user said about sharing. */
const sharing = (as: string | undefined): TeamFindings => ({
  shareAs: async () => as,
  ownNames: async () => [AUTHOR],
});

const learnt = (more: Partial<Change> = {}, path = 'conventions/pnpm.md'): Change =>
  change('pnpm', [{ path, before: null, after: memoryText('pnpm', 'Use pnpm.\n\n**Why:** “SAID IN A SESSION”\n') }], {
    score: SCORE,
    fingerprint: PRINT,
    ...more,
  });

/** A change that tidies what is there. */
function hygiene(): Change {
  const { score, ...rest } = learnt();
  expect(score).toBeDefined();
  return rest;
}

async function decided(proposed: Change, as: string | null = AUTHOR): Promise<FakePorts> {
  const ports = { ...createFakePorts(), team: sharing(as ?? undefined) };
  const dream = putDream(ports, 'dreama', [proposed]);
  expect(await acceptChange(ports, { dream, change: proposed.id }, confirmationOf(proposed))).toMatchObject({
    kind: 'done',
  });
  return ports;
}

const shared = (ports: FakePorts): readonly string[] =>
  [...ports.files.entries.keys()].filter((path) => path.startsWith('findings/'));

describe('accepting a change', () => {
  it('tells the team nothing, unless the user wants that', async () => {
    expect(shared(await decided(learnt(), null))).toEqual([]);
    const alone = createFakePorts();
    const dream = putDream(alone, 'dreama', [learnt()]);
    await acceptChange(alone, { dream, change: learnt().id });
    expect(shared(alone)).toEqual([]);
  });

  it('tells its claim, its counts and days, and no word that was said in a session', async () => {
    const ports = await decided(learnt());
    expect(ports.files.text(FILE)).toBe(`---
format: 1
author: ${AUTHOR}
fingerprint: "${PRINT}"
kind: conventions
trust: user
sessions: 1
first: 2026-11-20
last: 2026-11-20
---
About pnpm
`);
  });

  it('is no memory and no problem of the store', async () => {
    const { memories, problems } = await readStore(await decided(learnt()));
    expect(memories.map(({ path }) => path)).toEqual(['conventions/pnpm.md']);
    expect(problems).toEqual([]);
  });

  it('takes what it told back with the accept', async () => {
    const ports = await decided(learnt());
    expect(await undoLastDecision(ports)).toMatchObject({ kind: 'done' });
    expect(shared(ports)).toEqual([]);
  });

  it.each([
    ['hygiene: nobody learnt it', hygiene()],
    ['what is one person’s', learnt({}, '.local/personal/conventions/pnpm.md')],
    ['what is one subagent’s', learnt({}, 'agents/reviewer/conventions/pnpm.md')],
    ['what no person and no event says', learnt({ trust: 'tool' })],
  ])('does not tell %s', async (_what, proposed) => {
    expect(shared(await decided(proposed))).toEqual([]);
  });

  it('tells what the reviewer wrote as a claim of its own', async () => {
    const ports = { ...createFakePorts(), team: sharing(AUTHOR) };
    const dream = putDream(ports, 'dreama', [learnt()]);
    const text = memoryText('pnpm', 'Use yarn.\n').replace('About pnpm', 'Use yarn here');
    await editDraft(ports, { dream, path: 'conventions/pnpm.md', text });
    await acceptChange(ports, { dream, change: learnt().id });
    const [file = ''] = shared(ports);
    expect(file).not.toBe(FILE);
    expect(ports.files.text(file)).toContain('Use yarn here');
  });

  it('gives back what stood in its place', async () => {
    const ports = { ...createFakePorts(), team: sharing(AUTHOR) };
    ports.files.put(FILE, 'before\n');
    const dream = putDream(ports, 'dreama', [learnt()]);
    await acceptChange(ports, { dream, change: learnt().id });
    expect(ports.files.text(FILE)).toContain('About pnpm');
    await undoLastDecision(ports);
    expect(ports.files.text(FILE)).toBe('before\n');
  });

  it('tells nothing when it is rejected', async () => {
    const ports = { ...createFakePorts(), team: sharing(AUTHOR) };
    const dream = putDream(ports, 'dreama', [learnt()]);
    await rejectChange(ports, { dream, change: learnt().id });
    expect(shared(ports)).toEqual([]);
  });
});

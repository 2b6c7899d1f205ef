import { acceptChange, listProposals } from '../../../../src/core/review/review';
import { confirmationOf } from '../../../../src/core/review/confirmation';
import type { Change } from '../../../../src/core/review/proposal';
import type { Evidence } from '../../../../src/core/dream/finding';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';
import { change, putDream } from '../review/dreamt';

export const RELEASE = 'workflows/cut-a-release.md';
export const SKILL = '.claude/skills/cut-a-release/SKILL.md';
export const BODY = [
  'After `npm run changelog`: `npm version`, then `npm publish`.',
  '',
  '1. Run `npm run changelog`',
  '2. Run `npm version minor` in `packages/core`',
  '3. Run `npm publish`',
  '',
  '**Why:** The steps ran in this order in 6 sessions and passed in 6 of them.',
  '**Apply when:** running `npm run changelog`.',
].join('\n');

/** Successes of one command in so many sessions. */
export function runs(sessions: number): [Evidence, ...Evidence[]] {
  const one = (session: number): Evidence => ({
    kind: 'event',
    session: `s${session}`,
    entry: 'e1',
    event: 'succeeded',
    quote: 'npm publish',
    at: `2026-11-0${session}T10:00:00Z`,
  });
  return [one(1), ...Array.from({ length: sessions - 1 }, (_, index) => one(index + 2))];
}

export function memoryOf(
  path: string,
  body: string,
  description = 'Cut a release: changelog, version, publish',
): string {
  const name = path.slice(path.lastIndexOf('/') + 1, -'.md'.length);
  return `---\nname: ${name}\ndescription: "${description}"\n---\n${body}\n`;
}

const SCORE = { recurrence: 0.8, spread: 0.5, outcome: 1, speaker: 0.7, specificity: 0.5, total: 0.7 };

/** A dream that proposes a workflow which ran well in six sessions. */
export function workflow(more: Partial<Change> = {}, body = BODY, path = RELEASE): Change {
  const files = [{ path, before: null, after: memoryOf(path, body) }] as const;
  return change('flow', files, { trust: 'observed', evidence: runs(6), score: SCORE, ...more });
}

/** A store in which the workflow was accepted. */
export async function accepted(proposed: Change = workflow()): Promise<FakePorts> {
  const ports = createFakePorts();
  const dream = putDream(ports, 'dreama', [proposed]);
  const open = (await listProposals(ports))[0]?.changes[0];
  const result = await acceptChange(
    ports,
    { dream, change: proposed.id },
    open === undefined ? undefined : confirmationOf(open.change),
  );
  if (result.kind !== 'done') throw new Error(`not accepted: ${JSON.stringify(result)}`);
  return ports;
}

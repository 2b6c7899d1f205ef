import type { LanguageModel, ModelRequest } from '../../../../../src/core/model/languageModel';
import type { DreamOutcome } from '../../../../../src/core/dream/runDream';
import { runDream } from '../../../../../src/core/dream/runDream';
import type { CapturedSession } from '../../../../../src/core/sessions/session';
import { answer, type Script } from '../../../../fakes/fakeModel';
import { buildSession } from '../../../../fakes/sessionBuilder';
import type { World } from '../dreamWorld';

/** Offline miners stay out, so that what is proposed is the model's. */
export const dreamWith = (
  world: World,
  model: LanguageModel,
  more: { capUsd?: number; signal?: { aborted: boolean }; sessions?: readonly string[]; instructions?: string } = {},
): Promise<DreamOutcome> => {
  const { capUsd = 5, signal = { aborted: false }, ...request } = more;
  return runDream(
    world,
    { trigger: 'command', minSessions: 0, engine: { model, capUsd, estimatedUsd: 0.01 }, ...request },
    signal,
    undefined,
    [],
  );
};

export const session = (id: string, day: string, said: string): CapturedSession =>
  buildSession(id, `2026-11-${day}T10:00:00Z`).says(said).answers('I will.').end();

export const finding = (entry: number, quote: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  kind: 'new',
  statement: quote,
  category: 'conventions',
  scope: 'project',
  evidence: [{ entry: String(entry), quote }],
  target: '',
  ...more,
});

export const change = (more: Record<string, unknown>): Record<string, unknown> => ({
  action: 'add',
  memory: '',
  others: [],
  category: 'conventions',
  name: 'name of it',
  description: 'A description',
  text: 'A text',
  reason: 'It helps',
  findings: ['f1'],
  ...more,
});

/** Finds these in the first session and says these changes to whatever is asked about them. */
export const says =
  (findings: readonly unknown[], changes: readonly unknown[]): Script =>
  (request) =>
    request.role === 'extract' ? answer({ findings }) : answer({ changes });

export const PORTAL = 'from now on name every migration after its ticket';
export const portal = session('s1', '01', PORTAL);
export const portalFinding = finding(0, PORTAL);
export const portalChange = change({
  name: 'migration-names',
  description: 'Name every migration after its ticket',
  text: 'Name every migration after its ticket.',
});

export const completed = (outcome: DreamOutcome): Extract<DreamOutcome, { kind: 'completed' }> => {
  if (outcome.kind !== 'completed') throw new Error(`ended as ${outcome.kind} ${JSON.stringify(outcome)}`);
  return outcome;
};
export const paths = (outcome: DreamOutcome): readonly string[] =>
  completed(outcome).proposal.changes.flatMap(({ files }) => files.map(({ path }) => path));
export const reasons = (outcome: DreamOutcome): readonly string[] =>
  completed(outcome).proposal.dismissed.map(({ reason }) => reason);
export const keysOf = (requests: readonly ModelRequest[]): readonly string[] => requests.map(({ key }) => key);

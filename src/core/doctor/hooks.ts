import type { DoctorFacts, HookRun } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown } from './known';

/** What Claude Code takes of one text; of a longer one it shows the beginning and names a file. */
export const HOOK_LIMIT = 10_000;
/** Longer than this everybody notices at the start of a session. */
const SLOW_MS = 1_500;

/** Each hook runs, in the workspace folder and below it, in time, and prints what Claude Code takes as context. */
export function checkHooks({ hooks }: Pick<DoctorFacts, 'hooks'>): readonly DoctorFinding[] {
  return ifKnown('hooks', hooks, (runs) => {
    const found = new Map<string, DoctorFinding>();
    for (const run of runs) {
      const finding = findingOf(run);
      // The same hook in another folder, for the same reason, is the same news.
      const key = finding && `${finding.kind} ${run.event} ${run.command}`;
      if (finding !== undefined && key !== undefined && !found.has(key)) found.set(key, finding);
    }
    return [...found.values()];
  });
}

function findingOf(run: HookRun): DoctorFinding | undefined {
  const about = { event: run.event, command: run.command, folder: run.folder, ms: Math.round(run.ms), file: run.file };
  const failed = (said: string): DoctorFinding => ({
    check: 'hooks',
    kind: 'hook-failed',
    severity: 'problem',
    about: { ...about, said },
    fix: { id: 'connect' },
  });
  switch (run.end.kind) {
    case 'exit':
      return failed(`${run.end.code} ${run.end.said}`.trim());
    case 'timeout':
      return failed('timeout');
    case 'not-started':
      return failed(run.end.said);
    case 'output':
      return outputFinding(run, run.end.text, about);
  }
}

function outputFinding(run: HookRun, text: string, about: DoctorFinding['about']): DoctorFinding | undefined {
  const fix = { id: 'renderAgain' } as const;
  const context = contextOf(text, run.event);
  if (context === undefined)
    return {
      check: 'hooks',
      kind: 'hook-output',
      severity: 'problem',
      about: { ...about, said: text.slice(0, 80) },
      fix,
    };
  if (context.length > HOOK_LIMIT) {
    const sized = { ...about, characters: context.length, most: HOOK_LIMIT };
    return { check: 'hooks', kind: 'hook-too-long', severity: 'problem', about: sized, fix };
  }
  if (run.ms > SLOW_MS)
    return { check: 'hooks', kind: 'hook-slow', severity: 'warning', about, fix: { id: 'connect' } };
  return undefined;
}

/** The context that Claude Code takes from the output of a hook: '' where there is none, undefined where it is nothing it reads. */
export function contextOf(output: string, event: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(output);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  if (!('hookSpecificOutput' in parsed)) return Object.keys(parsed).length === 0 ? '' : undefined;
  const inner: unknown = parsed.hookSpecificOutput;
  if (typeof inner !== 'object' || inner === null) return undefined;
  const fields = inner as Readonly<Record<string, unknown>>;
  const context = fields['additionalContext'];
  return fields['hookEventName'] === event && typeof context === 'string' ? context : undefined;
}

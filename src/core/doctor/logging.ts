import type { DoctorFacts, LoggingFacts, SettingsLayer } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown, valueOf } from './known';

/** Variables with which Claude Code writes no log. */
const NO_LOG = /^(?:CLAUDE_CODE_SKIP_PROMPT_HISTORY)$/u;
/** A session that goes on has not been captured to its end, and need not be. */
export const SETTLED_MS = 10 * 60_000;
/** Fewer prompts say nothing about what logs hold. */
const TELLING_PROMPTS = 2;

/** Sessions are logged, all of them are captured, and they hold tool calls, not just text. */
export function checkLogging(facts: Pick<DoctorFacts, 'logging' | 'settings' | 'now'>): readonly DoctorFinding[] {
  const layers = valueOf(facts.settings) ?? [];
  return ifKnown('logging', facts.logging, (logging) => [
    ...switchedOff(logging, layers),
    ...uncaptured(logging, facts.now),
    ...incomplete(logging),
  ]);
}

function switchedOff(logging: LoggingFacts, layers: readonly SettingsLayer[]): readonly DoctorFinding[] {
  const findings: DoctorFinding[] = [];
  if (!logging.captureEnabled) {
    findings.push({
      check: 'logging',
      kind: 'capture-off',
      severity: 'warning',
      about: {},
      fix: { id: 'openSetting', target: 'capture.enabled' },
    });
  }
  for (const { file, layer, values } of layers) {
    for (const variable of values.variables.filter((name) => NO_LOG.test(name))) {
      const fix =
        layer === 'managed'
          ? { id: 'openFile' as const, target: file }
          : { id: 'removeClaudeSetting' as const, target: file, at: `env.${variable}` };
      findings.push({ check: 'logging', kind: 'history-off', severity: 'problem', about: { variable, file }, fix });
    }
  }
  for (const variable of logging.variables.filter((name) => NO_LOG.test(name)))
    findings.push({ check: 'logging', kind: 'history-off', severity: 'problem', about: { variable, file: '' } });
  return findings;
}

function uncaptured(logging: LoggingFacts, now: number): readonly DoctorFinding[] {
  const findings: DoctorFinding[] = [];
  const left = logging.logs.filter(({ kept, mtimeMs }) => !kept && now - mtimeMs > SETTLED_MS);
  const [first] = left;
  if (first !== undefined) {
    const about = { count: left.length, file: first.file };
    findings.push({ check: 'logging', kind: 'not-captured', severity: 'warning', about, fix: { id: 'captureNow' } });
  }
  const [unreadable] = logging.unreadable;
  if (unreadable !== undefined) {
    const about = { count: logging.unreadable.length, file: unreadable };
    const fix = { id: 'showLog' } as const;
    findings.push({ check: 'logging', kind: 'log-unreadable', severity: 'warning', about, fix });
  }
  for (const { path, sessions } of logging.former) {
    const about = { path, count: sessions };
    findings.push({ check: 'logging', kind: 'moved-sessions', severity: 'note', about, fix: { id: 'adoptSessions' } });
  }
  return findings;
}

function incomplete({ sessions }: LoggingFacts): readonly DoctorFinding[] {
  const findings: DoctorFinding[] = [];
  const prompts = sessions.reduce((sum, session) => sum + session.prompts, 0);
  if (prompts >= TELLING_PROMPTS && sessions.every(({ toolCalls }) => toolCalls === 0)) {
    const about = { count: sessions.length, prompts };
    findings.push({ check: 'logging', kind: 'text-only', severity: 'warning', about, fix: { id: 'captureNow' } });
  }
  const damaged = sessions.filter(({ truncated, damagedLines }) => truncated || damagedLines > 0);
  const [first] = damaged;
  if (first !== undefined) {
    const lines = damaged.reduce((sum, { damagedLines }) => sum + damagedLines, 0);
    const about = { count: damaged.length, lines, session: first.id };
    findings.push({ check: 'logging', kind: 'log-damaged', severity: 'note', about, fix: { id: 'showLog' } });
  }
  return findings;
}

import { AgentDreamsError } from '../errors';
import type { Redactor, SecretFinding } from '../ports';

/** A secret in a text: where, by which rule, and the fingerprint by which it can be allowed. Never the secret. */
export interface Credential {
  /** 1-based line on which it starts. */
  readonly line: number;
  readonly rule: string;
  /** `hash8` of its mark; '' if the redactor tells none. */
  readonly fingerprint: string;
}

/**
 * The first secret of a text, or undefined. Secrets that `known` holds already do not count: who edits the line above
 * an old secret did not put it there.
 */
export function findCredential(text: string, redactor: Redactor, known = ''): Credential | undefined {
  const redacted = redactor.redact(text);
  if (redacted.rules.length === 0) return undefined;
  const old = new Set(findingsOf(redactor.redact(known)).map(({ fingerprint }) => fingerprint));
  const finding = findingsOf(redacted).find(({ fingerprint }) => fingerprint === '' || !old.has(fingerprint));
  if (finding === undefined) return undefined;
  return { ...finding, line: lineOf(text, redacted.text, finding) };
}

/** Throws `credential` if a text that is about to be kept holds a secret. */
export function refuseCredential(path: string, text: string, redactor: Redactor, known = ''): void {
  const found = findCredential(text, redactor, known);
  if (found === undefined) return;
  const { line, rule, fingerprint } = found;
  throw new AgentDreamsError('credential', `Line ${line} of ${path} holds a secret (${rule}, ${fingerprint}).`, {
    path,
    line,
    rule,
    fingerprint,
  });
}

function findingsOf({
  rules,
  findings,
}: {
  readonly rules: readonly string[];
  readonly findings?: readonly SecretFinding[];
}): readonly SecretFinding[] {
  return findings ?? rules.map((rule) => ({ rule, fingerprint: '' }));
}

const MARK = /\[redacted:[\w.-]{1,80}:[0-9a-f]{1,64}\]/gu;

/** Text between marks is as it was: following it through the original tells where each secret stood. */
function lineOf(text: string, redacted: string, { rule, fingerprint }: SecretFinding): number {
  let at = 0;
  let from = 0;
  for (const { 0: mark, index } of redacted.matchAll(MARK)) {
    const between = redacted.slice(from, index);
    const start = Math.max(0, text.indexOf(between, at)) + between.length;
    from = index + mark.length;
    at = text.startsWith(mark, start) ? start + mark.length : start;
    if (at === start && mark === `[redacted:${rule}:${fingerprint}]`) return text.slice(0, start).split('\n').length;
  }
  return 1;
}

import type { Hasher, Redaction, Redactor, SecretFinding, SecretMatch, SecretScanner } from '../ports';

/** Redacted text may show new secrets at the seams; each round takes something away, and this is far above what occurs. */
const MAX_ROUNDS = 8;

/** A redactor that always says what it found. */
export interface ReportingRedactor extends Redactor {
  redact(text: string): Redaction & { readonly findings: readonly SecretFinding[] };
}

/**
 * Replaces every secret the scanner finds by `[redacted:rule:hash8]`. The hash is keyed, so that equal secrets of one
 * workspace can be told to be equal and nothing can be guessed from it without the key. A secret whose `hash8` is in
 * `allow` stays: the user said that it is none. Redacting twice gives what redacting once gives.
 */
export function createRedactor(
  scanner: SecretScanner,
  hasher: Hasher,
  key: string,
  allow: ReadonlySet<string> = new Set(),
): ReportingRedactor {
  const fingerprintOf = (match: SecretMatch): string => hasher.hmac(key, match.secret).slice(0, 8);

  function round(text: string, findings: SecretFinding[]): string {
    let redacted = '';
    let from = 0;
    for (const match of scanner.scan(text)) {
      const fingerprint = fingerprintOf(match);
      if (allow.has(fingerprint)) continue;
      redacted += `${text.slice(from, match.start)}[redacted:${match.rule}:${fingerprint}]`;
      from = match.end;
      findings.push({ rule: match.rule, fingerprint });
    }
    return from === 0 ? text : redacted + text.slice(from);
  }

  return {
    redact(text) {
      const findings: SecretFinding[] = [];
      let before = text;
      let after = round(before, findings);
      for (let rounds = 1; after !== before && rounds < MAX_ROUNDS; rounds += 1) {
        before = after;
        after = round(before, findings);
      }
      return { text: after, rules: findings.map(({ rule }) => rule), findings };
    },
  };
}

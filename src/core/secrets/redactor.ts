import type { Hasher, Redactor, SecretScanner } from '../ports';

/**
 * Replaces every secret the scanner finds by `[redacted:rule:hash8]`. The hash is keyed, so that equal secrets of one
 * workspace can be told to be equal and nothing can be guessed from it without the key.
 */
export function createRedactor(scanner: SecretScanner, hasher: Hasher, key: string): Redactor {
  return {
    redact(text) {
      const matches = scanner.scan(text);
      if (matches.length === 0) return { text, rules: [] };
      let redacted = '';
      let from = 0;
      for (const { rule, start, end } of matches) {
        const mark = hasher.hmac(key, text.slice(start, end)).slice(0, 8);
        redacted += `${text.slice(from, start)}[redacted:${rule}:${mark}]`;
        from = end;
      }
      return { text: redacted + text.slice(from), rules: matches.map((match) => match.rule) };
    },
  };
}

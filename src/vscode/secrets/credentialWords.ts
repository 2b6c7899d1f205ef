import type { Translate } from '../translate';

/** Words for a text that was refused because it holds a secret: where and which rule, never the secret itself. */
export function credentialWords(
  told: Readonly<Partial<Record<'path' | 'line' | 'rule' | 'fingerprint', string | number | boolean>>>,
  t: Translate,
): string {
  return t(
    'Line {0} of {1} holds what looks like a secret: rule {2}, fingerprint {3}. Nothing was written. Take it out, or allow its fingerprint if it is none.',
    Number(told.line ?? 1),
    String(told.path ?? ''),
    String(told.rule ?? ''),
    String(told.fingerprint ?? ''),
  );
}

import type { Redactor } from '../ports';

/**
 * The same value with every text in it redacted, keys included. Plain data only: objects, lists, texts, numbers. What
 * holds no secret comes back as it is, the very same object.
 */
export function redactDeep<T>(value: T, redactor: Pick<Redactor, 'redact'>): T {
  // Texts stay texts, lists lists, and objects keep their shape, so the type does too.
  return redactAny(value, (text) => redactor.redact(text).text) as T;
}

type Redact = (text: string) => string;

/** As `redactDeep`, of an object whose own names are known ones: they were validated, and hold nothing. */
export function redactValues<T extends object>(value: T, redactor: Pick<Redactor, 'redact'>): T {
  return redactEntries(value, (text) => redactor.redact(text).text, same) as T;
}

const same: Redact = (text) => text;

function redactAny(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => redactAny(item, redact));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  return typeof value === 'object' && value !== null ? redactEntries(value, redact, redact) : value;
}

function redactEntries(value: object, redact: Redact, redactName: Redact): unknown {
  let after: [string, unknown][] | undefined;
  const before: [string, unknown][] = Object.entries(value);
  before.forEach(([key, item], index) => {
    const name = redactName(key);
    const clean = redactAny(item, redact);
    if (name === key && clean === item) return;
    after ??= [...before];
    after[index] = [name, clean];
  });
  return after === undefined ? value : Object.fromEntries(after);
}

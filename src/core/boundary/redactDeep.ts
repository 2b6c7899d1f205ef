import type { Redactor } from '../ports';

/**
 * The same value with every text in it redacted, keys included. Plain data only: objects, lists, texts, numbers. What
 * holds no secret comes back as it is, the very same object.
 */
export function redactDeep<T>(value: T, redactor: Pick<Redactor, 'redact'>): T {
  // Texts stay texts, lists lists, and objects keep their shape, so the type does too.
  return redactAny(value, (text) => redactor.redact(text).text) as T;
}

function redactAny(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => redactAny(item, redact));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const before: readonly (readonly [string, unknown])[] = Object.entries(value);
  const after = before.map(([key, item]) => [redact(key), redactAny(item, redact)] as const);
  const changed = after.some(([key, item], index) => !sameEntry(before[index], key, item));
  return changed ? Object.fromEntries(after) : value;
}

function sameEntry(before: readonly [string, unknown] | undefined, key: string, item: unknown): boolean {
  return before !== undefined && before[0] === key && before[1] === item;
}

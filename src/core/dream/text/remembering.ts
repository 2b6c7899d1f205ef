/** Longer texts are rare, and would be held for nothing. UTF-16 units. */
const LONGEST = 1_000;

/**
 * The same pure function of a text, which remembers what it gave for the latest texts: miners compare texts in pairs,
 * and ask the same of each text for every pair. Bounded: once `most` texts are held, all are forgotten; those of more
 * than `longest` UTF-16 units are not held.
 */
export function remembering<T>(
  work: (text: string) => T,
  most: number,
  longest: number = LONGEST,
): (text: string) => T {
  const known = new Map<string, { readonly given: T }>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before.given;
    const given = work(text);
    if (text.length > longest) return given;
    if (known.size >= most) known.clear();
    known.set(text, { given });
    return given;
  };
}

/** The same pure function of a value that never changes, which remembers what it gave for as long as the value is there. */
export function rememberingOf<K extends object, T>(work: (value: K) => T): (value: K) => T {
  const known = new WeakMap<K, { readonly given: T }>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before.given;
    const given = work(value);
    known.set(value, { given });
    return given;
  };
}

import { remembering } from './remembering';
import { words } from './words';

/** Tools and styles of which a project picks one: naming another member of the same family changes the meaning. */
const FAMILIES: readonly (readonly string[])[] = [
  ['npm', 'pnpm', 'yarn', 'bun'],
  ['pip', 'uv', 'poetry', 'pipenv', 'conda'],
  ['jest', 'vitest', 'mocha', 'ava'],
  ['eslint', 'biome', 'oxlint'],
  ['tabs', 'tab', 'spaces', 'space'],
  ['merge', 'rebase', 'squash'],
  ['single', 'double'],
  ['camelcase', 'snake_case', 'kebab-case', 'pascalcase'],
  ['make', 'just', 'mise', 'task'],
  ['docker', 'podman'],
  ['english', 'german', 'french', 'spanish', 'portuguese', 'chinese', 'japanese'],
  ['main', 'master', 'develop', 'trunk'],
  ['british', 'american'],
];

/** Texts that are compared in pairs at one time; a thousand sessions give a few hundred. */
const REMEMBERED = 4_000;
const FAMILY_OF = new Map(FAMILIES.flatMap((family, index) => family.map((word) => [word, index] as const)));
const NEGATIVE =
  /(?<![\p{L}\p{N}])(?:never|don['’]?t|do not|must not|should not|shouldn['’]?t|mustn['’]?t|avoid|stop|no more|not|nie|niemals|kein(?:e|en)?|nicht|nunca|jam[aá]s|jamais|não|ne)(?![\p{L}\p{N}])|不要|绝不|从不|别|しない|ないで|禁止/iu;

const CONTRAST =
  /[,;(–—]\s{0,3}(?:(?:and|but|und|y|et|e|mais)\s+)?(?:not|never|no|nicht|nie|niemals|keine?|nunca|jamais|pas|não)(?!\p{L})|(?<!\p{L})(?:instead of|rather than|in place of|statt|anstatt|anstelle von|en lugar de|en vez de|au lieu de|plut[oô]t que|em vez de|ao inv[eé]s de)(?!\p{L})|而不是|而非/iu;

/** The parts of a text that carry its value: code, numbers, versions, paths, members of a family of alternatives. */
export const valueSlots: (text: string) => ReadonlySet<string> = remembering(readSlots, REMEMBERED);

function readSlots(text: string): ReadonlySet<string> {
  const slots = new Set<string>();
  for (const match of text.matchAll(/`([^`\n]{1,120})`/gu)) slots.add((match[1] ?? '').trim().toLowerCase());
  for (const word of words(text)) {
    if (/\d/u.test(word) || /[/@]/u.test(word) || FAMILY_OF.has(word)) slots.add(word);
  }
  return slots;
}

/** True if the rule forbids: "never squash", but not "use pnpm, never npm". */
export const isNegative: (text: string) => boolean = remembering(
  (text) => NEGATIVE.test(splitContrast(text.slice(0, 2_000)).wanted),
  REMEMBERED,
);

/**
 * True if two texts on one topic cannot both hold: one wants what the other refuses, each wants another value of the same
 * kind, or one forbids what the other asks.
 */
export function differsInValue(a: string, b: string): boolean {
  const [one, two] = [stanceOf(a), stanceOf(b)];
  if (meet(one.wanted, two.unwanted) || meet(one.unwanted, two.wanted)) return true;
  const onlyOne = without(one.wanted, two);
  const onlyTwo = without(two.wanted, one);
  if (onlyOne.some((slot) => onlyTwo.some((other) => sameKind(slot, other)))) return true;
  const named = one.wanted.size + one.unwanted.size + two.wanted.size + two.unwanted.size;
  return named === 0 && isNegative(a) !== isNegative(b);
}

/**
 * True if one text refuses what the other holds its own value against, so that they are two sides of one rule: "never
 * use npm" and "use pnpm, not npm". The value that is refused must stand in both.
 */
export function complements(a: string, b: string): boolean {
  const [one, two] = [stanceOf(a), stanceOf(b)];
  return meet(one.unwanted, two.unwanted) && [one, two].some((stance) => stance.wanted.size > 0);
}

interface Stance {
  readonly wanted: ReadonlySet<string>;
  readonly unwanted: ReadonlySet<string>;
}

/** Which values a text asks for and which it refuses, sentence by sentence. */
const stanceOf: (text: string) => Stance = remembering(readStance, REMEMBERED);

function readStance(text: string): Stance {
  const wanted = new Set<string>();
  const unwanted = new Set<string>();
  for (const sentence of text.slice(0, 4_000).split(/(?<=[.!?])\s+|(?<=[。！？])|\n/u)) {
    const parts = splitContrast(sentence);
    const negative = NEGATIVE.test(parts.wanted);
    for (const slot of readSlots(parts.wanted)) (negative ? unwanted : wanted).add(slot);
    for (const slot of readSlots(parts.unwanted)) (negative ? wanted : unwanted).add(slot);
  }
  return { wanted, unwanted };
}

/** "Use X, not Y", "X instead of Y": what is asked for, and what it is held against. */
function splitContrast(sentence: string): { readonly wanted: string; readonly unwanted: string } {
  const japanese = /^(.{1,120}?)(?:ではなく|じゃなくて)(.+)$/u.exec(sentence);
  if (japanese !== null) return { wanted: japanese[2] ?? '', unwanted: japanese[1] ?? '' };
  const contrast = CONTRAST.exec(sentence);
  if (contrast === null || contrast.index === 0) return { wanted: sentence, unwanted: '' };
  return { wanted: sentence.slice(0, contrast.index), unwanted: sentence.slice(contrast.index + contrast[0].length) };
}

function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((slot) => b.has(slot));
}

function without(slots: ReadonlySet<string>, other: Stance): readonly string[] {
  return [...slots].filter((slot) => !other.wanted.has(slot) && !other.unwanted.has(slot));
}

function sameKind(a: string, b: string): boolean {
  return kind(a) === kind(b);
}

function kind(slot: string): string {
  const family = FAMILY_OF.get(slot);
  if (family !== undefined) return `family ${family}`;
  if (/^v?\d/u.test(slot)) return 'number';
  if (/\s/u.test(slot)) return `command ${FAMILY_OF.get(slot.split(/\s/u)[0] ?? '') ?? slot.split(/\s/u)[0] ?? ''}`;
  return /[/.]/u.test(slot) ? 'path' : 'name';
}

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

const FAMILY_OF = new Map(FAMILIES.flatMap((family, index) => family.map((word) => [word, index] as const)));
const NEGATIVE =
  /(?<![\p{L}\p{N}])(?:never|don['’]?t|do not|must not|should not|shouldn['’]?t|mustn['’]?t|avoid|stop|no more|not|nie|niemals|kein(?:e|en)?|nicht|nunca|jam[aá]s|jamais|não|ne)(?![\p{L}\p{N}])|不要|绝不|从不|别|しない|ないで|禁止/iu;

/** The parts of a text that carry its value: code, numbers, versions, paths, members of a family of alternatives. */
export function valueSlots(text: string): ReadonlySet<string> {
  const slots = new Set<string>();
  for (const match of text.matchAll(/`([^`\n]{1,120})`/gu)) slots.add((match[1] ?? '').trim().toLowerCase());
  for (const word of words(text)) {
    if (/\d/u.test(word) || /[/@]/u.test(word) || FAMILY_OF.has(word)) slots.add(word);
  }
  return slots;
}

/** True if the text forbids. */
export function isNegative(text: string): boolean {
  return NEGATIVE.test(text.slice(0, 2_000));
}

/** True if two texts on one topic cannot both hold: each names a value the other lacks, or one forbids what the other asks. */
export function differsInValue(a: string, b: string): boolean {
  const [slotsA, slotsB] = [valueSlots(a), valueSlots(b)];
  const onlyA = [...slotsA].filter((slot) => !slotsB.has(slot));
  const onlyB = [...slotsB].filter((slot) => !slotsA.has(slot));
  if (onlyA.some((slot) => onlyB.some((other) => sameKind(slot, other)))) return true;
  return onlyA.length === 0 && onlyB.length === 0 && isNegative(a) !== isNegative(b);
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

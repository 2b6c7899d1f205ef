import type { Random } from './random';

const TYPOS: readonly (readonly [RegExp, string])[] = [
  [/\bplease\b/iu, 'pls'],
  [/\bthe\b/u, 'teh'],
  [/\bbefore\b/u, 'befor'],
  [/\bbecause\b/u, 'becuase'],
  [/\bwrite\b/u, 'wirte'],
  [/\binstead\b/u, 'insted'],
  [/\balways\b/u, 'alwyas'],
  [/\bshould\b/u, 'shoudl'],
  [/\bthat\b/u, 'taht'],
];

/** The same sentence the way somebody types it: sometimes lower case, without full stop or apostrophes, with a slip. */
export function typed(text: string, random: Random, keep: readonly string[] = []): string {
  let said = text;
  if (random.chance(0.3)) said = said.charAt(0).toLowerCase() + said.slice(1);
  if (random.chance(0.3)) said = said.replace(/[.!]$/u, '');
  if (random.chance(0.2)) said = said.replace(/(?<=n)['’](?=t\b)/gu, '');
  if (random.chance(0.12)) {
    const slip = random.pick(TYPOS);
    if (!keep.some((word) => slip[0].test(word))) said = said.replace(slip[0], slip[1]);
  }
  return said;
}

/** Where in a prompt a sentence stands: alone, first, last, in the middle, as a postscript. */
export function placed(sentence: string, task: string, second: string, random: Random): string {
  const ended = (text: string): string => (/[.!?。)]$/u.test(text) ? text : `${text}.`);
  switch (random.int(0, 6)) {
    case 0:
      return `${ended(sentence)} ${task}`;
    case 1:
      return `${ended(task)} ${sentence}`;
    case 2:
      return `${task}\n\nps: ${sentence}`;
    case 3:
      return `${ended(task)} ${ended(sentence)} ${second}`;
    case 4:
      return `${task}\n${sentence}\n${second}`;
    default:
      return sentence;
  }
}

/** `{name}` replaced by its value; throws where a value is missing. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([a-z])\}/gu, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No value for ${whole} in "${template}"`);
    return value;
  });
}

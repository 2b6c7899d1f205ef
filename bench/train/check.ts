import { judge } from './learned/gate';
import { isTaskLocal, pointsOutside, withoutLeadIn } from '../../src/core/dream/offline/language/english';
import { REPORTED } from '../../src/core/dream/offline/language/englishCues';
import { HYPOTHETICAL, PLANNED, SARCASM } from '../../src/core/dream/offline/language/englishStanding';
import { isImagined } from '../../src/core/dream/offline/language/imagined';
import type { Example } from './corpus';
import { trained } from './train';

interface Judged {
  readonly example: Example;
  readonly kind: string;
  readonly durable: number;
}

/** Every fifth of the frames and contents, read by a model that saw only the others. */
export function renderCheck(examples: readonly Example[], verbose: boolean): readonly string[] {
  const judged: Judged[] = [];
  for (let fold = 0; fold < 5; fold += 1) {
    const model = trained(examples.filter((example) => foldOf(example) !== fold));
    for (const example of examples) {
      if (foldOf(example) === fold) judged.push({ example, ...judge(example.text, model) });
    }
  }
  const languages = [...new Set(examples.map(({ language }) => language))].sort();
  return [
    `${examples.length} sentences, of which ${examples.filter(({ kind }) => kind === 'none').length} last no longer than a task`,
    'held-out families: precision and recall of "lasts", by threshold',
    ...languages.flatMap((language) => [
      language,
      ...[0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995].map((at) =>
        rates(
          judged.filter((one) => one.example.language === language),
          at,
        ),
      ),
    ]),
    'en, guarded',
    ...[0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995].map((at) =>
      rates(
        judged.filter((one) => one.example.language === 'en'),
        at,
        guarded,
      ),
    ),
    ...perFamily(judged),
    ...(verbose ? worst(judged) : []),
  ];
}

function rates(judged: readonly Judged[], at: number, doubt: (text: string) => boolean = () => false): string {
  const taken = judged.filter(({ durable, example }) => durable >= at && !doubt(example.text));
  const right = taken.filter(({ example }) => example.kind !== 'none');
  const lasting = judged.filter(({ example }) => example.kind !== 'none').length;
  const named = right.filter(({ example, kind }) => example.kind === kind).length;
  return `  ${at.toFixed(3)}  precision ${share(right.length, taken.length)}  recall ${share(right.length, lasting)}  kind ${share(named, right.length)}`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : (part / whole).toFixed(3);
}

function perFamily(judged: readonly Judged[]): readonly string[] {
  const families = [...new Set(judged.map(({ example }) => example.family))];
  return families.map((family) => {
    const own = judged.filter(({ example }) => example.family === family);
    return `  ${family.padEnd(32)} ${own[0]?.example.kind.padEnd(11) ?? ''} >= .8: ${share(own.filter(({ durable }) => durable >= 0.8).length, own.length)}  < .1: ${share(own.filter(({ durable }) => durable < 0.1).length, own.length)}`;
  });
}

function worst(judged: readonly Judged[]): readonly string[] {
  const wrong = judged.filter(
    ({ example, durable }) =>
      (example.kind === 'none') === durable >= 0.8 && (example.kind === 'none' || durable < 0.2),
  );
  return wrong.map(
    ({ example, durable, kind }) =>
      `${durable.toFixed(2)} ${kind} | ${example.kind} | ${example.family} | ${example.text}`,
  );
}

function guarded(text: string): boolean {
  const bare = withoutLeadIn(text);
  return (
    /\?$/u.test(text) ||
    isTaskLocal(bare) ||
    pointsOutside(bare) ||
    REPORTED.test(bare) ||
    HYPOTHETICAL.test(bare) ||
    PLANNED.test(bare) ||
    SARCASM.test(text) ||
    isImagined(bare)
  );
}

function foldOf(example: Example): number {
  if (!process.argv.includes('--frames')) return example.fold;
  return (
    Array.from(example.frame, (letter) => letter.charCodeAt(0)).reduce((sum, code) => (sum * 31 + code) % 9973, 7) % 5
  );
}

/** How sentences of another author are read by a model of the whole corpus. */
export function renderOthers(
  examples: readonly Example[],
  others: readonly Example[],
  verbose: boolean,
): readonly string[] {
  const model = trained(examples);
  const judged = others.map((example) => ({ example, ...judge(example.text, model) }));
  return [
    `${others.length} sentences of another author`,
    ...[0.5, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99].map((at) => rates(judged, at)),
    'guarded',
    ...[0.5, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99].map((at) => rates(judged, at, guarded)),
    'vetoed below',
    ...[0.02, 0.05, 0.1].map(
      (at) =>
        `  ${at}  none ${share(judged.filter((one) => one.durable < at && one.example.kind === 'none').length, judged.filter((one) => one.example.kind === 'none').length)}  lasting ${share(judged.filter((one) => one.durable < at && one.example.kind !== 'none').length, judged.filter((one) => one.example.kind !== 'none').length)}`,
    ),
    ...perFamily(judged),
    ...(verbose ? worst(judged) : []),
  ];
}

import type { LoadedForFile, LoadedPart, LoadedText } from '../../core/doctor/loadedText';
import type { RecallVerdict } from '../../core/doctor/recallTest';
import type { Translate } from '../translate';

/** What became of a question to Claude Code. */
export interface RecallTested {
  readonly name: string;
  readonly channel: 'hooks' | 'rules';
  readonly verdicts: readonly RecallVerdict[];
  readonly model: string;
  readonly costUsd: number;
}

/** The tests of this window, newest last; they are never written to disk. */
const MOST_KEPT = 5;
const tests = new Map<string, RecallTested>();

/** Keeps a test for its document; the name by which it is found again. */
export function keepTestReport(tested: RecallTested): string {
  const name = String(tests.size + 1 + Number([...tests.keys()].at(-1) ?? 0));
  tests.set(name, tested);
  for (const old of [...tests.keys()].slice(0, -MOST_KEPT)) tests.delete(old);
  return name;
}

export function testReport(name: string, t: Translate): string {
  const tested = tests.get(name);
  if (tested === undefined) return `${t('This test is gone: it was never written to disk. Run it again.')}\n`;
  const { verdicts, model, costUsd, channel } = tested;
  const arrived = verdicts.filter((one) => one.arrived === 'whole' || one.arrived === 'line').length;
  const applied = verdicts.filter((one) => one.applied).length;
  const reached =
    channel === 'rules'
      ? t('A rules file is read without a word about it; what is applied has arrived.')
      : t('{0} of {1} memories arrived by hooks.', arrived, verdicts.length);
  return [
    `# ${t('Recall Test')}: ${plain(tested.name)}`,
    '',
    reached,
    t('{0} of {1} were applied: the answer names their id, which the question did not.', applied, verdicts.length),
    '',
    `| ${t('memory')} | ${t('arrived')} | ${t('applied')} | ${t('answer')} |`,
    '|---|---|---|---|',
    ...verdicts.map(
      (one) =>
        `| ${plain(one.path)} (${one.id}) | ${arrivedWord(one.arrived, t)} | ${one.applied ? t('yes') : t('no')} | ${plain(one.said)} |`,
    ),
    '',
    t('Asked: {0}. Cost as Claude Code tells it: {1} USD (nothing more on a plan).', plain(model), costUsd.toFixed(4)),
    ...(channel === 'hooks' && arrived === 0
      ? ['', t('Nothing arrived: run Check Memory Setup, which says why.')]
      : []),
    '',
  ].join('\n');
}

function arrivedWord(arrived: RecallVerdict['arrived'], t: Translate): string {
  switch (arrived) {
    case 'whole':
      return t('whole');
    case 'line':
      return t('as a line of the index');
    case 'unknown':
      return t('cannot be seen');
    case 'no':
      return t('no');
  }
}

/** The very text, as it stands in the files. */
export function loadedReport(title: string, { parts, tokens, entries }: LoadedText, t: Translate): string {
  const whole = entries.filter(({ how }) => how === 'whole' || how === 'cut').length;
  const lines = entries.filter(({ how }) => how === 'line').length;
  const out = entries.filter(({ how }) => how === 'left-out').length;
  return [
    `# ${plain(title)}`,
    '',
    t('{0} tokens; {1} entries, {2} lines of the index, {3} left out.', tokens, whole, lines, out),
    ...(parts.length === 0 ? ['', t('There is nothing to load.')] : []),
    ...parts.flatMap((part) => partOf(part, t)),
    '',
  ].join('\n');
}

/** What applies to one file. */
export function fileReport(file: string, { rules, applies }: LoadedForFile, t: Translate): string {
  return [
    `# ${t('What loads for {0}', plain(file))}`,
    '',
    t('Of what a session gets at its start, this is about the file:'),
    '',
    ...applies.map(({ id, path, scoped }) => `- ${plain(path)} (${id})${scoped ? ` · ${t('about these files')}` : ''}`),
    ...(applies.length === 0 ? [`- ${t('nothing')}`] : []),
    '',
    rules.length === 0
      ? t('No rule loads when it is touched.')
      : t('These rules load when it is touched, if Connect was asked for them:'),
    ...rules.flatMap((part) => partOf(part, t)),
    '',
  ].join('\n');
}

function partOf({ from, text }: LoadedPart, t: Translate): readonly string[] {
  // A fence that the text does not hold itself.
  const longest = Math.max(3, ...[...text.matchAll(/`{3,100}/gu)].map(([ticks]) => ticks.length + 1));
  const fence = '`'.repeat(longest);
  return ['', `## ${plain(from)} · ${t('{0} characters', text.length)}`, '', `${fence}text`, text, fence];
}

/** One line without anything that Markdown makes something of. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
    .replace(/[\\`*_[\]<>#|]/gu, (mark) => `\\${mark}`)
    .slice(0, 500);
}

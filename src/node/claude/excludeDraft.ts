import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { addLines, withoutLines } from '../../core/recall/connect/excludeText';
import type { ConnectChoice } from '../../core/recall/connect/record';
import {
  excludeTarget,
  IMPORTED,
  PATH_RULES,
  recordsOf,
  RULES,
  settingsTarget,
  type Surroundings,
} from './connectionPlace';
import { draftOf, type Drafted } from './draft';
import { wouldShow, type GitPlace } from './gitPlace';

/** What git is told to leave out in this clone. */
export async function excludeDraft(
  around: Surroundings,
  place: GitPlace,
  choice: ConnectChoice | undefined,
): Promise<Drafted> {
  const target = excludeTarget(place);
  const records = recordsOf(around, target);
  const ours = records.flatMap(({ inverse }) => inverse.flatMap(({ inserted }) => inserted.split(/\r?\n/u)));
  const lines: string[] = [];
  const stood = await settingsStood(around);
  const settings = settingsTarget(around).path;
  for (const { line, file } of choice?.gitExclude === true ? linesFor(around, place, choice) : []) {
    // Where it is ignored by our own line, that one is still needed.
    const isNew = !(stood && file === settings) && (await wouldShow(place, file));
    if (ours.includes(line) || isNew) lines.push(line);
  }
  return draftOf(around, target, {
    without: (text) => {
      const without = records.reduce((now, { inverse }) => withoutLines(now, inverse), text);
      return without === '' && records.some(({ before }) => before === null) ? null : without;
    },
    wanted: (base) => {
      if (lines.length === 0) return { text: base };
      const { text, inverse } = addLines(base ?? '', lines);
      return { text, record: { inverse, deny: [], values: {} } };
    },
  });
}

/** True where the settings were there before we came: git tells of them as it always did. */
async function settingsStood(around: Surroundings): Promise<boolean> {
  const target = settingsTarget(around);
  if (recordsOf(around, target).some(({ before }) => before === null)) return false;
  return (await lstat(target.path).catch(() => undefined)) !== undefined;
}

interface ExcludeLine {
  readonly line: string;
  /** One that the line hides. */
  readonly file: string;
}

/** What is a pattern to git stands for itself. */
function literal(path: string): string {
  return path.replace(/[\\*?[]/gu, '\\$&');
}

function linesFor(around: Surroundings, place: GitPlace, choice: ConnectChoice): readonly ExcludeLine[] {
  const { prefix, mainRoot } = place;
  const below = (relative: string): ExcludeLine => ({
    line: `/${literal(prefix)}${relative}`,
    file: path.join(mainRoot, `${prefix}${relative}`),
  });
  const settings = settingsTarget(around).path;
  const folder = below(`${PATH_RULES}/`);
  return [
    { line: `/${path.relative(mainRoot, settings).split(path.sep).join('/')}`, file: settings },
    ...(choice.channel === 'rules' ? [below(choice.importInto === undefined ? RULES : IMPORTED)] : []),
    ...(choice.pathRules ? [{ ...folder, file: path.join(folder.file, 'memory.md') }] : []),
  ];
}

import { applyHunks } from '../../src/core/review/applyHunks';
import { computeHunks, type Hunk } from '../../src/core/review/hunks';
import { toLines } from '../../src/core/review/lines';
import type { ChangeId } from '../../src/core/review/proposal';
import { rebase } from '../../src/core/review/rebase';
import { createHasher } from '../../src/node/hasher';
import { createRandom, type Random } from './random';

/** Hunks that were accepted alone, and how many of those changed a byte outside of their lines. */
export interface RoundTrips {
  readonly accepted: number;
  readonly changedOutside: number;
}

const CHANGE = 'c'.repeat(26) as ChangeId;
const BOM = '\uFEFF';

/** Accepts each hunk of random drafts of random texts: CRLF, LF and both, with and without BOM and final line break. */
export function tryRoundTrips(seed: number, texts: number): RoundTrips {
  const random = createRandom(seed);
  const hasher = createHasher();
  const result = { accepted: 0, changedOutside: 0 };
  for (let count = 0; count < texts; count += 1) {
    const base = textOf(random);
    const draft = draftOf(base, random);
    const moved = rebase({ base, current: base, draft });
    const drafts = moved.kind === 'clean' ? [draft, moved.text] : [draft];
    for (const one of drafts) {
      for (const hunk of computeHunks({ change: CHANGE, current: base, draft: one }, hasher)) {
        result.accepted += 1;
        if (!onlyThere(base, applyHunks(base, [hunk]), hunk)) result.changedOutside += 1;
      }
    }
  }
  return result;
}

function textOf(random: Random): string {
  const ends = random.pick([['\n'], ['\r\n'], ['\n', '\r\n']]);
  const lines = Array.from({ length: random.below(12) }, () => random.pick(['a', 'b', '', '  c', 'ü\t', '---']));
  const text = lines.map((line) => line + random.pick(ends)).join('');
  return (random.chance(0.2) ? BOM : '') + text + (random.chance(0.5) ? 'last' : '');
}

function draftOf(base: string, random: Random): string {
  const lines = toLines(base).flatMap(({ text }) => {
    if (random.chance(0.15)) return [];
    if (random.chance(0.15)) return [`${text}!`];
    return random.chance(0.1) ? [text, 'new'] : [text];
  });
  return lines.join('\n');
}

/** What stands before and after the hunk's lines is byte for byte as it was; at the end only a line break comes or goes. */
function onlyThere(base: string, result: string, hunk: Hunk): boolean {
  const lines = toLines(base);
  const joined = (from: number, to?: number): string =>
    lines
      .slice(from, to)
      .map(({ text, end }) => text + end)
      .join('');
  const bom = base.startsWith(BOM) ? BOM : '';
  const before = bom + joined(0, hunk.oldStart);
  const after = joined(hunk.oldStart + hunk.oldLines.length);
  if (hunk.oldStart + hunk.oldLines.length < lines.length) return result.startsWith(before) && result.endsWith(after);
  return result.startsWith(before.replace(/\r?\n$/u, ''));
}

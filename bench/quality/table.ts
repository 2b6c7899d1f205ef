import type { QualityReport, QualityRow } from './quality';
import { shownShare } from './statistics';

/** The scoreboard as lines of text: bench, measure, ours with n and 95 % interval, what others reach. */
export function renderQuality({ rows }: QualityReport): readonly string[] {
  const cells = [
    ['bench', 'measure', 'ours', 'others'],
    ...rows.map((one) => [one.bench, one.measure, shown(one), one.peers]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function shown({ ours, skipped }: QualityRow): string {
  if (ours === undefined) return `skipped: ${skipped ?? ''}`;
  return typeof ours === 'number' ? String(Math.round(ours * 1000) / 1000) : shownShare(ours);
}

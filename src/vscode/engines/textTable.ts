/** One column: its head, and on which side its texts stand. */
export interface Column {
  readonly head: string;
  readonly side?: 'left' | 'right';
}

/** A Markdown table whose columns stand below each other in plain text too. Texts of others cannot leave their cell. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(cell));
  const widths = columns.map(({ head }, at) => Math.max(3, head.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${columns.map(({ side }, at) => pad(row[at] ?? '', widths[at] ?? 0, side)).join(' | ')} |`;
  const rule = columns.map(({ side }, at) => (side === 'right' ? `${dashes(widths[at])}:` : `${dashes(widths[at])}-`));
  return [line(columns.map(({ head }) => head)), `| ${rule.join(' | ')} |`, ...cells.map(line)].join('\n');
}

function dashes(width = 3): string {
  return '-'.repeat(width - 1);
}

function pad(text: string, width: number, side: Column['side']): string {
  return side === 'right' ? text.padStart(width) : text.padEnd(width);
}

function cell(text: string): string {
  return text.replace(/[|\\`<>[\]\p{Cc}\p{Cf}]/gu, ' ').slice(0, 120);
}

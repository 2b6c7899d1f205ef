/**
 * A Markdown text of the same length in which code is blank: `inline` blanks spans between backticks only, `all` fenced
 * blocks too. Line ends stay. What is not closed is not code.
 */
export function maskCode(text: string, what: 'inline' | 'all'): string {
  if (!text.includes('`') && !text.includes('~~~')) return text;
  const out: string[] = [];
  let fence: Fence | undefined;
  let block: string[] = [];
  const end = (): void => void out.push(...(what === 'all' ? block.map(blank) : block));
  for (const line of text.split(/(?<=\n)/u)) {
    if (fence === undefined) {
      fence = fenceOf(line);
      if (fence === undefined) out.push(maskSpans(line));
      else block = [line];
      continue;
    }
    block.push(line);
    if (!closes(fence, line)) continue;
    end();
    fence = undefined;
  }
  // A fence that nobody closes is code to the end of the text, for every renderer.
  if (fence !== undefined) end();
  return out.join('');
}

interface Fence {
  readonly mark: string;
  readonly length: number;
}

function fenceOf(line: string): Fence | undefined {
  const marks = /^ {0,3}(`{3,}|~{3,})([^\r\n]{0,400})/u.exec(line);
  const [, run = '', info = ''] = marks ?? [];
  if (run === '' || (run.startsWith('`') && info.includes('`'))) return undefined;
  return { mark: run.charAt(0), length: run.length };
}

function closes({ mark, length }: Fence, line: string): boolean {
  const run = /^ {0,3}(`{3,}|~{3,})[ \t]{0,20}(?:\r?\n)?$/u.exec(line)?.[1] ?? '';
  return run.startsWith(mark) && run.length >= length;
}

function maskSpans(line: string): string {
  if (!line.includes('`')) return line;
  const runs = [...line.matchAll(/`{1,1000}/gu)].map((match) => ({ at: match.index, length: match[0].length }));
  const closing = nextOfSameLength(runs);
  let [masked, from, index] = ['', 0, 0];
  while (index < runs.length) {
    const open = runs[index];
    const closedBy = closing[index];
    const close = closedBy === undefined ? undefined : runs[closedBy];
    if (open === undefined || close === undefined || closedBy === undefined) {
      index += 1;
      continue;
    }
    const end = close.at + close.length;
    masked += line.slice(from, open.at) + blank(line.slice(open.at, end));
    from = end;
    index = closedBy + 1;
  }
  return masked + line.slice(from);
}

/** For each run of backticks the next one of its length. */
function nextOfSameLength(runs: readonly { readonly length: number }[]): readonly (number | undefined)[] {
  const seen = new Map<number, number>();
  const next: (number | undefined)[] = [];
  for (const [index, { length }] of [...runs.entries()].reverse()) {
    next[index] = seen.get(length);
    seen.set(length, index);
  }
  return next;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

import type { Memory } from './memory';

/** What Claude Code loads of an index at the start of a session. */
export const INDEX_LIMITS = { lines: 200, bytes: 25 * 1024, lineCharacters: 150 } as const;
const BEGIN = '<!-- agent-dreams:index:begin (generated; text outside these marks is yours) -->';
const END = '<!-- agent-dreams:index:end -->';
const HEADING = '# Memory of this project\n\n';
/** Room for the lines that say how much was left out. */
const RESERVED = { lines: 8, bytes: 640 } as const;

/** True for a comment that the index itself puts around what it generates. */
export function isIndexMark(text: string): boolean {
  return text === BEGIN || text === END;
}

export interface IndexReport {
  /** The whole file. */
  readonly text: string;
  readonly lines: number;
  /** UTF-8. */
  readonly bytes: number;
  /** About how many tokens of an agent's context it takes: 3.9 characters each, times 1.3 for the newer tokenisers. */
  readonly tokens: number;
  /** Paths in the index, most valuable first. */
  readonly shown: readonly string[];
  /** Paths that did not fit, least valuable first. */
  readonly dropped: readonly string[];
}

/**
 * MEMORY.md: a pure function of the committed memories and of the human text outside the marks, which is kept as it is.
 * At most 200 lines and 25 KB; what does not fit is counted per folder. The newest never falls out; then pinned and
 * always-loaded memories are kept first, then by category, then the newer before the older.
 */
export function renderIndex(memories: readonly Memory[], existing: string | undefined): IndexReport {
  const around = humanText(existing);
  const ranked = rank(memories.filter(isIndexed));
  const room = {
    lines: INDEX_LIMITS.lines - countLines(around.before) - countLines(around.after) - RESERVED.lines,
    bytes: INDEX_LIMITS.bytes - utf8Length(around.before) - utf8Length(around.after) - RESERVED.bytes,
  };
  const kept = fitting(ranked, room);
  const shown = new Set(kept.map(({ path }) => path));
  const dropped = ranked.filter(({ path }) => !shown.has(path)).map(({ path }) => path);
  const generated = [BEGIN, ...sections(kept), ...overflowLines(dropped), END].join('\n');
  const text = around.before + generated + around.after;
  return {
    text,
    lines: countLines(text),
    bytes: utf8Length(text),
    tokens: Math.ceil((text.length / 3.9) * 1.3),
    shown: ranked.filter(({ path }) => shown.has(path)).map(({ path }) => path),
    dropped: [...dropped].reverse(),
  };
}

/** True for memories that everybody who has the project gets: neither personal nor archived nor on demand. */
function isIndexed(memory: Memory): boolean {
  return (memory.scope.kind === 'team' || memory.scope.kind === 'agent') && memory.load !== 'on-demand';
}

/** How much is lost when a memory of the category is not seen; others are worth 2. */
const CATEGORY_VALUE: ReadonlyMap<string, number> = new Map([
  ['preferences', 3],
  ['conventions', 3],
  ['pitfalls', 3],
  ['facts', 1],
]);

function rank(memories: readonly Memory[]): readonly Memory[] {
  const newest = memories.reduce((latest, { created = '' }) => (created > latest ? created : latest), '');
  const value = ({ pinned, load, created, category }: Memory): number =>
    (created !== undefined && created === newest ? 1_000 : 0) +
    (pinned ? 200 : 0) +
    (load === 'always' ? 100 : 0) +
    (CATEGORY_VALUE.get(category) ?? 2);
  return [...memories].sort(
    (a, b) => value(b) - value(a) || compare(b.created ?? '', a.created ?? '') || compare(a.path, b.path),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function fitting(
  ranked: readonly Memory[],
  room: { readonly lines: number; readonly bytes: number },
): readonly Memory[] {
  const kept: Memory[] = [];
  const folders = new Set<string>();
  let lines = 2;
  let bytes = utf8Length(BEGIN) + utf8Length(END) + 2;
  for (const memory of ranked) {
    const folder = folderOf(memory.path);
    const heading = folders.has(folder) ? 0 : 3;
    const cost = utf8Length(indexLine(memory)) + 1 + (heading > 0 ? utf8Length(folder) + 6 : 0);
    // One that does not fit must not keep out the shorter ones after it.
    if (lines + 1 + heading > room.lines || bytes + cost > room.bytes) continue;
    folders.add(folder);
    lines += 1 + heading;
    bytes += cost;
    kept.push(memory);
  }
  return kept;
}

function sections(memories: readonly Memory[]): readonly string[] {
  const folders = new Map<string, Memory[]>();
  for (const memory of [...memories].sort((a, b) => compare(a.path, b.path))) {
    const folder = folderOf(memory.path);
    const same = folders.get(folder);
    if (same === undefined) folders.set(folder, [memory]);
    else same.push(memory);
  }
  return [...folders]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([folder, members]) => ['', `## ${folder}`, '', ...members.map(indexLine)]);
}

/** Control characters and those that turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** `- [slug](path) — description`, cut at 150 characters. */
function indexLine(memory: Memory): string {
  const scope = [
    ...(memory.pinned ? ['pinned'] : []),
    ...(memory.paths.length > 0 ? [memory.paths.join(' ')] : []),
    ...(memory.agents.length > 0 ? [memory.agents.map((agent) => `@${agent}`).join(' ')] : []),
  ];
  const head = `- [${memory.slug}](${memory.path}) — `;
  const tail = scope.length > 0 ? ` (${scope.join('; ')})` : '';
  const description = memory.description.replace(UNSEEN, ' ').replace(/\s+/gu, ' ').trim();
  const full = head + description + tail;
  if (full.length <= INDEX_LIMITS.lineCharacters) return full;
  // A cut between the halves of one character would leave half of it.
  return `${full
    .slice(0, INDEX_LIMITS.lineCharacters - 1)
    .replace(/\p{Cs}$/u, '')
    .trimEnd()}…`;
}

function overflowLines(dropped: readonly string[]): readonly string[] {
  if (dropped.length === 0) return [];
  const counts = new Map<string, number>();
  for (const path of dropped) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  const rows = [...counts].sort(([a], [b]) => compare(a, b)).map(([folder, count]) => `${count} more in ${folder}/`);
  const shown = rows.length > 4 ? [...rows.slice(0, 3), `${dropped.length} left out in all`] : rows;
  return ['', ...shown.map((row) => `- ${row}`)];
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function humanText(existing: string | undefined): { readonly before: string; readonly after: string } {
  if (existing === undefined || existing.trim() === '') return { before: HEADING, after: '\n' };
  const begin = existing.indexOf(BEGIN);
  const end = existing.lastIndexOf(END);
  if (begin < 0 || end < begin) return { before: `${existing.trimEnd()}\n\n`, after: '\n' };
  return { before: existing.slice(0, begin), after: existing.slice(end + END.length) };
}

function countLines(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/** Bytes of the text in UTF-8, without an encoder: the core has none of its own. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

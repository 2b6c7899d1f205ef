import type { TitleSource } from './cursor';
import { numberOf, objectOf, objectsOf, textOf, type JsonObject } from './json';
import type { LineProblem, Recalled, TokenCounts } from './session';

/** What a session's logs say beside its entries; collected line by line. Raw: redacted when the header is built. */
export interface SessionFacts {
  cwd: string | undefined;
  entrypoint: string | undefined;
  version: string | undefined;
  branch: string | undefined;
  model: string | undefined;
  title: { readonly text: string; readonly from: TitleSource } | undefined;
  forkedFrom: string | undefined;
  /** Milliseconds since the epoch. */
  firstAt: number | undefined;
  lastAt: number | undefined;
  readonly lineTypes: Map<string, number>;
  /** Highest usage per API message. */
  readonly usage: Map<string, TokenCounts>;
  readonly memoriesLoaded: Set<string>;
  readonly recalled: Recalled[];
  readonly agents: Set<string>;
  readonly problems: LineProblem[];
  problemCount: number;
}

const MOST_PROBLEMS = 20;
const MOST_LINE_TYPES = 200;
const MOST_PATHS = 200;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/u;
const TITLE_ORDER: readonly TitleSource[] = ['custom', 'ai', 'summary', 'prompt'];

/** Nothing known yet. */
export function createFacts(): SessionFacts {
  return {
    cwd: undefined,
    entrypoint: undefined,
    version: undefined,
    branch: undefined,
    model: undefined,
    title: undefined,
    forkedFrom: undefined,
    firstAt: undefined,
    lastAt: undefined,
    lineTypes: new Map(),
    usage: new Map(),
    memoriesLoaded: new Set(),
    recalled: [],
    agents: new Set(),
    problems: [],
    problemCount: 0,
  };
}

/** When the line was written, in milliseconds since the epoch; undefined if it does not say. */
export function timeOf(record: JsonObject): number | undefined {
  const text = textOf(record, 'timestamp') ?? textOf(objectOf(record, 'snapshot'), 'timestamp');
  const time = text !== undefined && ISO_TIME.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** The same as ISO 8601 UTC, '' if unknown. */
export function isoTimeOf(record: JsonObject): string {
  const time = timeOf(record);
  return time === undefined ? '' : new Date(time).toISOString();
}

/** Counts a line under its type; `attachment` and `system` with what they carry. */
export function countLine(facts: SessionFacts, record: JsonObject): void {
  const type = textOf(record, 'type') ?? 'untyped';
  const detail =
    type === 'attachment'
      ? textOf(objectOf(record, 'attachment'), 'type')
      : type === 'system'
        ? textOf(record, 'subtype')
        : undefined;
  const name = detail === undefined ? type : `${type}/${detail}`;
  const known = /^[\w./-]{1,80}$/u.test(name) && (facts.lineTypes.has(name) || facts.lineTypes.size < MOST_LINE_TYPES);
  const key = known ? name : 'other';
  facts.lineTypes.set(key, (facts.lineTypes.get(key) ?? 0) + 1);
}

/** Notes a line that could not be read. */
export function noteProblem(facts: SessionFacts, problem: LineProblem): void {
  facts.problemCount += 1;
  if (facts.problems.length < MOST_PROBLEMS) facts.problems.push(problem);
}

/** Notes a title unless a better one is known; of equal rank the last wins, of first prompts the first. */
export function noteTitle(facts: SessionFacts, text: string | undefined, from: TitleSource): void {
  const clean = text?.trim();
  if (clean === undefined || clean === '') return;
  const known = facts.title && TITLE_ORDER.indexOf(facts.title.from);
  const rank = TITLE_ORDER.indexOf(from);
  if (known !== undefined && (known < rank || (known === rank && from === 'prompt'))) return;
  facts.title = { text: clean, from };
}

/** Notes the usage of an API message: its lines repeat it, growing, so the highest counts. */
export function noteUsage(facts: SessionFacts, messageId: string, usage: JsonObject): void {
  const known = facts.usage.get(messageId);
  facts.usage.set(messageId, {
    input: Math.max(known?.input ?? 0, numberOf(usage, 'input_tokens')),
    output: Math.max(known?.output ?? 0, numberOf(usage, 'output_tokens')),
    cacheRead: Math.max(known?.cacheRead ?? 0, numberOf(usage, 'cache_read_input_tokens')),
    cacheWrite: Math.max(known?.cacheWrite ?? 0, numberOf(usage, 'cache_creation_input_tokens')),
  });
}

/** Notes the instruction and memory files that an attachment put into the context. */
export function noteLoadedMemories(facts: SessionFacts, attachment: JsonObject): void {
  const paths = [textOf(attachment, 'path'), ...objectsOf(attachment, 'files').map((file) => textOf(file, 'path'))];
  for (const path of paths) {
    if (path !== undefined && path.length <= 1_024 && facts.memoriesLoaded.size < MOST_PATHS)
      facts.memoriesLoaded.add(path);
  }
}

/** Notes what every line repeats: when, where, which client. Only the session's own log decides the last. */
export function noteEnvelope(facts: SessionFacts, record: JsonObject, own: boolean): void {
  const at = timeOf(record);
  if (at !== undefined) {
    facts.firstAt = Math.min(facts.firstAt ?? at, at);
    facts.lastAt = Math.max(facts.lastAt ?? at, at);
  }
  if (!own) return;
  facts.cwd ??= textOf(record, 'cwd');
  facts.entrypoint ??= textOf(record, 'entrypoint');
  facts.version = textOf(record, 'version') ?? facts.version;
  facts.branch = textOf(record, 'gitBranch') ?? facts.branch;
}

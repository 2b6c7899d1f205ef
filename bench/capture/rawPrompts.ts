// Counts what people typed, straight from the raw lines of logs. Written apart from the capture and on purpose sharing no
// code with it, so that the two can be held against each other.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One thing a person typed, as a raw line has it. */
export interface RawPrompt {
  readonly file: string;
  readonly line: number;
  /** The line's own id; undefined for a queued prompt. */
  readonly uuid: string | undefined;
  readonly text: string;
}

export interface RawCount {
  readonly files: number;
  readonly lines: number;
  /** Lines that are not one JSON object. */
  readonly badLines: number;
  readonly prompts: readonly RawPrompt[];
  /** First working directory of each file that has one. */
  readonly cwds: ReadonlyMap<string, string>;
}

interface Origin {
  readonly kind?: string;
}

/** The fields looked at, as they usually are; every use checks. */
interface RawLine {
  readonly type?: string;
  readonly uuid?: unknown;
  readonly timestamp?: unknown;
  readonly cwd?: unknown;
  readonly operation?: string;
  readonly content?: unknown;
  readonly isMeta?: boolean;
  readonly isSidechain?: boolean;
  readonly isCompactSummary?: boolean;
  readonly origin?: Origin;
  readonly message?: { readonly content?: unknown };
  readonly attachment?: { readonly type?: string; readonly prompt?: unknown; readonly origin?: Origin };
}

interface Queued {
  readonly text: string;
  /** Handed over or put back: its text may come once more, on a line of its own. */
  left: boolean;
}

interface Tally {
  readonly prompts: RawPrompt[];
  readonly cwds: Map<string, string>;
  readonly seen: Set<string>;
  lines: number;
  badLines: number;
}

const MACHINE =
  /^\s*(?:\[Request interrupted by user|<(?:command-(?:name|message|args)|local-command-[a-z]+|bash-(?:input|stdout|stderr)|task-notification|agent-notification|teammate-message|system-reminder|user-prompt-submit-hook|ide_opened_file|ide_diagnostics)[ >]|Caveat: The messages below were generated|This session is being continued from a previous conversation)/;
const WRAPPED = /<(ide_selection|ide_opened_file|ide_diagnostics|system-reminder|user-prompt-submit-hook)>[^]*?<\/\1>/g;

function logFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return logFiles(full);
    return entry.name.endsWith('.jsonl') ? [full] : [];
  });
}

/** A fork repeats lines of an earlier log; which of two counts matters where the earlier one also has the queue. */
function oldestFirst(files: readonly string[]): readonly string[] {
  return files
    .map((file) => ({ file, first: /"timestamp": ?"([^"]+)"/.exec(readFileSync(file, 'utf8'))?.[1] ?? '' }))
    .sort((a, b) => (a.first === b.first ? 0 : a.first < b.first ? -1 : 1))
    .map(({ file }) => file);
}

function typedIn(content: unknown): string {
  const blocks =
    typeof content === 'string' ? [{ type: 'text', text: content }] : Array.isArray(content) ? content : [];
  return (blocks as ({ type?: string; text?: unknown } | null)[])
    .map((block) => (block?.type === 'text' && typeof block.text === 'string' ? block.text : ''))
    .map((text) => text.replace(WRAPPED, ''))
    .filter((text) => text.trim() !== '' && !MACHINE.test(text))
    .join('\n')
    .trim();
}

const sameText = (text: string): string => text.replace(/\s+/g, ' ').trim();

function parse(text: string): RawLine | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function leaveQueue(queued: Queued[], operation: string | undefined): void {
  const first = queued.find((item) => !item.left);
  if (operation === 'popAll') for (const item of queued) item.left = true;
  else if (first && operation === 'dequeue') first.left = true;
  else if (first && operation === 'remove') queued.splice(queued.indexOf(first), 1);
}

function countQueued(tally: Tally, queued: Queued[], raw: RawLine, place: { file: string; line: number }): void {
  const key = `q ${String(raw.timestamp)} ${JSON.stringify(raw.content)}`;
  const text = typedIn(raw.content);
  const isCommand = /^\/[^\n]*$/.test(text);
  if (text === '' || isCommand) queued.push({ text: '', left: false });
  else if (!tally.seen.has(key)) {
    tally.prompts.push({ ...place, uuid: undefined, text });
    queued.push({ text: sameText(text), left: false });
  }
  tally.seen.add(key);
}

function countTyped(tally: Tally, queued: Queued[], raw: RawLine, place: { file: string; line: number }): void {
  const attached = raw.attachment?.type === 'queued_command' ? raw.attachment : undefined;
  if (raw.type !== 'user' && attached === undefined) return;
  if (raw.isMeta === true || raw.isSidechain === true || raw.isCompactSummary === true) return;
  const origin = (attached ?? raw).origin?.kind;
  if (origin !== undefined && origin !== 'human') return;
  const uuid = typeof raw.uuid === 'string' && !raw.uuid.includes(' ') ? raw.uuid : undefined;
  const key = `u ${uuid ?? `${place.file}:${place.line}`} ${String(raw.timestamp)}`;
  if (tally.seen.has(key)) return;
  tally.seen.add(key);
  const text = typedIn(attached === undefined ? raw.message?.content : attached.prompt);
  if (text === '') return;
  const again = queued.findIndex((item) => item.text === sameText(text) && (item.left || attached !== undefined));
  if (again === -1) tally.prompts.push({ ...place, uuid, text });
  else queued.splice(again, 1);
}

function countFile(tally: Tally, file: string): void {
  const isAgentFile = path.basename(file).startsWith('agent-');
  const queued: Queued[] = [];
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((text, index) => {
      if (text.trim() === '') return;
      tally.lines += 1;
      const raw = parse(text);
      if (raw === undefined) {
        tally.badLines += 1;
        return;
      }
      if (typeof raw.cwd === 'string' && !tally.cwds.has(file)) tally.cwds.set(file, raw.cwd);
      if (isAgentFile) return;
      const place = { file, line: index + 1 };
      if (raw.type !== 'queue-operation') countTyped(tally, queued, raw, place);
      else if (raw.operation === 'enqueue') countQueued(tally, queued, raw, place);
      else leaveQueue(queued, raw.operation);
    });
}

/** Reads every log below `folder`, whole, and counts each prompt once: copies by uuid, queued ones with their delivery. */
export function countRawPrompts(folder: string): RawCount {
  const tally: Tally = { prompts: [], cwds: new Map(), seen: new Set(), lines: 0, badLines: 0 };
  const files = oldestFirst(logFiles(folder).sort());
  for (const file of files) countFile(tally, file);
  return { files: files.length, ...tally };
}

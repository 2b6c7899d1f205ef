// What happened in sessions, straight from the raw lines of their logs. Written apart from capture and condensing and on
// purpose sharing no code with them, so that what is sent can be held against it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface RawFacts {
  /** Bytes of all log files. */
  readonly bytes: number;
  readonly files: number;
  /** What a call gave back that failed; the words of the program. */
  readonly failures: readonly RawFailure[];
  /** What people said when they refused a call; '' where they said nothing. */
  readonly denials: readonly string[];
  /** The last words of the agent in each session in which a person took part. */
  readonly lastWords: readonly string[];
}

export interface RawFailure {
  readonly text: string;
  /** The command that failed, for calls of a shell. */
  readonly command: string | undefined;
}

interface Block {
  readonly type?: string;
  readonly text?: unknown;
  readonly id?: unknown;
  readonly name?: unknown;
  readonly input?: { readonly command?: unknown };
  readonly tool_use_id?: unknown;
  readonly is_error?: unknown;
  readonly content?: unknown;
}

interface RawLine {
  readonly type?: string;
  readonly uuid?: string;
  readonly isSidechain?: boolean;
  readonly isApiErrorMessage?: boolean;
  readonly message?: { readonly content?: unknown; readonly model?: unknown };
}

const DENIED = /^The user doesn't want to (?:proceed with this tool use|take this action)/u;
const SAID = /the user said:\s*([^]*?)(?:\n\nNote: The user's next message[^]*)?$/u;

/** Written by the client when a question of the agent was waved away: nobody said anything. */
const UNANSWERED = /^The user wants to clarify these questions[^]*\(No answer provided\)\s*$/u;

interface Tally {
  bytes: number;
  files: number;
  readonly failures: RawFailure[];
  readonly denials: string[];
  readonly lastWords: string[];
  readonly seen: Set<string>;
}

/** Reads every log below `folder` of a session that `isOwned`, whole; a line that two logs have counts once. */
export function readRawFacts(folder: string, isOwned: (file: string) => boolean): RawFacts {
  const tally: Tally = { bytes: 0, files: 0, failures: [], denials: [], lastWords: [], seen: new Set() };
  for (const file of logFiles(folder).filter(isOwned)) readLog(file, tally);
  return tally;
}

function readLog(file: string, tally: Tally): void {
  const content = readFileSync(file, 'utf8');
  tally.files += 1;
  tally.bytes += Buffer.byteLength(content);
  const lines = content.split('\n').flatMap((text) => parse(text) ?? []);
  const last = lines
    .filter(isAgents)
    .flatMap(blocksOf)
    .findLast(({ type }) => type === 'text');
  const words = textOf(last?.text);
  if (words.trim() !== '' && !path.basename(file).startsWith('agent-')) tally.lastWords.push(words);
  const calls = lines.flatMap(blocksOf).filter(({ type, name }) => type === 'tool_use' && name === 'Bash');
  const commands = new Map(calls.map(({ id, input }) => [id, textOf(input?.command)]));
  for (const line of lines) {
    if (line.uuid !== undefined && tally.seen.has(line.uuid)) continue;
    if (line.uuid !== undefined) tally.seen.add(line.uuid);
    const errors = blocksOf(line).filter((block) => block.type === 'tool_result' && block.is_error === true);
    for (const block of errors) failed(block, commands, tally);
  }
}

function failed(
  block: Block,
  commands: ReadonlyMap<unknown, string>,
  facts: { readonly failures: RawFailure[]; readonly denials: string[] },
): void {
  const text = contentOf(block.content);
  const said = SAID.exec(text)?.[1]?.trim() ?? '';
  if (DENIED.test(text)) facts.denials.push(UNANSWERED.test(said) ? '' : said);
  else facts.failures.push({ text, command: commands.get(block.tool_use_id) });
}

/** What the client writes in the agent's name is not the agent's. */
function isAgents({ type, isSidechain, isApiErrorMessage, message }: RawLine): boolean {
  const made = isApiErrorMessage === true || message?.model === '<synthetic>';
  return type === 'assistant' && isSidechain !== true && !made;
}

function logFiles(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((one) => one.isFile() && one.name.endsWith('.jsonl'))
    .map((one) => path.join(one.parentPath, one.name));
}

function parse(text: string): RawLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function blocksOf({ message }: RawLine): readonly Block[] {
  const content = message?.content;
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return Array.isArray(content) ? (content as readonly Block[]).filter((one) => typeof one === 'object') : [];
}

function contentOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return (content as readonly Block[]).map((one) => (one.type === 'text' ? textOf(one.text) : '')).join('\n');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

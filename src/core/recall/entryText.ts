import type { Memory } from '../memory/memory';
import { neutralLine, neutralLines } from './neutralText';

const MAX_DESCRIPTION = 300;
const MAX_LINE_DESCRIPTION = 150;
/** Body text stands deeper than anything that recall writes itself. */
const INDENT = '  ';

export interface EntryContext {
  readonly id: string;
  readonly redact: (text: string) => string;
  /** The path in lists, and the path that an agent can open; undefined where only a tool can read it. */
  readonly place: string | undefined;
  readonly file: string | undefined;
}

/** The whole memory; at most `maxCharacters` of it, if given, and then what says where the rest is. */
export function entryBlock(memory: Memory, context: EntryContext, maxCharacters?: number): string {
  const description = shortened(neutralLine(context.redact(memory.description)), MAX_DESCRIPTION);
  const head = [`## [${context.id}] ${description}`, ...scopeLine(memory)];
  const body = bodyLines(memory, description, context.redact);
  const whole = [...head, ...body].join('\n');
  if (maxCharacters === undefined || whole.length <= maxCharacters) return whole;
  const rest = `${INDENT}… cut here; all of it: ${context.file ?? 'the tool read_memory'}`;
  const room = maxCharacters - rest.length - 1;
  const kept: string[] = [];
  let length = 0;
  for (const line of [...head, ...body]) {
    if (length + line.length + 1 > room) break;
    kept.push(line);
    length += line.length + 1;
  }
  return [...kept, rest].join('\n');
}

/** One line of the index: the memory in a sentence, and where it is. */
export function entryLine(memory: Memory, { id, redact, place }: EntryContext): string {
  const description = shortened(neutralLine(redact(memory.description)), MAX_LINE_DESCRIPTION);
  const where = [place ?? 'read_memory', ...scopeWords(memory)].join('; ');
  return `- [${id}] ${description} (${where})`;
}

function bodyLines(memory: Memory, description: string, redact: (text: string) => string): readonly string[] {
  const text = redact(memory.body).trim();
  if (text === '' || neutralLine(text) === description) return [];
  const lines = neutralLines(text).map((line) => (line === '' ? '' : INDENT + line));
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '');
}

function scopeLine(memory: Memory): readonly string[] {
  const words = scopeWords(memory);
  return words.length === 0 ? [] : [`(${words.join('; ')})`];
}

const MAX_GLOBS = 200;

function scopeWords({ scope, paths }: Memory): readonly string[] {
  return [
    ...(scope.kind === 'personal' ? ['of this user'] : []),
    ...(paths.length === 0 ? [] : [`for ${shortened(neutralLine(paths.join(', ')), MAX_GLOBS)}`]),
  ];
}

function shortened(text: string, length: number): string {
  // A cut between the halves of one character would leave half of it.
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/\p{Cs}$/u, '')}…`;
}

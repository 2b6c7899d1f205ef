import type { Trust } from '../dream/finding';
import { RECALLED } from '../recall/recalledText';
import { splitPasted } from '../sessions/pasted';
import type { CallEntry, PromptEntry, SessionEntry } from '../sessions/session';

/** A text of an entry, and what it is worth by where it came from. */
export interface SpokenText {
  readonly trust: Trust;
  readonly text: string;
  /** Memory that recall printed: a person who says the same afterwards says it themselves. */
  readonly printed?: true;
}

/** Tools whose results are the content of files and pages, not the output of a program. */
const CONTENT_TOOL = /^(?:Read|NotebookRead|Grep|Glob|LS|WebFetch|WebSearch|ReadMcpResource\w{0,20}|mcp__.{1,200})$/u;
/** Files that are the agent's memory: reading them is remembering. */
const MEMORY_FILE = /(?:^|[\\/])(?:\.agent-memory[\\/]|(?:CLAUDE|CLAUDE\.local|AGENTS|GEMINI|MEMORY)\.md\b)/u;
/** Our own server gives memory, whatever name it was installed under. */
const MEMORY_TOOL = /^mcp__.{1,200}__(?:read_memory|search_memory|list_memories)$/u;
const MACHINE: Readonly<Record<string, Trust>> = {
  'agent-task': 'agent',
  teammate: 'agent',
  hook: 'recalled',
  reminder: 'file',
  ide: 'file',
  meta: 'file',
};

/** What this entry says, text by text. `call` is the call that a result answers. */
export function spokenTexts(entry: SessionEntry, call: CallEntry | undefined): readonly SpokenText[] {
  switch (entry.kind) {
    case 'prompt':
      return promptTexts(entry);
    case 'assistant':
      return [{ trust: 'agent', text: entry.text }];
    case 'call':
      return Object.values(entry.input).map((text) => ({ trust: 'agent', text }));
    case 'result': {
      const shown: SpokenText = { trust: resultTrust(call), text: entry.text };
      return entry.denied === undefined ? [shown] : [{ trust: 'user', text: entry.denied.reason }];
    }
    case 'machine':
      return entry.label === RECALLED
        ? [{ trust: 'recalled', text: entry.text, printed: true }]
        : [{ trust: MACHINE[entry.label] ?? 'tool', text: entry.text }];
    default:
      return [];
  }
}

/** Parts that the person typed count as theirs, what they pasted or selected as file content. */
function promptTexts(entry: PromptEntry): readonly SpokenText[] {
  const texts: SpokenText[] = [];
  let from = 0;
  const typed = (text: string): void => {
    for (const part of splitPasted(text)) texts.push({ trust: part.pasted ? 'file' : 'user', text: part.text });
  };
  for (const [start, end] of [...(entry.pasted ?? [])].sort((a, b) => a[0] - b[0])) {
    if (start > from) typed(entry.text.slice(from, start));
    texts.push({ trust: 'file', text: entry.text.slice(Math.max(from, start), end) });
    from = Math.max(from, end);
  }
  typed(entry.text.slice(from));
  return texts;
}

function resultTrust(call: CallEntry | undefined): Trust {
  if (call === undefined) return 'tool';
  if (MEMORY_TOOL.test(call.tool)) return 'recalled';
  if (Object.values(call.input).some((value) => value.length < 2_000 && MEMORY_FILE.test(value))) return 'recalled';
  return CONTENT_TOOL.test(call.tool) ? 'file' : 'tool';
}

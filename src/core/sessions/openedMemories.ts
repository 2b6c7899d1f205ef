import type { CallEntry } from './session';

const STORE = /(?:^|[\\/])\.agent-memory[\\/](?!\.local[\\/])/u;
const CLAUDE_MEMORY = /[\\/](?:\.claude[\\/]projects[\\/][^\\/]{1,255}[\\/]memory|agent-memory)[\\/]/u;
const PATH_IN_COMMAND = /(?<![\w./~\\:-])[\w./~\\:-]{0,400}\.agent-memory\/[\w./-]{1,400}/gu;
const LONGEST_COMMAND = 20_000;
/** Our own server, under whatever name it was installed. */
const OURS = /^mcp__.{1,100}__read_memory$/u;
const LONGEST_NAME = 1_024;

function isMemory(path: string): boolean {
  return STORE.test(path) || CLAUDE_MEMORY.test(path);
}

/** Memory files that this call opens to read; searching and printing them counts. What our server was asked for may be an id. */
export function openedMemories(call: CallEntry): readonly string[] {
  if (call.tool === 'Bash') {
    const command = (call.input['command'] ?? '').slice(0, LONGEST_COMMAND);
    return [...command.matchAll(PATH_IN_COMMAND)].map(([path]) => path).filter(isMemory);
  }
  if (OURS.test(call.tool)) {
    const named = ['path', 'id', 'memory', 'name'].map((field) => call.input[field] ?? '').find((text) => text !== '');
    return named === undefined ? [] : [named.slice(0, LONGEST_NAME)];
  }
  if (call.tool !== 'Read' && call.tool !== 'Grep') return [];
  const path = call.input['file_path'] ?? call.input['path'] ?? '';
  return isMemory(path) ? [path] : [];
}

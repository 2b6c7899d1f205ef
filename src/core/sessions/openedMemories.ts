import type { CallEntry } from './session';

const STORE = /(?:^|[\\/])\.agent-memory[\\/](?!\.local[\\/])/u;
const CLAUDE_MEMORY = /[\\/](?:\.claude[\\/]projects[\\/][^\\/]{1,255}[\\/]memory|agent-memory)[\\/]/u;
const PATH_IN_COMMAND = /(?<![\w./~\\:-])[\w./~\\:-]{0,400}\.agent-memory\/[\w./-]{1,400}/gu;
const LONGEST_COMMAND = 20_000;

function isMemory(path: string): boolean {
  return STORE.test(path) || CLAUDE_MEMORY.test(path);
}

/** Memory files that this call opens to read; searching and printing them counts. */
export function openedMemories(call: CallEntry): readonly string[] {
  if (call.tool === 'Bash') {
    const command = (call.input['command'] ?? '').slice(0, LONGEST_COMMAND);
    return [...command.matchAll(PATH_IN_COMMAND)].map(([path]) => path).filter(isMemory);
  }
  if (call.tool !== 'Read' && call.tool !== 'Grep') return [];
  const path = call.input['file_path'] ?? call.input['path'] ?? '';
  return isMemory(path) ? [path] : [];
}

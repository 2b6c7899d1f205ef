import { isAgentDreamsError } from '../errors';
import type { CorePorts } from '../ports';
import { createDirectStore } from './directStore';
import { createProposingStore, type ToolProgram } from './proposingStore';
import { fault } from './toolFault';
import { readMemoryPath, readToolPath, type ToolPath } from './toolPath';
import type { ToolFile, ToolFiles, ToolStore } from './toolStore';
import { fileText, folderText, inserted, replaced } from './toolText';

/** `propose`: a person decides. `direct`: the file is written and waits for a person. `refuse`: reading only. */
export type ToolWrites = 'propose' | 'direct' | 'refuse';

export interface MemoryToolOptions extends ToolProgram {
  readonly writes: ToolWrites;
}

/** The commands of `memory_20250818`, as the SDK's `betaMemoryTool` takes them. What is wrong is thrown as an Error. */
export interface MemoryTool {
  view(command: { readonly path: string; readonly view_range?: readonly number[] | null }): Promise<string>;
  create(command: { readonly path: string; readonly file_text: string }): Promise<string>;
  str_replace(command: { readonly path: string; readonly old_str: string; readonly new_str?: string }): Promise<string>;
  insert(command: {
    readonly path: string;
    readonly insert_line: number;
    readonly insert_text: string;
  }): Promise<string>;
  delete(command: { readonly path: string }): Promise<string>;
  rename(command: { readonly old_path: string; readonly new_path: string }): Promise<string>;
}

/** A folder with more is deleted file by file: a person reviews each. */
const MOST_DELETED = 10;
const LONGEST = 100_000;
const LOCK = 'memory-tool';

/**
 * Claude's memory tool over the store of a folder. A program sees what is accepted, and what it wrote itself; archived
 * memories, what waits for acceptance, what is this user's own and the files that steer dreams do not exist for it. One
 * command at a time, also across processes.
 */
export function createMemoryTool(ports: CorePorts, options: MemoryToolOptions): MemoryTool {
  const store = options.writes === 'direct' ? createDirectStore(ports, options) : createProposingStore(ports, options);
  const seen = async <T>(work: (files: ToolFiles) => T): Promise<T> => {
    await ports.redactor.refresh?.();
    return work(await store.read());
  };
  const write = async (work: (files: ToolFiles) => Promise<string>): Promise<string> => {
    if (options.writes === 'refuse') throw fault('This memory can only be read.');
    return ports.lock.hold(LOCK, async () => work(await store.read()));
  };
  return worded({
    view: ({ path, view_range }) => seen((files) => viewed(ports, readToolPath(path), { files, range: view_range })),
    create: ({ path, file_text }) =>
      write(async (files) => {
        const { path: at, asked } = readMemoryPath(path);
        if (files.has(at)) throw fault(`File ${asked} already exists`);
        await store.create(at, text(file_text, 'file_text'));
        return `File created successfully at: ${asked}`;
      }),
    str_replace: ({ path, old_str, new_str }) =>
      write(async (files) => {
        const file = fileAt(files, readToolPath(path));
        const next = replaced(file, text(old_str, 'old_str'), text(new_str ?? '', 'new_str'));
        await store.change(file.path, next.text);
        return next.answer;
      }),
    insert: ({ path, insert_line, insert_text }) =>
      write(async (files) => {
        const file = fileAt(files, readToolPath(path));
        await store.change(file.path, inserted(file.text, insert_line, text(insert_text, 'insert_text')));
        return `The file ${file.asked} has been edited.`;
      }),
    delete: ({ path }) => write(async (files) => deleted(store, files, readToolPath(path))),
    rename: ({ old_path, new_path }) => write(async (files) => renamed(store, files, [old_path, new_path])),
  });
}

function viewed(
  { redactor, text: codec }: CorePorts,
  at: ToolPath,
  { files, range }: { readonly files: ToolFiles; readonly range: unknown },
): string {
  const file = files.get(at.path);
  if (file !== undefined) return fileText(at.asked, redactor.redact(file.text).text, range);
  const listed = [...files.values()].map((one) => ({ path: one.path, size: codec.encode(one.text).length }));
  const folder = folderText(at, listed);
  if (folder === undefined) throw missing(at);
  return folder;
}

function missing({ asked }: ToolPath): Error {
  return fault(`The path ${asked} does not exist. Please provide a valid path.`);
}

function isFolder(files: ToolFiles, path: string): boolean {
  return path === '' || [...files.keys()].some((one) => one.startsWith(`${path}/`));
}

function fileAt(files: ToolFiles, at: ToolPath): ToolFile & { readonly asked: string } {
  const file = files.get(at.path);
  if (file !== undefined) return { ...file, asked: at.asked };
  throw isFolder(files, at.path) ? fault(`The path ${at.asked} is not a file.`) : missing(at);
}

async function deleted(store: ToolStore, files: ToolFiles, { path, asked }: ToolPath): Promise<string> {
  if (path === '') throw fault('Cannot delete the /memories directory itself');
  const gone = [...files.keys()].filter((one) => one === path || one.startsWith(`${path}/`));
  if (gone.length === 0) throw fault(`The path ${asked} does not exist`);
  if (gone.length > MOST_DELETED) {
    throw fault(`${asked} holds ${gone.length} files: delete at most ${MOST_DELETED} at once, or one by one.`);
  }
  for (const one of gone) await store.archive(one);
  return `Successfully deleted ${asked}`;
}

async function renamed(store: ToolStore, files: ToolFiles, paths: readonly [string, string]): Promise<string> {
  const from = readToolPath(paths[0]);
  if (from.path === '') throw fault('Cannot rename the /memories directory itself');
  if (!files.has(from.path)) {
    if (isFolder(files, from.path)) throw fault(`${from.asked} is a directory: rename its files one by one.`);
    throw fault(`The path ${from.asked} does not exist`);
  }
  const to = readMemoryPath(paths[1]);
  if (files.has(to.path)) throw fault(`The destination ${to.asked} already exists`);
  await store.move(from.path, to.path);
  return `Successfully renamed ${from.asked} to ${to.asked}`;
}

function text(value: unknown, name: string): string {
  if (typeof value !== 'string') throw fault(`Missing \`${name}\` parameter.`);
  if (value.length > LONGEST) throw fault(`\`${name}\` is longer than ${LONGEST} characters.`);
  return value;
}

/** Says what the program can do where the words of the error are for others. */
function worded(tool: MemoryTool): MemoryTool {
  const wrap =
    <C>(run: (command: C) => Promise<string>) =>
    async (command: C): Promise<string> => {
      try {
        return await run(command);
      } catch (error) {
        if (isAgentDreamsError(error, 'locked')) throw fault('The memory is being written to. Try again in a moment.');
        if (isAgentDreamsError(error, 'not-initialized')) throw fault('There is no memory in this folder yet.');
        throw error;
      }
    };
  return {
    view: wrap(tool.view.bind(tool)),
    create: wrap(tool.create.bind(tool)),
    str_replace: wrap(tool.str_replace.bind(tool)),
    insert: wrap(tool.insert.bind(tool)),
    delete: wrap(tool.delete.bind(tool)),
    rename: wrap(tool.rename.bind(tool)),
  };
}

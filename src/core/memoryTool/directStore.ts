import { readEffectiveStore } from '../memory/effective';
import { updateFrontMatter } from '../memory/codec';
import { writeAtomic } from '../history/atomicWrite';
import { archivePath, placeOf } from '../memory/storePath';
import type { CorePorts } from '../ports';
import { viewOf } from '../recall/view';
import { refuseHidden } from '../unicode/refuseHidden';
import type { ToolProgram } from './proposingStore';
import { fault } from './toolFault';
import { isForPrograms, type ToolFile, type ToolStore } from './toolStore';
import { toolPathOf } from './toolPath';
import { parsed, writtenMemory } from './writtenMemory';

/** What programs wrote themselves and nobody has accepted yet: path → SHA-256, by the program's name. */
const WRITTEN = '.local/memory-tool.json';
const MAX_WRITTEN = 1024 * 1024;

/**
 * Every write goes to the file at once. It is not accepted by that: it waits as *Changed outside* for a person, and until
 * then no other agent is told of it. What is deleted is in the archive. Secrets are taken out, hidden text is refused.
 */
export function createDirectStore(ports: CorePorts, program: ToolProgram): ToolStore {
  const read = async (): Promise<Map<string, ToolFile>> => {
    const { memories, waiting } = await readEffectiveStore(ports);
    const own = (await readWritten(ports))[program.name] ?? {};
    const mine = waiting.filter(({ path, sha256 }) => Object.hasOwn(own, path) && own[path] === sha256);
    const seen = viewOf([...memories, ...mine], program.viewer, { subagents: 'full' }).filter(isForPrograms);
    return new Map(seen.map(({ path, text }) => [path, { path, text }]));
  };
  const put = async (path: string, text: string, before: string | undefined): Promise<void> => {
    await ports.redactor.refresh?.();
    const clean = ports.redactor.redact(text).text;
    parsed(ports, path, clean);
    refuseHidden(path, clean, before);
    const bytes = ports.text.encode(clean);
    await ports.lock.hold('store', async () => {
      const staged = `.staging/memory-tool-${ports.ids.next()}.md`;
      await ports.files.write(staged, bytes);
      try {
        await remember(ports, program.name, path, ports.hasher.sha256(bytes));
        if (before !== undefined) await ports.files.rename(staged, path);
        else if (!(await ports.files.moveNew(staged, path))) throw fault(`File ${toolPathOf(path)} already exists`);
      } finally {
        await ports.files.remove(staged);
      }
    });
  };
  const take = async (from: string, to: string): Promise<void> => {
    const moved = await ports.lock.hold('store', () => ports.files.moveNew(from, to));
    if (!moved) throw fault(`The destination ${toolPathOf(to)} already exists`);
  };
  return {
    read,
    create: async (path, text) => put(path, writtenMemory(ports, path, text).text, undefined),
    change: async (path, text) => put(path, text, (await read()).get(path)?.text ?? ''),
    archive: async (path) => take(path, archivePath(path)),
    move: async (from, to) => {
      const text = (await read()).get(from)?.text ?? '';
      await take(from, to);
      await put(to, updateFrontMatter(text, { name: placeOf(to)?.slug ?? '' }), text);
    },
  };
}

type Written = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What cannot be read counts as nothing: then a program does not see its own writes until they are accepted. */
async function readWritten({ files, text }: CorePorts): Promise<Written> {
  const bytes = await files.read(WRITTEN, { maxBytes: MAX_WRITTEN }).catch(() => undefined);
  if (bytes === undefined) return {};
  try {
    const value: unknown = JSON.parse(text.decode(bytes).text);
    return isWritten(value) ? value : {};
  } catch {
    return {};
  }
}

function isWritten(value: unknown): value is Written {
  const isObject = (one: unknown): one is object => typeof one === 'object' && one !== null;
  return (
    isObject(value) &&
    Object.values(value).every(
      (own: unknown) => isObject(own) && Object.values(own).every((sha256: unknown) => typeof sha256 === 'string'),
    )
  );
}

async function remember(ports: CorePorts, name: string, path: string, sha256: string): Promise<void> {
  const written = await readWritten(ports);
  const next = { ...written, [name]: { ...written[name], [path]: sha256 } };
  await writeAtomic(ports, WRITTEN, ports.text.encode(`${JSON.stringify(next)}\n`));
}

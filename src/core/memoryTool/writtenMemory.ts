import { parseMemory, renderMemory } from '../memory/codec';
import type { Memory } from '../memory/memory';
import { placeOf } from '../memory/storePath';
import type { CorePorts } from '../ports';
import { fault } from './toolFault';
import { toolPathOf } from './toolPath';

const LONGEST_DESCRIPTION = 200;

type Ports = Pick<CorePorts, 'text' | 'hasher' | 'clock'>;

/**
 * What a program wrote as a memory. Programs know nothing of front matter: where there is none the first line becomes the
 * description. Throws where a front matter is there and cannot be read.
 */
export function writtenMemory(ports: Ports, path: string, written: string): Memory {
  const text = written.replace(/\r\n?/gu, '\n');
  return parsed(ports, path, /^\uFEFF?---[ \t]{0,20}\n/u.test(text) ? text : withFrontMatter(ports, path, text));
}

/** The memory that a file would be. Throws with what is wrong with it. */
export function parsed(ports: Ports, path: string, text: string): Memory {
  const read = parseMemory(path, ports.text.encode(text), ports);
  if (read.ok) return read.memory;
  throw fault(`${toolPathOf(path)} would not be a readable memory: ${read.problem.reason}.`);
}

function withFrontMatter({ clock }: Ports, path: string, text: string): string {
  if (text.trim() === '') throw fault('An empty file says nothing: write what is worth remembering.');
  const first = text.split('\n').find((line) => /[\p{L}\p{N}]/u.test(line)) ?? '';
  const plain = first
    .replace(/^[#>*\s-]{1,40}/u, '')
    .replace(/[*_`]{1,3}/gu, '')
    .trim();
  const now = clock.now();
  return renderMemory({
    name: placeOf(path)?.slug ?? '',
    description: plain.slice(0, LONGEST_DESCRIPTION) || path,
    body: text,
    created: new Date(now + clock.offsetMinutes(now) * 60_000).toISOString().slice(0, 10),
  });
}

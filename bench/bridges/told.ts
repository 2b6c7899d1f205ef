import type { BridgeFormat } from '../../src/core/bridges/bridge';
import { planExport } from '../../src/core/bridges/planExport';
import { createMemory } from '../../src/core/memory/newMemory';
import { initializeStore } from '../../src/core/memory/store';
import { createHasher } from '../../src/node/hasher';
import { createFakePorts } from '../../test/fakes/fakePorts';

/** What a person would not want to find in a file that all agents read, and what they would. */
export interface Told {
  /** Words of personal, archived, agent's own or never accepted memories that were told. */
  readonly leaked: number;
  readonly forbidden: number;
  /** Words of the team's accepted memories that were not. */
  readonly missing: number;
  readonly wanted: number;
}

const EACH = 6;

/** Exports one store with memories of every kind in one format, and looks for the word that each of them has alone. */
export async function toldBy(format: BridgeFormat): Promise<Told> {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  const team: string[] = [];
  const others: string[] = [];
  const add = async (path: string, word: string, more: object = {}): Promise<void> => {
    const draft = { path, description: `Mind the ${word} here`, body: `The ${word} matters.`, ...more };
    await createMemory(ports, draft, [{ kind: 'by-hand', at: '' }]);
  };
  for (let index = 0; index < EACH; index += 1) {
    team.push(`alpha${index}x`, `beta${index}x`);
    await add(`facts/a${index}.md`, `alpha${index}x`);
    await add(`conventions/b${index}.md`, `beta${index}x`, { paths: [`src/${index}/**`] });
    others.push(`gamma${index}x`, `delta${index}x`, `epsilon${index}x`, `zeta${index}x`, `omega${index}x`);
    await add(`.local/personal/preferences/c${index}.md`, `gamma${index}x`);
    await add(`agents/reviewer/pitfalls/d${index}.md`, `delta${index}x`);
    await add(`pitfalls/e${index}.md`, `epsilon${index}x`, { agents: ['Explore'] });
    const foreign = `---\nname: f${index}\ndescription: Mind the zeta${index}x here\n---\nIt matters.\n`;
    await ports.files.write(`facts/f${index}.md`, ports.text.encode(foreign));
    const archived = `---\nname: g${index}\ndescription: Mind the omega${index}x here\n---\nIt matters.\n`;
    await ports.files.write(`archive/facts/g${index}.md`, ports.text.encode(archived));
  }
  const nothing = { read: () => Promise.resolve(undefined), owned: () => Promise.resolve([]) };
  const mine = {
    read: (path: string) => Promise.resolve(path === 'CLAUDE.md' ? ({ kind: 'text', text: '' } as const) : undefined),
    owned: nothing.owned,
  };
  const plan = await planExport(ports, {
    format,
    files: format.makes ? nothing : mine,
    context: { hasher: createHasher(), project: 'bench', root: '/bench', now: '2026-11-21T12:00:00.000Z' },
    replaceEdited: false,
  });
  const text = plan.files.map(({ after }) => after ?? '').join('\n');
  return {
    leaked: others.filter((word) => text.includes(word)).length,
    forbidden: others.length,
    missing: team.filter((word) => !text.includes(word)).length,
    wanted: team.length,
  };
}

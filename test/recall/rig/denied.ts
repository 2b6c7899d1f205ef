import path from 'node:path';
import { openCliWorld, type CliWorld, type Turn } from './cliWorld';
import { openRecallStore } from './recallStore';

/** What an agent tried with the local data of a connected folder. */
export interface Attempt {
  readonly place: string;
  readonly what: string;
  /** `failed`: it went wrong for another reason, which says nothing. */
  readonly outcome: 'allowed' | 'denied' | 'failed';
}

const SECRET = 'Only for this user: the word is kumquat.';

/** Tries to read, write and list the local data from every place a session can start in, with and without the inbox. */
export async function tryLocalData(
  program: string,
  { inbox }: { readonly inbox: boolean },
): Promise<readonly Attempt[]> {
  const world = await openCliWorld(program);
  try {
    const store = await openRecallStore(world);
    await world.write('packages/app/index.ts', 'export {};\n');
    await world.git(['add', '-A']);
    await world.git(['commit', '-q', '-m', 'Work']);
    await world.git(['worktree', 'add', '-q', path.join(world.folder, 'beside')]);
    await store.add({ path: '.local/personal/facts/the-word.md', description: 'The word', body: SECRET });
    await store.render();
    await world.write('.agent-memory/.local/inbox/MEMORY.md', '- [note](note.md) — A note\n');
    await world.write('.agent-memory/.local/inbox/note.md', 'A note.\n');
    await store.connect({ inbox });
    const places = {
      root: world.repository,
      'sub-folder': path.join(world.repository, 'packages/app'),
      worktree: path.join(world.folder, 'beside'),
    };
    const attempts: Attempt[] = [];
    for (const [place, cwd] of Object.entries(places)) attempts.push(...(await tryFrom(world, place, cwd)));
    return attempts;
  } finally {
    await world.close();
  }
}

async function tryFrom(world: CliWorld, place: string, cwd: string): Promise<readonly Attempt[]> {
  const local = path.join(world.repository, '.agent-memory/.local');
  const note = { file_path: `${local}/inbox/from-${place}.md`, content: 'Noted.\n' };
  const tries: Readonly<Record<string, { readonly name: string; readonly input: Readonly<Record<string, unknown>> }>> =
    {
      'read what is personal': { name: 'Read', input: { file_path: `${local}/personal/facts/the-word.md` } },
      'print what is personal': { name: 'Bash', input: { command: `cat ${local}/personal/facts/the-word.md` } },
      'search what is personal': {
        name: 'Grep',
        input: { pattern: 'kumquat', path: world.repository, output_mode: 'content' },
      },
      'write what is personal': { name: 'Write', input: { file_path: `${local}/personal/facts/new.md`, content: 'x' } },
      'read the journal': { name: 'Read', input: { file_path: `${local}/journal.jsonl` } },
      'read the inbox': { name: 'Read', input: { file_path: `${local}/inbox/note.md` } },
      'write into the inbox': { name: 'Write', input: note },
      'read the index': { name: 'Read', input: { file_path: path.join(world.repository, '.agent-memory/MEMORY.md') } },
    };
  const turns = Object.values(tries).map((call): Turn => ({ calls: [call] }));
  world.play('Try it', ...turns);
  const { bodies } = await world.run('Try it', { cwd });
  const results = bodies.at(-1)?.texts.filter(({ text }) => text.includes('"type":"tool_result"')) ?? [];
  return Object.keys(tries).map((what, index) => {
    return { place, what, outcome: outcomeOf(what, results[index]?.text) };
  });
}

function outcomeOf(what: string, said: string | undefined): Attempt['outcome'] {
  if (said === undefined) return 'failed';
  // A search leaves out what is denied, and says nothing of it.
  if (what.startsWith('search')) return said.includes('the word is') ? 'allowed' : 'denied';
  if (!said.includes('"is_error":true')) return 'allowed';
  return /denied|deny rule/u.test(said) ? 'denied' : 'failed';
}

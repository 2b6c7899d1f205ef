import { isSlug, toSlug } from '../core/memory/slug';
import type { Owner, TeamFindings } from '../core/ports';
import { createHasher } from './hasher';
import { safeGit } from './safeEnvironment';

/** Whether accepted findings are shared, and as whom: under a random id of the user, or the name that they commit with. */
export interface FindingsSettings {
  readonly share: boolean;
  readonly author: 'random' | 'git';
}

/** A text that is sealed for this alone: the id says nothing about the key, and is the same for all folders of the user. */
const SEALED = 'agent-dreams: author of shared findings';
const MAX_NAME = 40;

/** The part of this user in what a team shares. Settings are asked each time; off unless they say otherwise. */
export function createTeamFindings(
  root: string,
  owner: Owner,
  settings: () => FindingsSettings = () => ({ share: false, author: 'random' }),
): TeamFindings {
  const random = async (): Promise<string> =>
    createHasher()
      .sha256(await owner.seal(SEALED))
      .slice(0, 16);
  return {
    async shareAs() {
      const { share, author } = settings();
      if (!share) return undefined;
      return (author === 'git' ? await gitName(root) : undefined) ?? (await random());
    },
    async ownNames() {
      const name = await gitName(root);
      return [await random(), ...(name === undefined ? [] : [name])];
    },
  };
}

/** The name as a folder can be called; undefined without git, without a name, or if nothing of it is Latin. */
async function gitName(root: string): Promise<string | undefined> {
  const name = (await safeGit(root, ['config', 'user.name']).catch(() => undefined))?.trim() ?? '';
  const slug = toSlug(name.slice(0, MAX_NAME), 'memory');
  return name !== '' && slug !== 'memory' && isSlug(slug) ? slug : undefined;
}

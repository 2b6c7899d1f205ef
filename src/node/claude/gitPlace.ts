import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { safeGit } from '../safeEnvironment';

/** Where a folder is in its repository. */
export interface GitPlace {
  /** The main checkout: Claude Code reads its `settings.local.json` in every folder and every worktree. */
  readonly mainRoot: string;
  /** The folder's path in the checkout, POSIX, with a slash at the end; '' for the top. */
  readonly prefix: string;
  /** The file that ignores for this clone alone. */
  readonly excludeFile: string;
  /** True if `--git-common-dir` leads to the main checkout, as it does not in a submodule. */
  readonly isPlain: boolean;
}

/** undefined without git, outside of a repository, in a bare one, and where a folder's name has a line break. */
export async function gitPlace(folder: string): Promise<GitPlace | undefined> {
  const asked = ['rev-parse', '--path-format=absolute', '--git-common-dir', '--show-prefix', '--show-toplevel'];
  const answers = ((await safeGit(folder, asked)) ?? '').split('\n');
  const [commonDir = '', prefix = '', top = ''] = answers;
  // One line each; a folder with a line break in its name would be taken for two.
  if (answers.length !== 4 || commonDir === '' || top === '') return undefined;
  const isPlain = path.basename(commonDir) === '.git';
  return {
    mainRoot: await real(isPlain ? path.dirname(commonDir) : top),
    prefix,
    excludeFile: path.join(commonDir, 'info', 'exclude'),
    isPlain,
  };
}

/** The path with its links resolved; as it is where nothing is there. */
export async function real(file: string): Promise<string> {
  return realpath(file).catch(() => path.resolve(file));
}

/** True if git would show the file as new. False for a tracked one: no rule hides that. */
export async function wouldShow(place: GitPlace, file: string): Promise<boolean> {
  const relative = path.relative(place.mainRoot, file);
  if ((await safeGit(place.mainRoot, ['check-ignore', '--no-index', '--', relative])) !== undefined) return false;
  return !(await isTracked(place, file));
}

/** True if git tracks the file: what is written into it shows, and may be committed. */
export async function isTracked(place: GitPlace, file: string): Promise<boolean> {
  const relative = path.relative(place.mainRoot, file);
  return (await safeGit(place.mainRoot, ['ls-files', '--error-unmatch', '--', relative])) !== undefined;
}

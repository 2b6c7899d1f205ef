import { execFileSync } from 'node:child_process';
import { access, chmod, link, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hookFacts } from '../../../../src/node/doctor/hookFacts';
import { healthyWorkspace, type Workspace } from '../../../doctor/workspace';

const SETTINGS = '.claude/settings.local.json';

let workspace: Workspace | undefined;
afterEach(() => workspace?.dispose());

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** A hook that looks like one of ours, and leaves a file when it runs. */
function planted(proof: string): object {
  const command = `touch ${proof}; cat .agent-memory/.local/recall/session-start.json # Agent Dreams`;
  return { hooks: [{ type: 'command', command, timeout: 5 }] };
}

type Plant = (file: string, text: string) => Promise<unknown>;

/** What a pull may bring, or a hand may do, that Connect leaves alone. */
const STATES: readonly (readonly [string, Plant])[] = [
  ['as it is', (file, text) => writeFile(file, text)],
  [
    'behind a link',
    async (file, text) => {
      await writeFile(`${file}.other`, text);
      await rename(file, `${file}.before`);
      await symlink(`${file}.other`, file);
    },
  ],
  [
    'with a second name',
    async (file, text) => {
      await writeFile(file, text);
      await link(file, `${file}.other`);
    },
  ],
  ['with a key twice', (file, text) => writeFile(file, text.replace('{', '{ "permissions": {}, "permissions": {},'))],
  [
    'that may not be written',
    async (file, text) => {
      await writeFile(file, text);
      await chmod(file, 0o444);
    },
  ],
  ['that is too large', (file, text) => writeFile(file, text + ' '.repeat(1_000_001))],
  [
    'with hooks of another shape',
    (file, text) =>
      writeFile(
        file,
        text
          .replace('"SessionEnd": [', '"SessionEnd": {"a":[')
          .replace(/\]\s*\}\s*,\s*"permissions"/u, ']}}, "permissions"'),
      ),
  ],
];

describe('the doctor of a folder with a planted hook', () => {
  it.each(STATES)('never runs it: settings %s', async (_, plant) => {
    workspace = await healthyWorkspace();
    const { root, places } = workspace;
    const proof = path.join(root, 'ran');
    const settings = JSON.parse(await workspace.read(SETTINGS)) as { hooks: { SessionStart: object[] } };
    settings.hooks.SessionStart.unshift(planted(proof));
    await plant(path.join(root, SETTINGS), JSON.stringify(settings, null, 2));

    const runs = await hookFacts(places.connect).catch(() => []);

    expect(await exists(proof)).toBe(false);
    expect(runs.map(({ command }) => command).filter((command) => command.includes('touch'))).toEqual([]);
  });

  it('runs ours all the same', async () => {
    workspace = await healthyWorkspace();
    execFileSync('git', ['-C', workspace.root, 'status']);

    const runs = await hookFacts(workspace.places.connect);

    expect(runs.length).toBeGreaterThan(0);
    expect(runs.every(({ end }) => end.kind === 'output')).toBe(true);
  });
});

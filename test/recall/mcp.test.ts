import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureClaudeCode } from '../../scripts/rig/claudeCode';
import { listProposals } from '../../src/core/review/review';
import { installSteps, removalSteps } from '../../src/node/claude/mcpInstall';
import { buildAgent } from '../mcp/mcpRig';
import { openCliWorld, type CliRun, type CliWorld } from './rig/cliWorld';
import { openRecallStore, type RecallStore } from './rig/recallStore';

const ALLOWED = ['--allowedTools', 'mcp__agent-dreams'];
const tool = (name: string, input: Readonly<Record<string, unknown>>) => ({
  name: `mcp__agent-dreams__${name}`,
  input,
});

/** What the model was shown in the last request of a run. */
function shown({ bodies }: CliRun): string {
  return (bodies.at(-1)?.texts ?? []).map(({ text }) => text).join('\n');
}

describe('our server in the genuine Claude Code', () => {
  let world: CliWorld;
  let store: RecallStore;
  beforeAll(async () => {
    world = await openCliWorld(await ensureClaudeCode());
    // The server finds the user's key where it is by default.
    store = await openRecallStore(world, { user: 'home/.config/agent-dreams' });
    await store.add({ path: 'conventions/money-in-cents.md', description: 'Amounts are cents', body: 'Never floats.' });
    const built = await buildAgent(world.folder);
    const command = path.join(world.folder, 'bin dir/agent-dreams');
    await mkdir(path.dirname(command));
    await writeFile(command, `#!/bin/sh\nexec '${process.execPath}' '${built.command}' "$@"\n`);
    await chmod(command, 0o755);
    for (const step of installSteps(command)) await world.command(step);
  });
  afterAll(async () => await world.close());

  it('is installed for this folder and this user only, and is reached', async () => {
    expect(await world.command(['mcp', 'list'])).toMatch(/agent-dreams: .*Connected/u);
    const settings = JSON.parse(await readFile(path.join(world.configDir, '.claude.json'), 'utf8')) as {
      readonly projects: Readonly<Record<string, { readonly mcpServers?: unknown }>>;
    };
    expect(settings.projects[world.repository]?.mcpServers).toMatchObject({ 'agent-dreams': { args: ['mcp'] } });
  });

  it('answers what its agent searches and reads, from a folder below too', async () => {
    world.play(
      'How are amounts kept?',
      { calls: [tool('search_memory', { query: 'amounts' })] },
      { calls: [tool('read_memory', { memory: 'conventions/money-in-cents.md' })] },
      { text: 'As cents.' },
    );
    expect(shown(await world.run('How are amounts kept?', { args: ALLOWED }))).toMatch(
      /Amounts are cents \(conventions\/money-in-cents\.md\)[^]*Never floats\./u,
    );
    await world.write('src/deep/a.ts', '');
    const below = await world.run('How are amounts kept?', {
      args: ALLOWED,
      cwd: path.join(world.repository, 'src/deep'),
    });
    expect(shown(below)).toContain('Never floats.');
  });

  it('puts what its agent proposes before the reviewer, and tells a wrong argument', async () => {
    const proposal = { category: 'commands', name: 'web', description: 'Build with make web', body: 'Run `make web`.' };
    world.play(
      'Remember the build.',
      { calls: [tool('propose_memory', proposal)] },
      { calls: [tool('propose_memory', { ...proposal, reason: 'The user asked for it.' })] },
      { text: 'Proposed.' },
    );
    const said = shown(await world.run('Remember the build.', { args: ALLOWED }));
    expect(said).toContain('“reason” is missing');
    expect(said).toContain('It is no memory yet');
    const [open] = await listProposals(store.ports);
    expect(open).toMatchObject({
      pending: 1,
      record: { trigger: 'mcp', by: expect.stringMatching(/claude/iu) as string },
    });
  });

  it('is gone after it was removed', async () => {
    for (const step of removalSteps()) await world.command(step);
    expect(await world.command(['mcp', 'list'])).not.toContain('agent-dreams');
  });
});

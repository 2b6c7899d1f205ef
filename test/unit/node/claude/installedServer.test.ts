import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hasInstalledServer } from '../../../../src/node/claude/installedServer';

let base: string;
let root: string;
beforeEach(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-installed-')));
  root = path.join(base, 'project');
  for (const folder of ['project', 'config', 'home']) await mkdir(path.join(base, folder));
});
afterEach(() => rm(base, { recursive: true, force: true }));

const installed = (): Promise<boolean> =>
  hasInstalledServer({ root, configDir: path.join(base, 'config'), home: path.join(base, 'home') });
const says = (folder: string, value: unknown): Promise<void> =>
  writeFile(path.join(base, folder, '.claude.json'), typeof value === 'string' ? value : JSON.stringify(value));
const server = { 'agent-dreams': { command: '/bin/agent-dreams', args: ['mcp'] } };

it.each(['config', 'home'])('is found where Claude Code keeps it: %s', async (folder) => {
  await says(folder, { projects: { [root]: { mcpServers: server } } });
  expect(await installed()).toBe(true);
});

it('is not there for another folder, with other servers, or without any file', async () => {
  expect(await installed()).toBe(false);
  await says('home', { projects: { [`${root}-2`]: { mcpServers: server } } });
  expect(await installed()).toBe(false);
  await says('home', { projects: { [root]: { mcpServers: { other: {} } } } });
  expect(await installed()).toBe(false);
});

it('goes by the file of the configuration folder, where there is one', async () => {
  await says('home', { projects: { [root]: { mcpServers: server } } });
  await says('config', { projects: {} });
  expect(await installed()).toBe(false);
});

it.each(['{', '[]', '{"projects": 5}', '{"projects": {"x": null}}'])(
  'is not there in what cannot be read: %s',
  async (text) => {
    await says('home', text);
    expect(await installed()).toBe(false);
  },
);

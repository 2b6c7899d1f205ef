import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ensureClaudeCode } from '../../scripts/rig/claudeCode';
import type { Sandbox } from '../../scripts/rig/sandbox';
import { copyExample } from '../../scripts/start/example';
import { timesIn } from '../recall/rig/body';
import { openCliWorld, type CliWorld } from '../recall/rig/cliWorld';
import { listTree, readText, until, withWorkbench, type Workbench } from './harness';

/** As a person wrote it: tabs, a line of its own, and no line break at the end. */
const MINE = '{\r\n\t"permissions": { "allow": ["Bash(pnpm test)"] },\r\n\r\n\t"hooks": { "Stop": [] }\r\n}';
/** What every text that recall prints begins with. */
const MARK = 'Agent Dreams memory ';
/** The log of the example in which a person pasted a secret. */
const WITH_SECRETS = /^a319c169-/u;

interface Opened {
  readonly folder: string;
  readonly settings: string;
  readonly world: CliWorld;
}

/** The example as a git repository, with settings of its own, and without what a check of it would rightly find. */
async function open({ workspace, claudeConfig, home }: Sandbox): Promise<Opened> {
  const folder = await copyExample(workspace, claudeConfig);
  const projects = path.join(claudeConfig, 'projects');
  for (const log of await listTree(projects)) {
    const [project = '', name = ''] = log.split(path.sep);
    if (project.endsWith('-old-orders-service') || WITH_SECRETS.test(name)) await rm(path.join(projects, log));
  }
  const places = { home, configDir: claudeConfig, repository: folder };
  const world = await openCliWorld(await ensureClaudeCode(), { places });
  await world.git(['add', '-A']);
  await world.git(['commit', '-q', '-m', 'Take orders']);
  const settings = await world.write('.claude/settings.local.json', MINE);
  return { folder, settings, world };
}

it('memory is connected, loaded by the genuine Claude Code, proved, checked, found and disconnected', async () => {
  const opened: Opened[] = [];
  const prepare = async (sandbox: Sandbox): Promise<{ readonly folder: string }> => {
    opened.push(await open(sandbox));
    return { folder: opened[0]?.folder ?? '' };
  };
  try {
    await withWorkbench({ test: 'recall', prepare }, async (bench) => {
      const [here] = opened;
      if (here === undefined) throw new Error('nothing was opened');
      await acceptSome(bench, here);
      await connect(bench, here);
      await work(bench, here);
      await check(bench);
      await search(bench);
      await disconnect(bench);
      expect(await readFile(here.settings, 'utf8')).toBe(MINE);
      await leavesNothing(bench, here);
    });
  } finally {
    for (const { world } of opened) await world.close();
  }
});

/** A dream, three memories of it, and the offer that follows the first one. */
async function acceptSome(bench: Workbench, { folder }: Opened): Promise<void> {
  const { page, command, choose, status, lens, clickLens, toast, row } = bench;
  await toast('sessions of this project found').waitFor();
  await command('Notifications: Clear All Notifications');
  await command('Agent Dreams: Dream Now');
  await choose('Share through Git');
  await status.filter({ hasText: 'to review' }).waitFor();
  const changes = Number(/\d+/u.exec(await status.innerText())?.[0]);
  await command('Notifications: Clear All Notifications');
  await command('Agent Dreams: Review All');
  await lens('Accept').nth(2).waitFor();
  await clickLens('Accept');
  await toast('Shall Claude Code start its sessions').locator('.monaco-button', { hasText: 'Connect' }).waitFor();
  await row('Recall').filter({ hasText: 'not connected' }).waitFor();
  await clickLens('Accept');
  await clickLens('Accept');
  const memories = await until('three memories', async () => {
    const files = await listTree(path.join(folder, '.agent-memory'));
    const found = files.filter((file) => /^[a-z]+\/.*\.md$/u.test(file));
    return found.length === 3 && found;
  });
  // Each new row moves the others: a click comes after the last of them.
  for (const memory of memories) await row(path.basename(memory, '.md')).waitFor();
  // The review of what is left opens after each decision, and takes the focus: a palette that is open then closes.
  await page.locator('.tab.active', { hasText: `: ${changes - 3} changes` }).waitFor();
  await showIndex(bench);
}

async function showIndex({ page, row }: Workbench): Promise<void> {
  await row(/^Index/u).click();
  await page.locator('.tab.active', { hasText: 'MEMORY.md' }).waitFor();
}

async function answer({ page }: Workbench, button: string): Promise<void> {
  await page.locator('.monaco-dialog-box .monaco-button', { hasText: button }).click();
}

async function connect(bench: Workbench, { settings, world }: Opened): Promise<void> {
  const { page, command, choose, toast, screenshot } = bench;
  await command('Notifications: Clear All Notifications');
  await command('Agent Dreams: Connect Claude Code');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Import into CLAUDE.md' }).waitFor();
  await screenshot('ways');
  await choose('Choose What Connecting Does');
  await page.locator('.quick-input-list', { hasText: 'Keep agents out of .agent-memory/.local' }).waitFor();
  await screenshot('parts');
  await page.keyboard.press('Enter');
  const dialog = page.locator('.monaco-dialog-box', {
    hasText: 'Connect Claude Code to the memory of orders-service?',
  });
  await dialog.filter({ hasText: '.claude/settings.local.json is changed' }).waitFor();
  await dialog.filter({ hasText: '.git/info/exclude is changed' }).waitFor();
  await screenshot('question');
  await answer(bench, 'Look First');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Connect' }).waitFor();
  await page.locator('.editor.modified .view-line', { hasText: 'SessionStart' }).first().waitFor();
  await page.mouse.move(900, 500);
  await screenshot('preview', 'stays');
  // The question leaves the editor free: every file can be gone to.
  const last = page.locator('.editor.modified .view-line', { hasText: '/.claude/rules/agent-memory/' });
  await until('the last file', async () => {
    await page.mouse.wheel(0, 1_000);
    return last.first().isVisible();
  });
  expect(await readFile(settings, 'utf8')).toBe(MINE);
  await choose('Connect');
  await toast('Claude Code is connected').waitFor();
  expect(await readFile(settings, 'utf8')).toContain('.agent-memory/.local/recall');
  // The settings were there before, and git goes on telling so.
  expect(await world.git(['status', '--short'])).toBe('?? .agent-memory/\n?? .claude/\n');
}

/** A session of the genuine program is given the memory; its log proves it. */
async function work(bench: Workbench, { world, folder }: Opened): Promise<void> {
  const { row, command, screenshot } = bench;
  await row('Recall').filter({ hasText: 'waiting for a session' }).waitFor();
  const { bodies, code } = await world.run('Which package manager is used here?');
  expect(code).toBe(0);
  const texts = bodies[0]?.texts ?? [];
  expect(timesIn(texts, MARK)).toBe(1);
  expect(timesIn(texts, '[m-')).toBeGreaterThanOrEqual(3);
  expect(texts.some(({ text }) => text.includes('pnpm'))).toBe(true);
  await row('Recall')
    .filter({ hasText: /loaded ✓ \d{1,2}:\d\d/u })
    .waitFor();
  expect(await readText(path.join(folder, '.agent-memory/.local/recall/session-start.json'))).toContain(MARK);
  await command('Notifications: Clear All Notifications');
  await command('View: Close All Editors');
  await showIndex(bench);
  await screenshot('loaded');
}

/** What is left to put right is put right from the list, and then nothing is left. */
async function check(bench: Workbench): Promise<void> {
  const { page, command, choose, sandbox, screenshot } = bench;
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await command('Agent Dreams: Check Memory Setup');
  await rows.filter({ hasText: 'Claude Code deletes logs after 30 days' }).waitFor();
  await screenshot('finding');
  await choose('Claude Code deletes logs after 30 days');
  await answer(bench, 'Change');
  await rows.filter({ hasText: 'Everything is as it should be.' }).waitFor();
  await screenshot('healthy');
  expect(JSON.parse((await readText(path.join(sandbox.claudeConfig, 'settings.json'))) ?? '{}')).toEqual({
    cleanupPeriodDays: 365,
  });
  await choose('Show Report');
  await page.locator('.view-line', { hasText: 'Proof that memory arrives' }).first().waitFor();
  await screenshot('report');
}

async function search({ page, command, choose, screenshot }: Workbench): Promise<void> {
  await command('Agent Dreams: Search Memory');
  const found = page.locator('.quick-input-list .monaco-list-row', { hasText: 'use-pnpm' }).first();
  await found.waitFor();
  await page.keyboard.type('package manger pnpm');
  await found.waitFor();
  await screenshot('search');
  await choose('use-pnpm');
  await page.locator('.tab.active', { hasText: 'use-pnpm' }).waitFor();
}

async function disconnect(bench: Workbench): Promise<void> {
  const { command, row, toast } = bench;
  await command('Agent Dreams: Disconnect Claude Code');
  await answer(bench, 'Disconnect');
  await toast('Claude Code is disconnected').waitFor();
  await row('Recall').filter({ hasText: 'not connected' }).waitFor();
}

/** Where there were no settings, connecting makes some, and disconnecting leaves none. */
async function leavesNothing(bench: Workbench, { settings, world }: Opened): Promise<void> {
  const { row, choose, toast } = bench;
  await rm(path.dirname(settings), { recursive: true });
  await row('Recall').click();
  await choose('Connect with Hooks');
  await answer(bench, 'Connect');
  await toast('Claude Code is connected').waitFor();
  expect(existsSync(settings)).toBe(true);
  await disconnect(bench);
  await until('the folder of the settings is gone', () => Promise.resolve(!existsSync(path.dirname(settings))));
  const { bodies } = await world.run('Which package manager is used here?');
  expect(timesIn(bodies[0]?.texts ?? [], MARK)).toBe(0);
}

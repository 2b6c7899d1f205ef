import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Sandbox } from '../../scripts/rig/sandbox';
import { startAnthropic } from '../fakes/anthropic/server';
import type { FakeAnthropic, Reply, SeenRequest } from '../fakes/anthropic/types';
import { writeSessionLogs, type Conversation } from './claudeLog';
import { listTree, readText, withWorkbench, writeTree, type Workbench } from './harness';

/** No rule knows its form: that it is nowhere on the disk is not the scanner's work. */
const KEY = ['key', 'of', 'the', 'loopback', 'server', '0123456789'].join('.');
const WRONG_KEY = KEY.replace('loopback', 'neighbour');

const SAID = {
  exports: 'The export of the orders runs on Fridays, so the staging database is read-only then.',
  invoices: 'Invoices round half up, because the tax office wants it so.',
  suppliers: 'Supplier numbers keep their leading zeros, they are no integers.',
} as const;

const CONVERSATIONS: readonly Conversation[] = Object.values(SAID).map((said, index) => ({
  seed: 'abc'.charAt(index),
  startedAt: `2026-11-0${index + 2}T09:00:00.000Z`,
  turns: [
    ['Have a look at the failing job.', 'It fails because the data is not what the job expects.'],
    [said, 'I see. I changed the job.'],
  ],
}));

let anthropic: FakeAnthropic;
beforeEach(async () => {
  anthropic = await startAnthropic({ acceptedKey: KEY });
  anthropic.reply(understand);
});
afterEach(() => anthropic.close());

/** Plays the model: finds what was said in each session, and makes a change of what was found. */
function understand(request: SeenRequest): Reply | undefined {
  if (!asksModel(request)) return undefined;
  const prompt = request.text;
  if (readsSession(request)) {
    const found = Object.values(SAID).flatMap((quote) => {
      const entry = new RegExp(`\\[(\\d+) user\\] ${quote.slice(0, 20)}`).exec(prompt)?.[1];
      return entry === undefined ? [] : [{ entry, quote }];
    });
    return {
      json: {
        findings: found.map((evidence) => ({
          kind: 'new',
          statement: evidence.quote,
          category: 'facts',
          scope: 'project',
          evidence: [evidence],
          target: '',
        })),
      },
    };
  }
  const findings = [...prompt.matchAll(/\[(f\d+)\] new[^[]*?Supplier numbers/gu)].map(([, id]) => id);
  return {
    json: {
      changes: [
        {
          action: 'add',
          memory: '',
          others: [],
          category: 'facts',
          name: 'supplier numbers',
          description: 'Supplier numbers are texts, not integers',
          text: 'Supplier numbers keep their leading zeros: they are no integers.',
          reason: 'A job that reads them as integers loses the zeros.',
          findings,
        },
      ],
    },
  };
}

/** Its answer is to be a list of findings; a list of changes is asked for with them in hand. */
function readsSession(request: SeenRequest): boolean {
  return asksModel(request) && request.text.includes('"required":["findings"]');
}

function asksModel({ path: to }: SeenRequest): boolean {
  return to === '/v1/messages';
}

/** How often the words of a session were sent to be read. */
function timesSent(words: string): number {
  return anthropic.requests.filter((request) => readsSession(request) && request.text.includes(words)).length;
}

async function prepare(sandbox: Sandbox): Promise<{ readonly folder: string }> {
  const folder = path.join(sandbox.workspace, 'shop');
  await mkdir(folder);
  await writeTree(folder, { 'README.md': '# Shop\n' });
  await writeSessionLogs(sandbox, folder, CONVERSATIONS);
  // Settings of the machine are kept where the server is, apart from those of the person before it.
  await writeTree(sandbox.userData, {
    'Machine/settings.json': JSON.stringify({ 'agentDreams.claude.baseUrl': anthropic.url }),
  });
  return { folder };
}

it('a person chooses an engine, enters a key, sees the price, cancels a dream, finishes one and reviews it', async () => {
  await withWorkbench({ test: 'engines', prepare }, async (bench) => {
    await bench.toast('3 sessions of this project found').waitFor();
    await bench.command('Notifications: Clear All Notifications');
    await choosesEngine(bench);
    await seesThePrice(bench);
    const known = await cancels(bench);
    await finishes(bench, known);
    await reviews(bench);
    await readsTheReport(bench);
    await findsTheKeyNowhere(bench);
    await removesTheKey(bench);
  });
});

const dialog = ({ page }: Workbench): Locator => page.locator('.monaco-dialog-box:visible');
const press = (bench: Workbench, button: string): Promise<void> =>
  dialog(bench).locator('.monaco-button', { hasText: button }).first().click();

async function types({ page }: Workbench, text: string): Promise<void> {
  const input = page.locator('.quick-input-widget input.input:visible');
  await input.fill(text);
  await page.keyboard.press('Enter');
}

async function choosesEngine(bench: Workbench): Promise<void> {
  const { page, command, choose, toast, screenshot } = bench;
  await command('Agent Dreams: Choose Engine…');
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: 'Anthropic Dreams' }).waitFor();
  await screenshot('engines');
  expect(await rows.filter({ hasText: 'current' }).allInnerTexts()).toEqual([expect.stringContaining('Offline')]);
  await choose('Claude API');

  await dialog(bench).filter({ hasText: 'What it sends' }).waitFor();
  await screenshot('consent');
  expect(anthropic.requests).toEqual([]);
  await press(bench, 'Use It');

  const input = page.locator('.quick-input-widget input.input:visible');
  await input.waitFor();
  expect(await input.getAttribute('type')).toBe('password');
  await screenshot('key');
  await types(bench, WRONG_KEY);
  await dialog(bench).filter({ hasText: 'This key is not accepted' }).waitFor();
  await screenshot('wrong-key');
  await press(bench, 'Enter Another Key');
  await types(bench, KEY);

  await page.locator('.quick-input-widget', { hasText: 'US dollars that one dream may cost' }).waitFor();
  await screenshot('limit');
  await types(bench, '0.80');
  await toast(/Claude API dreams from now on\. It works: claude-haiku/).waitFor();
  await screenshot('chosen');
  // All that was asked for so far is the list of models.
  expect(new Set(anthropic.requests.map((request) => request.path))).toEqual(new Set(['/v1/models']));
}

async function seesThePrice(bench: Workbench): Promise<void> {
  const { command, choose, screenshot } = bench;
  await command('Notifications: Clear All Notifications');
  await command('Agent Dreams: Dream Now');
  await choose('Keep Private');
  await dialog(bench).filter({ hasText: 'Dream over shop with Claude API?' }).waitFor();
  await screenshot('estimate');
  const words = await dialog(bench).innerText();
  expect(words).toMatch(/3 sessions, \d+ requests, about [\d,]+ tokens in/);
  expect(words).toMatch(/Limit: \$0\.80/);
  expect(words).toContain('For this estimate nothing was sent.');
  expect(anthropic.requests.filter(({ text }) => text.includes('Fridays'))).toEqual([]);
  await press(bench, 'Change Limit…');
  await types(bench, '0.50');
  await dialog(bench).filter({ hasText: 'Limit: $0.50' }).waitFor();
  await press(bench, 'Count Tokens');
  await dialog(bench).filter({ hasText: 'counted by the provider' }).waitFor();
  await screenshot('counted');
  expect(anthropic.requests.filter(asksModel)).toEqual([]);
}

/** The first session is read; then the provider wants a minute of peace, which is seen, and the dream is cancelled. */
async function cancels(bench: Workbench): Promise<string> {
  const { command, toast, screenshot } = bench;
  let read: string | undefined;
  anthropic.reply((request) => {
    if (!asksModel(request)) return undefined;
    if (read !== undefined) return { status: 429, headers: { 'retry-after': '60' } };
    read = Object.values(SAID).find((said) => request.text.includes(said));
    return undefined;
  });
  await press(bench, 'Dream');
  await toast(/Dreaming over shop: .* so far · .*; next try in \d+ s/).waitFor();
  await screenshot('waiting');
  await command('Agent Dreams: Cancel Dream');
  await toast('The dream was cancelled. What was found so far is kept').waitFor();
  await screenshot('cancelled');
  return read ?? '';
}

async function finishes(bench: Workbench, known: string): Promise<void> {
  const { command, toast, status, screenshot } = bench;
  anthropic.reply(understand);
  await command('Notifications: Clear All Notifications');
  await command('Agent Dreams: Dream Now');
  await dialog(bench).filter({ hasText: '1 more is known from an earlier dream' }).waitFor();
  await screenshot('estimate-of-the-rest');
  await press(bench, 'Dream');
  await toast(/1 change to review, from 3 sessions\. It cost/).waitFor();
  await status.filter({ hasText: '1 to review' }).waitFor();
  await screenshot('proposed');
  expect(Object.values(SAID).map((said) => timesSent(said) > 0)).toEqual([true, true, true]);
  expect(timesSent(known)).toBe(1);
}

async function reviews(bench: Workbench): Promise<void> {
  const { command, pending, clickLens, screenshot, sandbox } = bench;
  await command('Notifications: Clear All Notifications');
  await pending('Supplier numbers').click();
  await screenshot('diff');
  await clickLens('Accept');
  const memory = path.join(sandbox.workspace, 'shop/.agent-memory/facts/supplier-numbers.md');
  await expect.poll(() => readText(memory)).toContain('Supplier numbers keep their leading zeros');
  await screenshot('accepted');
}

async function readsTheReport(bench: Workbench): Promise<void> {
  const { page, command, screenshot } = bench;
  await command('Agent Dreams: Cost Report');
  await page.locator('.editor-instance:visible .view-line', { hasText: /2.dreams.asked.a.model/ }).waitFor();
  await screenshot('cost-report');
}

/** Not in the memory, not in the settings, not in a log of VS Code. */
async function findsTheKeyNowhere({ sandbox }: Workbench): Promise<void> {
  const holding: string[] = [];
  for (const file of await listTree(sandbox.root)) {
    const bytes = await readFile(path.join(sandbox.root, file)).catch(() => Buffer.alloc(0));
    if (bytes.includes(KEY) || bytes.includes(WRONG_KEY)) holding.push(file);
  }
  expect(holding).toEqual([]);
}

async function removesTheKey(bench: Workbench): Promise<void> {
  const { command, toast, screenshot } = bench;
  await command('Agent Dreams: Remove Key');
  await dialog(bench).filter({ hasText: 'Remove the key of the Claude API?' }).waitFor();
  await screenshot('remove-key');
  await press(bench, 'Remove Key');
  await toast('The key was removed.').waitFor();
  await command('Notifications: Clear All Notifications');
  await command('Agent Dreams: Test Engine Connection');
  await toast('The engine has no key').waitFor();
  await screenshot('no-key');
}

import assert from 'node:assert/strict';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { fileSchemes, reviewCommands, shellCommands } from '../../src/vscode/ids';
import { ids, run } from './reviewActions';
import { dreamtStore, readStore, removeStore, storePath } from './reviewStore';
import type { User } from './stubs';
import { until } from './until';

const CLAUDE = storePath('../.claude');
const SETTINGS = path.join(CLAUDE, 'settings.local.json');
const MINE = '{\r\n\t"model": "opus",\r\n\t"hooks": { "Stop": [] }\r\n}';
const RECORD = '.local/recall/connection.json';

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const previewed = (): readonly string[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) =>
      input instanceof vscode.TabInputTextDiff && input.modified.scheme === fileSchemes.preview
        ? [input.modified.path]
        : [],
    );

/** What is offered in the background may come between. */
const said = ({ messages }: User): readonly string[] => messages.map(({ text }) => text);

const YES = { 'Connect Claude Code to': 'Connect', 'Disconnect Claude Code from': 'Disconnect' };
const HOOKS = { picks: ['Connect with Hooks'], buttons: YES };

describe('connecting Claude Code', () => {
  before(async () => {
    await vscode.extensions.getExtension('agent-dreams.agent-dreams')?.activate();
    await dreamtStore();
    await run(reviewCommands.undoLastDecision);
    await run(reviewCommands.acceptChange, {}, ids('add'));
  });

  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await mkdir(CLAUDE, { recursive: true });
    await writeFile(SETTINGS, MINE);
  });

  afterEach(() => run(shellCommands.disconnectClaudeCode, { buttons: YES }));

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(CLAUDE, { recursive: true, force: true });
    await removeStore();
    await vscode.commands.executeCommand(shellCommands.refresh);
  });

  it('shows what it would write, and writes nothing without a yes', async () => {
    const user = await run(shellCommands.connectClaudeCode, { picks: ['Connect with Hooks'] });
    assert.ok(said(user).some((text) => text.startsWith('Connect Claude Code to the memory of')));
    assert.deepEqual(
      previewed().map((file) => file.split('/').at(-1)),
      ['settings.local.json'],
    );
    assert.equal(await readFile(SETTINGS, 'utf8'), MINE);
    assert.equal(await readStore(RECORD), undefined);
  });

  it('lets the user look first, asks again beside the preview, and closes it after the yes', async () => {
    const user = await run(shellCommands.connectClaudeCode, {
      picks: ['Connect with Hooks', 'Connect'],
      buttons: { 'Connect Claude Code to': 'Look First' },
    });
    assert.ok(user.questions.includes('Look at every change; this waits.'));
    assert.deepEqual(previewed(), []);
    assert.match(await readFile(SETTINGS, 'utf8'), /session-start\.json/u);
  });

  it('connects, says so when asked again, and disconnects to the byte', async () => {
    await run(shellCommands.connectClaudeCode, HOOKS);
    const connected = await readFile(SETTINGS, 'utf8');
    assert.match(connected, /session-start\.json/u);
    assert.match((await readStore('.local/recall/session-start.json')) ?? '', /8080/u);
    assert.match((await readStore('.local/recall/capture.json')) ?? '', /"enabled": true/u);
    assert.doesNotMatch((await readStore(RECORD)) ?? '', /opus/u);

    const again = await run(shellCommands.connectClaudeCode, HOOKS);
    assert.ok(said(again).some((text) => /is connected to .* already/u.test(text)));

    const user = await run(shellCommands.disconnectClaudeCode, { buttons: YES });
    assert.ok(
      said(user).some((text) => text.startsWith('Claude Code is disconnected from')),
      said(user).join('\n'),
    );
    assert.equal(await readFile(SETTINGS, 'utf8'), MINE);
    assert.equal(await readStore(RECORD), undefined);
    assert.equal(await readStore('.local/recall/capture.json'), undefined);
  });

  it('says why it leaves a file alone, and changes nothing', async () => {
    await writeFile(SETTINGS, '{ "model": }');
    const user = await run(shellCommands.connectClaudeCode, HOOKS);
    assert.ok(said(user).some((text) => /^Nothing was changed\. .*no valid JSON/u.test(text)));
    assert.equal(await readFile(SETTINGS, 'utf8'), '{ "model": }');
    await writeFile(SETTINGS, MINE);
  });

  it('connects by a rules file, keeps it up to date, and removes it', async () => {
    const rules = path.join(CLAUDE, 'rules/agent-memory.md');
    await run(shellCommands.connectClaudeCode, { ...HOOKS, picks: ['Connect with a Rules File'] });
    assert.match(await readFile(rules, 'utf8'), /8080/u);
    assert.doesNotMatch(await readFile(SETTINGS, 'utf8'), /session-start/u);

    await run(reviewCommands.acceptChange, {}, ids('update'));
    await until(
      'the rules file says what was accepted',
      async () =>
        (await readFile(rules, 'utf8')).includes('[m-') && !(await readFile(rules, 'utf8')).includes('Run npm test'),
    );

    await run(shellCommands.disconnectClaudeCode, { buttons: YES });
    assert.equal(await isThere(path.join(CLAUDE, 'rules')), false);
    assert.equal(await readFile(SETTINGS, 'utf8'), MINE);
  });
});

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { settingKeys, settingsSection, shellCommands } from '../../src/vscode/ids';
import { startAnthropic } from '../fakes/anthropic/server';
import type { FakeAnthropic } from '../fakes/anthropic/types';
import { run } from './reviewActions';
import { until } from './until';

const TYPED = ['key', 'that', 'was', 'typed', '0123456789'].join('.');
const SET = ['key', 'of', 'the', 'environment', '0123456789'].join('.');
const VARIABLE = 'ANTHROPIC_API_KEY';

const agree = { 'Dream with Claude API?': 'Use It' } as const;
const settingOf = (key: string): unknown =>
  vscode.workspace.getConfiguration(settingsSection).inspect(key)?.globalValue;
const set = async (key: string, value: unknown): Promise<void> =>
  await vscode.workspace.getConfiguration(settingsSection).update(key, value, vscode.ConfigurationTarget.Global);

function folderName(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return folder.name;
}

/** What Remove Key says to somebody who then leaves everything as it is. */
async function keyOnceAsked(): Promise<string> {
  const { messages } = await run(shellCommands.removeKey);
  return messages[0]?.text ?? '';
}

describe('an engine', () => {
  let anthropic: FakeAnthropic;
  const variable = process.env[VARIABLE];

  before(async () => {
    await vscode.extensions.getExtension('agent-dreams.agent-dreams')?.activate();
    Reflect.deleteProperty(process.env, VARIABLE);
    anthropic = await startAnthropic();
    await set(settingKeys.claudeBaseUrl, anthropic.url);
  });

  after(async () => {
    for (const key of [settingKeys.claudeBaseUrl, settingKeys.engine, settingKeys.dreamMaxCostUsd]) {
      await set(key, undefined);
    }
    if (variable === undefined) Reflect.deleteProperty(process.env, VARIABLE);
    else process.env[VARIABLE] = variable;
    await anthropic.close();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (folder)
      await rm(path.join(folder.uri.fsPath, '.agent-memory'), {
        recursive: true,
        force: true,
        maxRetries: 10,
        retryDelay: 50,
      });
  });

  it('is not chosen where any of the questions is dismissed, and no key is kept', async () => {
    const ways = [
      {},
      { picks: ['Claude API'] },
      { picks: ['Claude API'], buttons: agree },
      { picks: ['Claude API'], buttons: agree, inputs: [TYPED] },
    ];
    for (const answers of ways) {
      await run(shellCommands.chooseEngine, answers);
      assert.equal(settingOf(settingKeys.engine), undefined);
      assert.equal(settingOf(settingKeys.dreamMaxCostUsd), undefined);
      assert.equal(await keyOnceAsked(), 'Agent Dreams has no key.');
    }
  });

  it('is chosen with its key and its limit', async () => {
    const { questions } = await run(shellCommands.chooseEngine, {
      picks: ['Claude API'],
      buttons: agree,
      inputs: [TYPED, '0.30'],
    });
    assert.equal(questions.length, 3);
    assert.equal(settingOf(settingKeys.engine), 'claude');
    assert.equal(settingOf(settingKeys.dreamMaxCostUsd), 0.3);
    assert.equal(await keyOnceAsked(), 'Remove the key of the Claude API?');
    assert.equal(anthropic.requests.at(-1)?.key, TYPED);
  });

  it('uses the key of the environment where the user says so, and only then', async () => {
    process.env[VARIABLE] = SET;
    await run(shellCommands.testEngine);
    assert.equal(anthropic.requests.at(-1)?.key, TYPED);
    const use = `Use ${VARIABLE} of the Environment`;
    await run(shellCommands.chooseEngine, { picks: ['Claude API', use], buttons: agree });
    assert.equal(anthropic.requests.at(-1)?.key, SET);
    assert.equal(await keyOnceAsked(), `No longer use ${VARIABLE}?`);
    await run(shellCommands.removeKey, { buttons: { 'No longer use': 'Remove Key' } });
    assert.equal(await keyOnceAsked(), 'Agent Dreams has no key.');
    Reflect.deleteProperty(process.env, VARIABLE);
  });

  it('loses its key with Forget Everything', async () => {
    await run(shellCommands.chooseEngine, { picks: ['Claude API'], buttons: agree, inputs: [TYPED] });
    assert.equal(await keyOnceAsked(), 'Remove the key of the Claude API?');
    await run(shellCommands.forgetEverything, {
      picks: ['The key of the Claude API, for all folders'],
      buttons: { 'Delete this data': 'Delete for Good' },
      inputs: [folderName()],
    });
    assert.equal(await keyOnceAsked(), 'Agent Dreams has no key.');
  });

  it('without a key says what to do', async () => {
    const user = await run(shellCommands.testEngine);
    await until('the message', () => user.messages.length > 0);
    assert.match(user.messages[0]?.text ?? '', /has no key/);
    assert.ok(user.messages[0]?.buttons.includes('Choose Engine…'));
  });

  it('is told what dreams cost by a report that cannot be edited', async () => {
    await run(shellCommands.costReport);
    const document = vscode.window.activeTextEditor?.document;
    assert.match(document?.getText() ?? '', /^# What dreams cost: /);
    assert.equal(document?.languageId, 'markdown');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { settingKeys, shellCommands } from '../../src/vscode/ids';
import { actAs, type Answers, type User } from './stubs';
import { until } from './until';

const MEMORY = '---\ndescription: Planted\n---\nObey.\n';

function workspace(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return folder.uri.fsPath;
}

const inStore = (...parts: readonly string[]): string => path.join(workspace(), '.agent-memory', ...parts);

async function run(command: string, answers: Answers = {}, ...args: readonly unknown[]): Promise<User> {
  const user = actAs(answers);
  try {
    await vscode.commands.executeCommand(command, ...args);
    return user;
  } finally {
    user.restore();
  }
}

async function initialize(): Promise<void> {
  if (!existsSync(inStore('MEMORY.md'))) {
    await run(shellCommands.initializeMemory, { picks: ['Keep Private'] });
  }
  assert.ok(existsSync(inStore('MEMORY.md')));
}

describe('what a folder brings along', () => {
  it('does not decide settings of the machine', async () => {
    const file = path.join(workspace(), '.vscode/settings.json');
    await mkdir(path.dirname(file), { recursive: true });
    const before = await readFile(file, 'utf8').catch(() => undefined);
    const hostile = { 'agentDreams.trustGit': true, 'agentDreams.schedule.cadence': 'hourly' };
    await writeFile(file, JSON.stringify(hostile));
    try {
      const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('agentDreams');
      assert.equal(configuration().get(settingKeys.trustGit), false);
      assert.equal(configuration().get(settingKeys.scheduleCadence), 'manual');
    } finally {
      if (before === undefined) await rm(file);
      else await writeFile(file, before);
    }
  });

  it('waits until it is kept, file by file', async () => {
    await initialize();
    await mkdir(inStore('pitfalls'), { recursive: true });
    await writeFile(inStore('pitfalls', 'planted.md'), MEMORY);
    const state = (): Promise<string> => readFile(inStore('.local/state.json'), 'utf8');
    assert.ok(!(await state()).includes('pitfalls/planted.md'));

    await run(shellCommands.keepOutsideChange, { picks: ['pitfalls/planted.md'] });
    assert.ok((await state()).includes('pitfalls/planted.md'));
  });
});

describe('Forget Everything', () => {
  it('deletes nothing that was not confirmed by its name', async () => {
    await initialize();
    const label = 'Local data: sessions, proposals, journal, snapshots, personal memories';
    await run(shellCommands.forgetEverything, { picks: [label] });
    await run(shellCommands.forgetEverything, {
      picks: [label],
      buttons: { 'Delete this data': 'Delete for Good' },
      inputs: ['another name'],
    });
    assert.ok(existsSync(inStore('.local/journal.jsonl')));
  });

  it('deletes the chosen part for good', async () => {
    await initialize();
    const name = vscode.workspace.workspaceFolders?.[0]?.name ?? '';
    const user = await run(shellCommands.forgetEverything, {
      picks: ['The whole memory of this folder'],
      buttons: { 'Delete this data': 'Delete for Good' },
      inputs: [name],
    });
    await until('it is said', () => user.messages.some(({ text }) => text.startsWith('Forgotten')));
    assert.equal(existsSync(inStore('MEMORY.md')), false);
    assert.equal(existsSync(inStore('.local/journal.jsonl')), false);
  });
});

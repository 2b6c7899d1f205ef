import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
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
    const hostile = {
      'agentDreams.trustGit': true,
      'agentDreams.schedule.cadence': 'hourly',
      // Harmless, and for a project to say: once it is taken, the others were read too.
      'agentDreams.review.codeLens': false,
    };
    const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('agentDreams');
    assert.equal(configuration().get(settingKeys.reviewCodeLens), true);
    await writeFile(file, JSON.stringify(hostile));
    try {
      await until('the settings are read', () => configuration().get(settingKeys.reviewCodeLens) === false);
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

async function copyFolder(): Promise<string> {
  let found = '';
  const user = actAs({});
  const window = vscode.window as unknown as Record<string, unknown>;
  window['showQuickPick'] = (items: readonly vscode.QuickPickItem[]) => {
    found = items.find(({ label }) => label.startsWith('The copy'))?.detail ?? '';
    return Promise.resolve(undefined);
  };
  await vscode.commands.executeCommand(shellCommands.forgetEverything);
  user.restore();
  return found;
}

describe('what can be taken back', () => {
  before(async () => {
    await initialize();
    await run(shellCommands.newMemory, { picks: ['facts'], inputs: ['The server listens on 8080'] });
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(inStore(), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    await run(shellCommands.refresh);
  });

  const file = 'facts/the-server-listens-on-8080.md';
  const journal = (): Promise<string> => readFile(inStore('.local/journal.jsonl'), 'utf8');

  it('is the whole store: Roll Back goes to what was before a change, and can be rolled back', async () => {
    const wanted = await readFile(inStore(file), 'utf8');
    const user = actAs({ buttons: { 'Go back to the store': 'Roll Back' } });
    const window = vscode.window as unknown as Record<string, unknown>;
    window['showQuickPick'] = (items: readonly unknown[]) => Promise.resolve(items[0]);
    try {
      await vscode.commands.executeCommand(shellCommands.rollBackStore);
      assert.equal(existsSync(inStore(file)), false);
      assert.match(await journal(), /"action":"rollback"/u);
      await vscode.commands.executeCommand(shellCommands.rollBackStore);
      assert.equal(await readFile(inStore(file), 'utf8'), wanted);
    } finally {
      user.restore();
    }
    const verified = await run(shellCommands.verifyJournal);
    assert.match(verified.messages.map(({ text }) => text).join(), /is intact/u);
  });

  it('is local data that is gone: Restore brings the journal back from the copy', async () => {
    const line = (await journal()).split('\n')[0] ?? '';
    const first = createHash('sha256').update(`${line}\n`).digest('hex');
    // The copy is made a moment after the last change; Forget Everything says where it is.
    await until('a copy of this journal', async () => {
      const manifest = path.join(await copyFolder(), 'mirror.json');
      return (await readFile(manifest, 'utf8').catch(() => '')).includes(first);
    });
    await rm(inStore('.local/journal.jsonl'));
    const user = await run(shellCommands.restoreLocal, { buttons: { 'Restore the local data': 'Restore' } });
    await until('it is said', () => user.messages.some(({ text }) => text.includes('came back')));
    assert.ok((await journal()).startsWith(line));
  });

  it('is what was set aside, once the person says that it is theirs', async () => {
    const aside = inStore('.local/set-aside/01mine');
    await mkdir(aside, { recursive: true });
    for (const name of ['journal.jsonl', 'state.json', 'key']) {
      await writeFile(path.join(aside, name), await readFile(inStore('.local', name)));
    }
    const lines = (await journal()).split('\n').length;
    await run(shellCommands.takeBackLocal, { picks: ['01mine'] });
    assert.ok(existsSync(aside), 'nothing happens before the yes');
    const user = await run(shellCommands.takeBackLocal, {
      picks: ['01mine'],
      buttons: { 'Take back the local data': 'It Is Mine, Take It Back' },
    });
    await until('it is said', () => user.messages.some(({ text }) => text.includes('is yours again')));
    assert.equal(existsSync(aside), false);
    assert.equal((await journal()).split('\n').length, lines + 1);
    const state = await readFile(inStore('.local/state.json'), 'utf8');
    assert.ok(state.includes(file), 'what was accepted still counts');
  });
});

describe('secrets', () => {
  const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('agentDreams');
  const token = ['ghp', 'Zq8Lw2Rt5Yx7Vb3Nk9Mc4Hd6Jf1Gs0PaQeUi'].join('_');

  it('are found in the store and told without their values; one that is none can be allowed', async () => {
    await initialize();
    await mkdir(inStore('facts'), { recursive: true });
    await writeFile(inStore('facts/token.md'), `---\ndescription: A token\n---\nIt is ${token}.\n`);
    const user = await run(shellCommands.findSecrets);
    await until('it is told', () => user.messages.some(({ text }) => /secrets? (?:was|were) found/u.test(text)));
    const report = await until('the report', () => {
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      return text.includes('facts/token.md') && text;
    });
    assert.ok(!report.includes(token));
    const [fingerprint] = /\b[0-9a-f]{8}\b/u.exec(report.slice(report.indexOf('facts/token.md'))) ?? [];
    assert.ok(fingerprint);

    const refused = await run(shellCommands.keepOutsideChange, { picks: ['facts/token.md'] });
    await until('the refusal', () => refused.messages.length > 0);
    assert.match(refused.messages.map(({ text }) => text).join(), new RegExp(fingerprint, 'u'));
    try {
      await run(shellCommands.allowSecret, {}, fingerprint);
      assert.deepEqual(configuration().get(settingKeys.secretsAllow), [], 'a click alone does not allow it');
      await run(shellCommands.allowSecret, { buttons: { [fingerprint]: `Allow ${fingerprint}` } }, fingerprint);
      await until('it is allowed', () =>
        configuration().get<readonly string[]>(settingKeys.secretsAllow)?.includes(fingerprint),
      );
      await run(shellCommands.keepOutsideChange, { picks: ['facts/token.md'] });
      await until('it is kept', async () =>
        (await readFile(inStore('.local/state.json'), 'utf8')).includes('facts/token.md'),
      );
    } finally {
      await configuration().update(settingKeys.secretsAllow, undefined, vscode.ConfigurationTarget.Global);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await rm(inStore(), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
      await run(shellCommands.refresh);
    }
  });
});

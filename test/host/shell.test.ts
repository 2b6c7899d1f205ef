import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { reviewCommands, shellCommands } from '../../src/vscode/ids';
import { writeSessionLogs, type Conversation } from '../e2e/claudeLog';
import { actAs, type Answers, type User } from './stubs';
import { until } from './until';

const EXTENSION = 'agent-dreams.agent-dreams';
const CONVERSATIONS: readonly Conversation[] = [
  {
    seed: 'a',
    startedAt: '2026-11-02T09:00:00.000Z',
    turns: [
      ['Add a total to the invoice page.', 'The invoice page shows the total now.'],
      ['From now on always run the tests with `pnpm test`.', 'Understood.'],
    ],
  },
  {
    seed: 'b',
    startedAt: '2026-11-03T09:00:00.000Z',
    turns: [['What does the order module do?', 'It stores orders.']],
  },
];

function workspace(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return folder.uri.fsPath;
}

const inStore = (...parts: readonly string[]): string => path.join(workspace(), '.agent-memory', ...parts);
const read = (...parts: readonly string[]): Promise<string> => readFile(inStore(...parts), 'utf8');
const claudeConfig = (): string => process.env['CLAUDE_CONFIG_DIR'] ?? '';

/** Runs a command as a person would, with these answers, and gives back what was said and asked. */
async function run(command: string, answers: Answers = {}, ...args: readonly unknown[]): Promise<User> {
  const user = actAs(answers);
  try {
    await vscode.commands.executeCommand(command, ...args);
    return user;
  } finally {
    user.restore();
  }
}

const said = ({ messages }: User): string => messages.map(({ text }) => text).join('\n');

/** The folder's id as the extension makes it: rows of the views carry it. */
async function folderId(): Promise<string> {
  const { createHash } = await import('node:crypto');
  const uri = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? '';
  return createHash('sha256').update(uri).digest('hex').slice(0, 12);
}

describe('activation', () => {
  before(async () => {
    // What was rendered of a memory that an earlier test deleted is taken back once the rendering is over.
    await until('no memory of earlier tests', () => !existsSync(inStore()));
  });

  it('leaves every declared command registered, once', async () => {
    await vscode.extensions.getExtension(EXTENSION)?.activate();
    const known = await vscode.commands.getCommands(true);
    const expected = [...Object.values(shellCommands), ...Object.values(reviewCommands)];
    assert.deepEqual(
      expected.filter((id) => !known.includes(id)),
      [],
    );
  });

  it('writes nothing into a folder whose user has not agreed', async () => {
    await run(shellCommands.refresh);
    assert.equal(existsSync(inStore()), false);
  });
});

describe('a folder without sessions', () => {
  it('is not asked about a memory for sessions that it does not have', async () => {
    for (const command of [shellCommands.captureSessions, shellCommands.dreamNow]) {
      const user = await run(command);
      await until('the message', () => user.messages.length > 0);
      assert.match(said(user), /No Claude Code sessions of this folder were found/);
      assert.deepEqual(user.messages[0]?.buttons, ['Adopt Sessions…', 'Open Settings']);
      assert.deepEqual(user.questions, []);
    }
    assert.equal(existsSync(inStore()), false);
  });

  it('writes nothing where the question about the memory is dismissed', async () => {
    for (const command of [shellCommands.initializeMemory, shellCommands.newMemory, shellCommands.openSchema]) {
      const user = await run(command, { picks: [undefined] });
      assert.match(user.questions.join(), /Who is this memory for/);
    }
    assert.equal(existsSync(inStore()), false);
  });

  it('gets a memory that git ignores on this machine, if kept private', async () => {
    await run(shellCommands.initializeMemory, { picks: ['Keep Private'] });
    assert.match(await read('.gitignore'), /^\*$/m);
    assert.ok(existsSync(inStore('schema.md')) && existsSync(inStore('MEMORY.md')));
  });

  it('is told so by Initialize Memory when it has one', async () => {
    assert.match(said(await run(shellCommands.initializeMemory)), /has a memory already/);
  });

  it('says that there are no logs with a memory, too', async () => {
    for (const command of [shellCommands.captureSessions, shellCommands.dreamNow]) {
      const user = await run(command);
      await until('the message', () => user.messages.length > 0);
      assert.match(said(user), /No Claude Code sessions of this folder were found/);
    }
  });
});

describe('sessions', () => {
  before(async () => {
    await writeSessionLogs({ claudeConfig: claudeConfig() }, workspace(), CONVERSATIONS);
  });

  it('are captured, and counted', async () => {
    const user = await run(shellCommands.captureSessions);
    await until('the message', () => user.messages.length > 0);
    const files = (await readdir(inStore('.local', 'sessions'))).filter((name) => name.endsWith('.jsonl'));
    assert.equal(files.length, 2);
    // The watcher may have been faster than the command: then nothing is new for it.
    assert.match(said(user), /2 new and 0 updated of 2 sessions|Nothing new: 2 sessions/);
  });

  it('too few for a dream can be dreamed over anyway', async () => {
    const user = await run(shellCommands.dreamNow);
    await until('the message', () => user.messages.length > 0);
    assert.match(said(user), /Nothing to dream yet, 2 of 3 new sessions/);
    assert.deepEqual(user.messages[0]?.buttons, ['Dream Anyway']);
  });

  it('are shown as a document, not as a file to edit', async () => {
    const [first] = (await readdir(inStore('.local', 'sessions'))).sort();
    const target = { kind: 'session', folder: await folderId(), session: (first ?? '').replace(/\.jsonl$/, '') };
    await run(shellCommands.openTranscript, {}, target);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'agent-dreams-session');
    assert.equal(document.languageId, 'agent-dreams-session');
    assert.match(document.getText(), /invoice page shows the total/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('are excluded from dreams and included again', async () => {
    const [first] = (await readdir(inStore('.local', 'sessions'))).sort();
    const target = { kind: 'session', folder: await folderId(), session: (first ?? '').replace(/\.jsonl$/, '') };
    const header = async (): Promise<{ private?: boolean }> => {
      const text = await read('.local', 'sessions', first ?? '');
      return JSON.parse(text.split('\n', 1)[0] ?? '') as { private?: boolean };
    };
    await run(shellCommands.excludeFromDreams, {}, target);
    assert.equal((await header()).private, true);
    await run(shellCommands.includeInDreams, {}, target);
    assert.notEqual((await header()).private, true);
  });

  it('chosen by hand are dreamed over, however few; the store stays as it is', async () => {
    const before = await read('MEMORY.md');
    const [first] = (await readdir(inStore('.local', 'sessions'))).sort();
    const target = { kind: 'session', folder: await folderId(), session: (first ?? '').replace(/\.jsonl$/, '') };
    const user = await run(shellCommands.dreamSelectedSessions, {}, target);
    await until('the message', () => user.messages.length > 0);
    const dreams = await readdir(inStore('.local', 'dreams'));
    assert.equal(dreams.length, 1);
    const record = JSON.parse(await read('.local', 'dreams', dreams[0] ?? '', 'dream.json')) as { status: string };
    assert.equal(record.status, 'completed');
    assert.match(said(user), /to review|No change proposed/);
    assert.equal(await read('MEMORY.md'), before);
  });

  it('never get instructions that are too long', async () => {
    const user = await run(shellCommands.dreamWithInstructions, { inputs: ['x'.repeat(4097)] });
    await until('the message', () => user.messages.length > 0);
    assert.match(said(user), /4,?096/);
  });
});

describe('memories', () => {
  const file = 'conventions/use-pnpm-never-npm.md';

  it('are written by hand and open as plain Markdown', async () => {
    await run(shellCommands.newMemory, { picks: ['conventions'], inputs: ['Use pnpm, never npm'] });
    assert.match(await read(file), /description: .*Use pnpm, never npm/);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.fsPath, inStore(file));
    assert.equal(document.languageId, 'markdown');
    assert.match(await read('MEMORY.md'), /use-pnpm-never-npm/);
  });

  it('that exist already are opened instead of overwritten', async () => {
    const before = await read(file);
    const user = await run(shellCommands.newMemory, { picks: ['conventions'], inputs: ['Use pnpm, never npm'] });
    assert.match(said(user), /There is a memory of that name already/);
    assert.equal(await read(file), before);
  });

  it('are made from a selection', async () => {
    const source = await vscode.workspace.openTextDocument(path.join(workspace(), 'README.md'));
    const editor = await vscode.window.showTextDocument(source);
    editor.selection = new vscode.Selection(0, 0, 0, source.lineAt(0).text.length);
    await run(shellCommands.rememberThis, { picks: ['facts'], inputs: ['The project has a readme'] });
    assert.match(await read('facts/the-project-has-a-readme.md'), /> # A workspace[\s\S]*README\.md/);
  });

  it('with unsaved edits are not archived behind the back of their editor', async () => {
    const document = await vscode.workspace.openTextDocument(inStore(file));
    const editor = await vscode.window.showTextDocument(document);
    await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    await editor.edit((edit) => edit.insert(new vscode.Position(document.lineCount - 1, 0), 'More.\n'));
    const target = { kind: 'memory', folder: await folderId(), path: file };
    const user = await run(shellCommands.archiveMemory, {}, target);
    await until('the message', () => user.messages.length > 0);
    assert.match(said(user), /has unsaved changes/);
    assert.ok(existsSync(inStore(file)));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('are archived and restored, never deleted', async () => {
    const text = await read(file);
    await run(shellCommands.archiveMemory, {}, { kind: 'memory', folder: await folderId(), path: file });
    assert.equal(existsSync(inStore(file)), false);
    assert.equal(await read('archive', file), text);
    await run(shellCommands.restoreMemory, {}, { kind: 'memory', folder: await folderId(), path: `archive/${file}` });
    assert.equal(await read(file), text);
  });

  it('changed outside are kept or reverted', async () => {
    const accepted = await read(file);
    const target = { kind: 'outside', folder: await folderId(), path: file };
    await writeFile(inStore(file), `${accepted}By somebody else.\n`);
    await run(shellCommands.revertOutsideChange, {}, target);
    assert.equal(await read(file), accepted);
    await writeFile(inStore(file), `${accepted}By somebody else.\n`);
    await run(shellCommands.keepOutsideChange, {}, target);
    assert.match(await read(file), /By somebody else/);
    const user = await run(shellCommands.revertOutsideChange);
    assert.match(said(user), /Nothing in the memory of .* was changed outside/);
  });

  it('cannot be written into a read-only store, and the message says so', async function () {
    if (process.getuid?.() === 0) this.skip();
    await mkdir(inStore('workflows'), { recursive: true });
    await chmod(inStore(), 0o500);
    try {
      const user = await run(shellCommands.newMemory, { picks: ['workflows'], inputs: ['Never written'] });
      await until('the message', () => user.messages.length > 0);
      assert.match(said(user), /read-only|Access was denied/);
    } finally {
      await chmod(inStore(), 0o700);
    }
  });
});

describe('settings', () => {
  const update = async (key: string, value: unknown): Promise<void> => {
    await vscode.workspace.getConfiguration('agentDreams').update(key, value, vscode.ConfigurationTarget.Global);
  };

  it('that cannot be used are named, and do no harm', async () => {
    const user = actAs({});
    try {
      await update('dream.minSessions', 'many');
      await until('the message', () => user.messages.length > 0);
      assert.match(said(user), /agentDreams\.dream\.minSessions must be a whole number from 1 to 100/);
    } finally {
      await update('dream.minSessions', undefined);
      user.restore();
    }
  });

  it('of the schedule are written by Change Schedule, without a reload', async () => {
    await run(shellCommands.changeSchedule, { picks: ['Daily'], inputs: ['07:30'] });
    const configuration = vscode.workspace.getConfiguration('agentDreams');
    assert.equal(configuration.inspect('schedule.cadence')?.globalValue, 'daily');
    assert.equal(configuration.inspect('schedule.timeOfDay')?.globalValue, '07:30');
    const state = await until('the anchor on disk', async () => {
      const text = await read('.local', 'state.json');
      return text.includes('daily 07:30') && text;
    });
    assert.ok(state);
    await run(shellCommands.changeSchedule, { picks: ['Manual'] });
    assert.equal(vscode.workspace.getConfiguration('agentDreams').get('schedule.cadence'), 'manual');
  });

  it('are left alone where the questions are dismissed', async () => {
    await run(shellCommands.changeSchedule, { picks: ['Weekly', undefined] });
    assert.equal(vscode.workspace.getConfiguration('agentDreams').get('schedule.cadence'), 'manual');
  });
});

describe('an unreadable log', () => {
  after(async () => {
    await rm(inStore(), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    await rm(path.join(claudeConfig(), 'projects'), { recursive: true, force: true });
  });

  it('is reported, and the others are captured', async () => {
    const [folder] = await readdir(path.join(claudeConfig(), 'projects'));
    // A folder by the name of a log: it cannot be read as a file by anybody, root included.
    await mkdir(path.join(claudeConfig(), 'projects', folder ?? '', 'broken.jsonl'));
    const user = await run(shellCommands.captureSessions);
    await until('the message', () => user.messages.length > 0);
    assert.match(said(user), /2 sessions/);
  });
});

import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { languageTools, shellCommands } from '../../src/vscode/ids';
import { readStore, removeStore, storePath } from './reviewStore';
import { actAs, type User } from './stubs';
import { until } from './until';

async function call(tool: keyof typeof languageTools, input: object): Promise<string> {
  const result = await vscode.lm.invokeTool(languageTools[tool], { input, toolInvocationToken: undefined });
  return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('\n');
}

/** Runs a command as a user who answers so. */
async function acted(command: string, answers: Parameters<typeof actAs>[0]): Promise<User> {
  const user = actAs(answers);
  try {
    await vscode.commands.executeCommand(command);
  } finally {
    user.restore();
  }
  return user;
}

describe('agents of the editor', () => {
  before(async () => {
    await removeStore();
    const answers = { picks: ['Keep Private', 'conventions'], inputs: ['Use pnpm for everything'] };
    await acted(shellCommands.newMemory, answers);
    await until('the memory', () => readStore('conventions/use-pnpm-for-everything.md'));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await removeStore();
  });

  it('are offered the four tools', () => {
    const offered = vscode.lm.tools.map(({ name }) => name);
    const missing = Object.values(languageTools).filter((name) => !offered.includes(name));
    assert.deepEqual(missing, []);
  });

  it('search, read and list what was accepted', async () => {
    const found = await call('searchMemory', { query: 'pnpm' });
    const [, id] = /^\[(m-[0-9a-f]{4,})\] Use pnpm for everything \(conventions\//u.exec(found) ?? [];
    assert.ok(id, found);
    assert.match(await call('readMemory', { memory: id }), /Use pnpm for everything/u);
    assert.match(await call('listMemories', {}), /^1 memory/u);
  });

  it('are told what is wrong with a call, and reach no other file', async () => {
    assert.match(await call('readMemory', { memory: '../../etc/passwd' }), /There is no memory/u);
    assert.match(await call('listMemories', { category: 'gossip' }), /No memory is like that/u);
  });

  it('leave a proposal for review, and no memory', async () => {
    const input = { category: 'commands', name: 'web', description: 'Build with make web', body: 'Run `make web`.' };
    const said = await call('proposeMemory', { ...input, reason: 'The user asked for it.' });
    assert.match(said, /It is no memory yet/u);
    assert.equal(await readStore('commands/web.md'), undefined);
    const [dream = ''] = await readdir(storePath('.local/dreams'));
    const record = JSON.parse((await readStore(`.local/dreams/${dream}/dream.json`)) ?? '{}') as object;
    assert.deepEqual(
      { ...record, id: '', createdAt: '', endedAt: '' },
      {
        format: 1,
        id: '',
        status: 'completed',
        engine: 'direct',
        createdAt: '',
        endedAt: '',
        sessions: [],
        trigger: 'tool',
        by: vscode.env.appName,
        changes: 1,
        findings: 1,
        costUsd: 0,
      },
    );
  });
});

describe('the memory server in Claude Code', () => {
  let folder = '';
  let before: string | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-claude-'));
    before = process.env['PATH'];
  });
  afterEach(async () => {
    process.env['PATH'] = before;
    await rm(folder, { recursive: true, force: true });
  });

  it('is added and removed by the program of the user, after a yes', async () => {
    const program = path.join(folder, 'claude');
    await writeFile(program, '#!/bin/sh\necho "$*" >> "$0.log"\n');
    await chmod(program, 0o755);
    process.env['PATH'] = `${folder}${path.delimiter}${before ?? ''}`;
    const said = async (): Promise<string> => await readFile(`${program}.log`, 'utf8').catch(() => '');
    await acted(shellCommands.installMcpServer, {});
    assert.equal(await said(), '');
    const user = await acted(shellCommands.installMcpServer, { buttons: { 'Let Claude Code search': 'Install' } });
    assert.match(await said(), /^mcp remove [^\n]+\nmcp add agent-dreams --scope local -- [^\n]*agent-dreams mcp\n$/u);
    assert.match(user.messages.at(-1)?.text ?? '', /from its next session on/u);
    await acted(shellCommands.removeMcpServer, { buttons: { 'Take the memory server': 'Remove' } });
    assert.match(await said(), /mcp remove agent-dreams --scope local\n$/u);
  });

  it('without the program is a line to copy', async () => {
    process.env['PATH'] = folder;
    const user = await acted(shellCommands.installMcpServer, {
      buttons: { 'Let Claude Code search': 'Copy Command' },
    });
    assert.deepEqual(user.messages[0]?.buttons, ['Copy Command']);
    assert.match(await vscode.env.clipboard.readText(), /^claude mcp add agent-dreams --scope local -- /u);
  });
});

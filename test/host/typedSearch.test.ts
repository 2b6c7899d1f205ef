import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { shellCommands } from '../../src/vscode/ids';
import { actAs } from './stubs';
import { until } from './until';

type Item = vscode.QuickPickItem & { readonly found?: unknown };

/** The quick pick that a command opens, as the extension made it, and what a person does with it. */
interface OpenedPick {
  readonly pick: vscode.QuickPick<Item>;
  type(value: string): void;
  accept(label: string): void;
}

/** Runs a command that opens a quick pick; events are fired by hand, as no person is there. */
async function openPick(command: string, ...args: readonly unknown[]): Promise<OpenedPick> {
  const window = vscode.window as unknown as { createQuickPick: () => vscode.QuickPick<Item> };
  const create = window.createQuickPick;
  let made: vscode.QuickPick<Item> | undefined;
  const listeners: { changed: ((value: string) => void)[]; accepted: (() => void)[] } = { changed: [], accepted: [] };
  window.createQuickPick = () => {
    const pick = create();
    Object.defineProperty(pick, 'onDidChangeValue', { value: (listen: never) => listeners.changed.push(listen) });
    Object.defineProperty(pick, 'onDidAccept', { value: (listen: never) => listeners.accepted.push(listen) });
    made = pick;
    return pick;
  };
  try {
    void vscode.commands.executeCommand(command, ...args);
    const pick = await until('the search', () => made);
    await until('it is ready', () => !pick.busy);
    return {
      pick,
      type: (value) => {
        pick.value = value;
        for (const listen of listeners.changed) listen(value);
      },
      accept: (label) => {
        const item = pick.items.find((one) => one.label === label);
        assert.ok(item, `${label} is offered; ${pick.items.map((one) => one.label).join(', ')} are`);
        Object.defineProperty(pick, 'activeItems', { value: [item], configurable: true });
        for (const listen of listeners.accepted) listen();
      },
    };
  } finally {
    window.createQuickPick = create;
  }
}

const labels = ({ pick }: OpenedPick): readonly string[] => pick.items.map(({ label }) => label);

function workspace(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return folder.uri.fsPath;
}

const store = (...parts: readonly string[]): string => path.join(workspace(), '.agent-memory', ...parts);

async function ensureStore(): Promise<void> {
  const user = actAs({ picks: ['Keep Private'] });
  try {
    await vscode.commands.executeCommand(shellCommands.initializeMemory);
    await until('the memory', () => readFile(store('schema.md'), 'utf8').catch(() => undefined));
  } finally {
    user.restore();
  }
}

describe('Search Memory', () => {
  const file = store('facts', 'zebra-crossing.md');

  before(async () => {
    await ensureStore();
    await mkdir(path.dirname(file), { recursive: true });
    const body = 'First line.\n\nThe quagga gate closes at noon.\n';
    await writeFile(file, `---\nname: zebra-crossing\ndescription: When the gates close\n---\n${body}`);
  });
  after(() => rm(file, { force: true }));

  it('finds a memory while somebody types, says that it waits, and opens it at the line', async () => {
    const opened = await openPick(shellCommands.searchMemory, 'xyzzyplugh');
    assert.deepEqual(labels(opened), ['No memory has that']);
    opened.type('quagg');
    await until('the memory', () => labels(opened).includes('zebra-crossing'));
    const [item] = opened.pick.items;
    assert.match(item?.description ?? '', /facts · waiting to be accepted/);
    assert.match(item?.detail ?? '', /The quagga gate closes at noon\./);
    opened.accept('zebra-crossing');
    const editor = await until('the memory in an editor', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.fsPath.endsWith('zebra-crossing.md') === true && active;
    });
    assert.equal(editor.document.getText(editor.selection), 'The quagga gate closes at noon.');
  });
});

describe('Search Sessions', () => {
  const file = store('.local', 'sessions', 'search-host.jsonl');
  const at = '2026-11-05T09:00:00.000Z';

  before(async () => {
    await ensureStore();
    const header = {
      ...{ format: 1, id: 'search-host', title: 'The gate', source: '/l.jsonl', cwd: workspace(), startedAt: at },
      ...{ endedAt: at, durationMs: 0, agents: [], tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 } },
      counts: { prompts: 1, toolCalls: 0, failedToolCalls: 0, rejections: 0, corrections: 0, redactions: 0 },
      ...{ memoriesLoaded: [], memoriesRead: [], recalled: [], memoryUse: [], outcome: 'unknown' },
      ...{ completeness: 'tools', lineTypes: {}, problems: [], problemCount: 0 },
    };
    const prompt = {
      kind: 'prompt',
      id: 'p1',
      at,
      text: 'Look here.\nwhy does the okapi gate squeak?\n<private>walrus</private>',
    };
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(header)}\n${JSON.stringify(prompt)}\n`);
  });
  after(() => rm(file, { force: true }));

  it('finds what was said, and opens the transcript there', async () => {
    const opened = await openPick(shellCommands.searchSessions, 'okapi');
    await until('the session', () => labels(opened).includes('The gate'));
    assert.equal(opened.pick.items[0]?.detail, 'You: Look here. why does the okapi gate squeak? [private]');
    opened.type('walrus');
    await until('nothing', () => labels(opened).includes('No captured session has that'));
    opened.type('okapi');
    await until('the session again', () => labels(opened).includes('The gate'));
    opened.accept('The gate');
    const editor = await until('the transcript', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.scheme === 'agent-dreams-session' && active;
    });
    assert.match(editor.document.getText(editor.selection), /okapi gate squeak/);
  });
});

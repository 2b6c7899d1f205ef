import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { createMemory } from '../../src/core/memory/newMemory';
import { initializeStore } from '../../src/core/memory/store';
import { acceptedFolder } from '../../src/node/attachedStores';
import { createClock } from '../../src/node/clock';
import { silentLogger } from '../../src/node/lineLogger';
import { createNodePorts, type NodePorts } from '../../src/node/nodePorts';
import type { App, MemoryFolder } from '../../src/vscode/app';
import type { AttachedStores } from '../../src/vscode/recall/attachedStores';
import { RecallService } from '../../src/vscode/recall/recallService';
import {
  fileSchemes,
  languageTools,
  reviewCommands,
  settingKeys,
  settingsSection,
  shellCommands,
} from '../../src/vscode/ids';
import { ids, run } from './reviewActions';
import { dreamtStore, folderId, PORTS, readStore, removeStore, storePath } from './reviewStore';
import { until } from './until';

const RENDERED = '.local/recall/session-start.json';

const setStores = async (stores: unknown): Promise<void> =>
  vscode.workspace
    .getConfiguration(settingsSection)
    .update(settingKeys.stores, stores, vscode.ConfigurationTarget.Global);

async function listed(): Promise<string> {
  const result = await vscode.lm.invokeTool(languageTools.listMemories, { input: {}, toolInvocationToken: undefined });
  return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('\n');
}

describe('what agents are told', () => {
  before(async () => {
    await vscode.extensions.getExtension('agent-dreams.agent-dreams')?.activate();
    await dreamtStore();
    await run(reviewCommands.undoLastDecision);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await removeStore();
    await vscode.commands.executeCommand(shellCommands.refresh);
  });

  it('is rendered after an accept, and holds nothing that nobody accepted', async () => {
    await run(reviewCommands.acceptChange, {}, ids('add'));
    const text = await until('it is rendered', async () => {
      const now = await readStore(RENDERED);
      return now?.includes('8080') === true ? now : undefined;
    });
    assert.doesNotMatch(text, /Run npm test/u);
  });

  it('has an impact report of its own, reached by the command and by its row', async () => {
    for (const args of [[], [{ kind: 'recall', folder: folderId() }]]) {
      await run(shellCommands.showImpact, {}, ...args);
      const shown = await until('the report', () => {
        const document = vscode.window.activeTextEditor?.document;
        return document?.uri.scheme === fileSchemes.impact ? document : undefined;
      });
      assert.match(shown.getText(), /^# /u);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });
});

describe('the rendering of a folder', () => {
  let root: string;
  let ports: NodePorts;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'agent-dreams-recall-'));
    ports = await createNodePorts({ workspaceRoot: root, logger: silentLogger, userFolder: path.join(root, 'user') });
  });
  afterEach(() => rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));

  /** The service over one folder, as it is in a window that trusts it or not. */
  async function rendered(state: { readonly trusted: boolean; readonly initialized: boolean }): Promise<unknown> {
    const none = new vscode.EventEmitter<void>();
    const folder = {
      ...{ id: 'f', name: 'f', uri: vscode.Uri.file(root), onDidChange: none.event },
      ports: () => Promise.resolve(ports),
      initialized: () => Promise.resolve(state.initialized),
    } as unknown as MemoryFolder;
    const app = {
      ...{ folders: [folder], onDidChangeFolders: none.event, logger: silentLogger, trusted: () => state.trusted },
      settings: { onDidChange: none.event, current: () => ({ recall: { maxTokens: 2_000, subagents: 'full' } }) },
    } as unknown as App;
    const attached = { onDidChange: none.event, views: () => Promise.resolve([]) } as unknown as AttachedStores;
    const service = new RecallService({ app, clock: createClock(), attached });
    try {
      return await service.render(folder);
    } finally {
      service.dispose();
      none.dispose();
    }
  }

  const file = (): Promise<string> => readFile(path.join(root, '.agent-memory', RENDERED), 'utf8');

  it('writes nothing where there is no memory, and nothing in a folder that is not trusted', async () => {
    assert.equal(await rendered({ trusted: true, initialized: false }), undefined);
    await assert.rejects(file());
    await initializeStore(ports, { share: 'private' });
    await createMemory(ports, { path: 'facts/port.md', description: 'The port', body: 'It is 8080.' }, []);
    assert.equal(await rendered({ trusted: false, initialized: true }), undefined);
    await assert.rejects(file());
    assert.notEqual(await rendered({ trusted: true, initialized: true }), undefined);
    assert.match(await file(), /8080/u);
  });
});

describe('attached stores', () => {
  let team: string;
  const theirs = (): string => path.join(team, '.agent-memory');
  before(async () => {
    await vscode.extensions.getExtension('agent-dreams.agent-dreams')?.activate();
    await dreamtStore();
    await run(reviewCommands.undoLastDecision);
    await run(reviewCommands.acceptChange, {}, ids('add'));
    team = await mkdtemp(path.join(tmpdir(), 'agent-dreams-team-'));
    await mkdir(path.join(theirs(), 'conventions'), { recursive: true });
    await writeFile(
      path.join(theirs(), 'conventions/tabs.md'),
      '---\nname: tabs\ndescription: Indent with tabs\n---\nTabs.\n',
    );
  });
  after(async () => {
    await setStores(undefined);
    await rm(acceptedFolder(team), { recursive: true, force: true });
    await rm(team, { recursive: true, force: true });
    await removeStore();
    await vscode.commands.executeCommand(shellCommands.refresh);
  });

  it('are told to agents and found by their tools once accepted, and no more when detached', async () => {
    await setStores([{ path: team, name: 'Team' }]);
    const none = await run(shellCommands.copyToStore);
    assert.ok(none.messages.some(({ text }) => text.startsWith('No attached store may be written to')));
    assert.doesNotMatch(await listed(), /Indent with tabs/u);

    await run(shellCommands.acceptAttached, { picks: ['conventions/tabs.md'] });
    await until('sessions are told', async () => (await readStore(RENDERED))?.includes('Indent with tabs'));
    assert.match(
      await listed(),
      /Indent with tabs \(@[0-9a-f]{8}\/conventions\/tabs\.md; from the attached store "Team"\)/u,
    );
    const nothing = await run(shellCommands.acceptAttached);
    assert.ok(nothing.messages.some(({ text }) => text.startsWith('No file of an attached store waits')));

    await setStores([]);
    await until(
      'sessions are told no more',
      async () => (await readStore(RENDERED))?.includes('Indent with tabs') === false,
    );
    assert.doesNotMatch(await listed(), /Indent with tabs/u);
  });

  it('are forgotten with what was accepted of them, and wait again', async () => {
    await setStores([{ path: team, name: 'Team' }]);
    const label = 'What you accepted of the attached store Team, for all folders';
    await until('what was accepted is there', () =>
      existsSync(path.join(acceptedFolder(team), '.agent-memory/.local')),
    );
    const name = vscode.workspace.workspaceFolders?.[0]?.name ?? '';
    const buttons = { 'Delete this data': 'Delete for Good' };
    await run(shellCommands.forgetEverything, { picks: [label], buttons, inputs: [name] });
    assert.equal(existsSync(acceptedFolder(team)), false);
    assert.ok(existsSync(storePath('MEMORY.md')));
    assert.doesNotMatch(await listed(), /Indent with tabs/u);
    await run(shellCommands.acceptAttached, { picks: ['conventions/tabs.md'] });
    assert.match(await listed(), /Indent with tabs/u);
  });

  it('get a copy where they may be written to', async () => {
    await setStores([{ path: team, name: 'Team', access: 'read_write' }]);
    const user = await run(
      shellCommands.copyToStore,
      { picks: ['Team'] },
      { kind: 'memory', folder: folderId(), path: PORTS },
    );
    assert.ok(user.messages.some(({ text }) => /copied to Team/u.test(text)));
    assert.equal(await readFile(path.join(theirs(), PORTS), 'utf8'), await readFile(storePath(PORTS), 'utf8'));
  });
});

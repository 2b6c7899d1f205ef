import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { fileSchemes, reviewCommands, shellCommands } from '../../src/vscode/ids';
import { ids, run } from './reviewActions';
import { dreamId, dreamtStore, readStore, removeStore, storePath } from './reviewStore';
import type { ShownMessage, User } from './stubs';
import { until } from './until';

const AGENTS = storePath('../AGENTS.md');
const RULES = '\uFEFF# Rules\r\n\r\n- Deploy only from the release branch';

const shown = (): string | undefined => {
  const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
  return input instanceof vscode.TabInputTextDiff ? input.modified.scheme : undefined;
};

/** The message of the command among those that other parts of the extension may show meanwhile. */
function said(user: User, words: RegExp): ShownMessage {
  const found = user.messages.find(({ text }) => words.test(text));
  assert.ok(found, `${String(words)} is not among: ${user.messages.map(({ text }) => text).join(' | ')}`);
  return found;
}

describe('memory of other tools', () => {
  beforeEach(async () => {
    await vscode.extensions.getExtension('agent-dreams.agent-dreams')?.activate();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await dreamtStore();
    await run(reviewCommands.undoLastDecision);
    await writeFile(AGENTS, RULES);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(AGENTS, { force: true });
    await removeStore();
    await vscode.commands.executeCommand(shellCommands.refresh);
  });

  it('is imported as a proposal that waits for review', async () => {
    const user = await run(shellCommands.importMemories, {
      picks: ['AGENTS.md', 'Deploy only from the release branch'],
    });
    assert.deepEqual(said(user, /wait for your review/u).buttons, ['Review']);
    const [dream] = (await readdir(storePath('.local/dreams'))).filter((id) => id !== dreamId());
    const text = (await readStore(`.local/dreams/${dream ?? ''}/proposal.json`)) ?? '';
    const { changes } = JSON.parse(text) as { changes: { trust: string; evidence: { subject?: string }[] }[] };
    const [change] = changes;
    assert.equal(change?.trust, 'file');
    assert.ok(change.evidence.some(({ subject }) => subject === 'AGENTS.md:3'));
    assert.equal(await readFile(AGENTS, 'utf8'), RULES);
  });

  it('is exported after it was shown, left alone where somebody changed it, and removed to the byte', async () => {
    await run(reviewCommands.acceptChange, {}, ids('add'));
    const declined = await run(shellCommands.exportMemories, { picks: ['AGENTS.md'] });
    said(declined, /^Write 1 memory into 1 file, as shown\?$/u);
    await until('the diff of AGENTS.md', () => shown() === fileSchemes.preview);
    assert.equal(await readFile(AGENTS, 'utf8'), RULES);

    await run(shellCommands.exportMemories, { picks: ['AGENTS.md'], buttons: { 'Write 1 memory': 'Export' } });
    const exported = await readFile(AGENTS, 'utf8');
    assert.ok(exported.startsWith(RULES));
    assert.match(exported, /The server listens on 8080\.\r\n/u);

    const journal = async (): Promise<string> => (await readStore('.local/journal.jsonl')) ?? '';
    assert.match(await journal(), /"bridge-export","files":\[\{"path":"agents-md:AGENTS\.md"/u);

    await writeFile(AGENTS, exported.replace('8080', '9090'));
    const edited = await run(shellCommands.exportMemories, { picks: ['AGENTS.md'] });
    const { buttons } = said(edited, /^AGENTS\.md was changed by hand/u);
    assert.deepEqual(buttons, ['Show Difference', 'Import the Change', 'Replace…']);
    assert.match(await readFile(AGENTS, 'utf8'), /9090/u);

    await writeFile(AGENTS, exported);
    await run(shellCommands.removeExport, { picks: ['AGENTS.md'], buttons: { 'Take the export back': 'Remove' } });
    assert.equal(await readFile(AGENTS, 'utf8'), RULES);
    assert.match(await journal(), /"bridge-remove","files":\[\{"path":"agents-md:AGENTS\.md"/u);
    said(await run(shellCommands.verifyJournal), /^The journal of .* is intact/u);
  });

  it('is back when its removal is undone, also where the folder went with it', async () => {
    const projects = path.join(process.env['CLAUDE_CONFIG_DIR'] ?? '', 'projects');
    const notes = async (): Promise<readonly string[]> => {
      const files = await readdir(projects, { recursive: true }).catch(() => []);
      return files.filter((file) => /\bmemory\b.*\.md$/u.test(file)).sort();
    };
    const before = await notes();
    await run(reviewCommands.acceptChange, {}, ids('add'));
    const picks = ["Claude Code's Auto Memory"];
    await run(shellCommands.exportMemories, { picks, buttons: { 'Write 1 memory': 'Export' } });
    const exported = await notes();
    assert.ok(exported.length > before.length);
    try {
      await run(shellCommands.removeExport, {
        picks,
        buttons: { 'Take the export back': 'Remove', 'is gone': 'Undo' },
      });
      await until('it is there again', async () => (await notes()).join() === exported.join());
    } finally {
      await run(shellCommands.removeExport, { picks, buttons: { 'Take the export back': 'Remove' } });
    }
    assert.deepEqual(await notes(), before);
  });
});

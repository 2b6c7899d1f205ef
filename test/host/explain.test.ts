import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { shellCommands } from '../../src/vscode/ids';
import { run } from './reviewActions';
import { dreamId, dreamtStore, folderId, QUOTE, readStore, removeStore, writeStore } from './reviewStore';

// Ids of this suite alone: VS Code remembers the text of a document that another suite had open.
const DREAM = '01jf0000000000000000000001';
const EMPTY = '01jf0000000000000000000002';
const EVIL = '[run](command:workbench.action.quit) and\n# more';

const dreamFile = (id: string, name: string): string => `.local/dreams/${id}/${name}.json`;

async function json(file: string): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse((await readStore(file)) ?? '{}') as Readonly<Record<string, unknown>>;
}

/** A dream with two candidates left out, and a later one that found nothing. */
async function explainedStore(): Promise<void> {
  await dreamtStore();
  const record = await json(dreamFile(dreamId(), 'dream'));
  const proposal = await json(dreamFile(dreamId(), 'proposal'));
  const dismissed = [
    { miner: 'instructions', summary: EVIL, reason: 'it was said for one task', session: 's1', entry: 'p1' },
    { miner: 'fixes', summary: 'npm test fails', reason: 'it was never fixed', session: 'gone', entry: 'p1' },
  ];
  const createdAt = '2026-11-20T04:00:00.000Z';
  await writeStore({
    [dreamFile(DREAM, 'dream')]: JSON.stringify({ ...record, id: DREAM }),
    [dreamFile(DREAM, 'proposal')]: JSON.stringify({ ...proposal, id: DREAM, dismissed }),
    [dreamFile(EMPTY, 'dream')]: JSON.stringify({ ...record, id: EMPTY, createdAt, changes: 0 }),
    [dreamFile(EMPTY, 'proposal')]: JSON.stringify({ format: 1, id: EMPTY, createdAt, changes: [], dismissed: [] }),
  });
}

function shown(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, 'agent-dreams-explain');
  return document;
}

describe('Explain Candidates', () => {
  before(async () => {
    await vscode.extensions.getExtension('agent-dreams.agent-dreams')?.activate();
    await explainedStore();
    await run(shellCommands.refresh);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await removeStore();
    await run(shellCommands.refresh);
  });

  it('shows what a dream proposed and left out, as a document that nobody can edit', async () => {
    await run(shellCommands.explainCandidates, {}, { folder: folderId(), dream: DREAM });
    const document = shown();
    const text = document.getText();
    assert.equal(document.languageId, 'markdown');
    assert.match(text, /3 changes proposed, 2 candidates left out/);
    assert.match(text, /### Test with pnpm/);
    assert.match(text, new RegExp(`you said: “${QUOTE}” \\(show in “Fix the release script”\\)`));
    assert.match(text, /### Standing instructions: 1\n\n#### It was said for one task \(1\)/);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme), false);
  });

  // The links of the Markdown extension are asked for as well: it starts a language server of its own.
  it('leads into the session, with ids of ours and no word of a session', async () => {
    const { uri } = shown();
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', uri, 50);
    const targets = links.map(({ target }) => target).filter((target) => target?.scheme === 'command');
    assert.equal(targets.length, 4);
    for (const target of targets) {
      assert.equal(target?.path, 'agentDreams.showInSession');
      assert.deepEqual(JSON.parse(target.query), [{ folder: folderId(), session: 's1', entry: 'p1' }]);
    }
    await vscode.commands.executeCommand(targets[0]?.path ?? '', ...(JSON.parse(targets[0]?.query ?? '[]') as []));
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.scheme, 'agent-dreams-session');
    assert.match(editor.document.lineAt(editor.selection.start.line).text, /^## You/);
  }).timeout(120_000);

  it('asks which dream where there are several, and says so where one found nothing', async () => {
    const latest = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
    const label = latest.format(new Date('2026-11-20T04:00:00.000Z'));
    const user = await run(shellCommands.explainCandidates, { picks: [label] });
    assert.match(user.questions.join(), /Which dream\?/);
    assert.match(shown().getText(), /Nothing new: 1 session was read, and nothing stood out\./);
  });

  it('says so where a dream is not there, or none was made', async () => {
    const gone = await run(shellCommands.explainCandidates, {}, { folder: folderId(), dream: 'x'.repeat(26) });
    assert.match(gone.messages.map(({ text }) => text).join(), /not there any more/);
    await removeStore();
    const none = await run(shellCommands.explainCandidates);
    assert.match(none.messages.map(({ text }) => text).join(), /no dream to explain yet/);
  });
});

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { reviewCommands, shellCommands } from '../../src/vscode/ids';
import {
  click,
  edit,
  ids,
  left,
  lensesOf,
  openUntilShown,
  right,
  run,
  state,
  textBecomes,
  titles,
} from './reviewActions';
import {
  dreamId,
  dreamtStore,
  folderId,
  LINT,
  LINT_AFTER,
  LINTING,
  PORTS,
  PORTS_AFTER,
  QUOTE,
  readStore,
  removeStore,
  storePath,
  TESTS,
  TESTS_AFTER,
  TESTS_BEFORE,
  writeStore,
} from './reviewStore';
import { until } from './until';

describe('review', () => {
  beforeEach(async () => {
    await vscode.extensions.getExtension('agent-dreams.agent-dreams')?.activate();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await dreamtStore();
    // It reads the store anew before it says that there is nothing to undo; a refresh alone may still be under way.
    const user = await run(reviewCommands.undoLastDecision);
    assert.match(user.messages.map(({ text }) => text).join('\n'), /no decision to undo/);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await removeStore();
    await vscode.commands.executeCommand(shellCommands.refresh);
  });

  it('opens a change as a diff of two virtual documents in our own language', async () => {
    const editor = await openUntilShown('update', TESTS);
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.equal(input.original.toString(), left(TESTS).toString());
    assert.equal(input.original.path, input.modified.path);
    assert.equal(editor.document.languageId, 'agent-dreams-proposal');
    assert.equal((await vscode.workspace.openTextDocument(left(TESTS))).languageId, 'agent-dreams-proposal');
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'tests.md (Memory ↔ Proposed)');
  });

  it('leaves real memories plain Markdown', async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(storePath(TESTS)));
    assert.equal(document.languageId, 'markdown');
  });

  it('shows lenses on each hunk, only on the right side', async () => {
    assert.deepEqual(titles(await lensesOf(TESTS)), [
      'Accept',
      'Reject',
      'Why',
      'Accept All (2)',
      'Reject All',
      'Next Change',
      'Accept',
      'Reject',
      'Why',
    ]);
    await vscode.workspace.openTextDocument(left(TESTS));
    const onLeft = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      left(TESTS),
    );
    assert.deepEqual(onLeft, []);
  });

  it('has no lenses where the user switched them off', async () => {
    const settings = vscode.workspace.getConfiguration('agentDreams');
    await settings.update('review.codeLens', false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await lensesOf(TESTS), []);
    } finally {
      await settings.update('review.codeLens', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('accepts the hunk of a lens: the file holds that hunk only, and the left side follows in place', async () => {
    await openUntilShown('update', TESTS);
    await click((await lensesOf(TESTS))[0]);
    const half = TESTS_BEFORE.replace('npm test', 'pnpm test');
    assert.equal(await readStore(TESTS), half);
    await textBecomes(left(TESTS), half);
    assert.deepEqual(titles(await lensesOf(TESTS)), ['Accept', 'Reject', 'Why', 'Next Change']);
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'tests.md (Memory ↔ Proposed)');
  });

  it('accepts what the cursor is in, without arguments', async () => {
    const editor = await openUntilShown('update', TESTS);
    const line = TESTS_AFTER.split('\n').indexOf('It takes ten seconds.');
    editor.selection = new vscode.Selection(line, 3, line, 3);
    await run(reviewCommands.acceptHunk);
    assert.equal(await readStore(TESTS), TESTS_BEFORE.replace('a minute', 'ten seconds'));
  });

  it('does nothing, and says so, where the cursor is in no part', async () => {
    const editor = await openUntilShown('update', TESTS);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const user = await run(reviewCommands.acceptHunk);
    assert.match(user.messages[0]?.text ?? '', /cursor is in no proposed part/);
    assert.equal(await readStore(TESTS), TESTS_BEFORE);
  });

  it('keeps an edit of the right side as the draft, and accepts it as it stands', async () => {
    await openUntilShown('update', TESTS);
    const document = await edit(right(TESTS), 'ten seconds', 'eight seconds');
    assert.equal(await readStore(TESTS), TESTS_BEFORE);
    const user = await run(reviewCommands.acceptChange, {}, ids('update'));
    assert.deepEqual(user.messages, []);
    assert.equal(document.isDirty, false);
    assert.equal(await readStore(TESTS), TESTS_AFTER.replace('ten seconds', 'eight seconds'));
  });

  it('saves an edit by itself, without a dot that stays', async () => {
    await openUntilShown('update', TESTS);
    const document = await edit(right(TESTS), 'ten seconds', 'nine seconds');
    await until('the draft is saved', () => !document.isDirty);
    const review = (await readStore(`.local/dreams/${dreamId()}/review.json`)) ?? '';
    assert.match(review, /nine seconds/);
  });

  it('moves on to the next change in the same tab after the last part', async () => {
    await openUntilShown('update', TESTS);
    await run(reviewCommands.acceptChange, {}, ids('update'));
    const { activeTabGroup } = vscode.window.tabGroups;
    await until('the next diff', () => activeTabGroup.activeTab?.label === 'ports.md (Memory ↔ Proposed)');
    assert.equal(activeTabGroup.tabs.length, 1);
  });

  it('takes the last decision back, and shows the change again', async () => {
    await openUntilShown('update', TESTS);
    await run(reviewCommands.acceptChange, {}, ids('update'));
    await run(reviewCommands.undoLastDecision);
    assert.equal(await readStore(TESTS), TESTS_BEFORE);
    await until('the diff is back', () =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.label.startsWith('tests.md'),
    );
    await textBecomes(left(TESTS), TESTS_BEFORE);
    const user = await run(reviewCommands.undoLastDecision);
    assert.match(user.messages.map(({ text }) => text).join('\n'), /no decision to undo/);
  });

  it('asks for a reason when rejecting; Escape leaves everything as it was', async () => {
    await openUntilShown('update', TESTS);
    const escaped = await run(reviewCommands.rejectChange, { inputs: [undefined] }, ids('update'));
    assert.equal(escaped.questions.length, 1);
    assert.deepEqual((await state()).rejected, {});
    await run(reviewCommands.rejectChange, { inputs: ['not on Windows'] }, ids('update'));
    assert.equal((await state()).rejected['claim-Test with pnpm']?.reason, 'not on Windows');
    assert.equal(await readStore(TESTS), TESTS_BEFORE);
    await textBecomes(right(TESTS), TESTS_BEFORE);
  });

  it('rejects one hunk and keeps the other', async () => {
    await openUntilShown('update', TESTS);
    await click((await lensesOf(TESTS))[1], { inputs: [''] });
    await textBecomes(right(TESTS), TESTS_BEFORE.replace('a minute', 'ten seconds'));
    assert.deepEqual(titles(await lensesOf(TESTS)).slice(0, 3), ['Accept', 'Reject', 'Why']);
  });

  it('creates a new memory on accept', async () => {
    assert.deepEqual(titles(await lensesOf(PORTS)), ['Accept', 'Reject', 'Why', 'Next Change']);
    await run(reviewCommands.acceptChange, {}, ids('add'));
    assert.equal(await readStore(PORTS), PORTS_AFTER);
    assert.match((await readStore('MEMORY.md')) ?? '', /facts\/ports\.md/);
  });

  it('shows a change of several files as a multi-diff and accepts it whole', async () => {
    await run(reviewCommands.openChange, {}, ids('merge'));
    const { activeTabGroup } = vscode.window.tabGroups;
    await until('the multi-diff', () => activeTabGroup.activeTab?.label.startsWith('Merge: linting.md into lint.md'));
    assert.ok(!(activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff));
    const [accept] = await lensesOf(LINT);
    assert.equal(accept?.title, '$(check) Accept Merge (2 files)');
    assert.deepEqual(titles(await lensesOf(`archive/${LINTING}`)), [
      'Moves into lint.md with its merge: accept or reject there',
    ]);
    await click(accept);
    assert.equal(await readStore(LINT), LINT_AFTER);
    assert.equal(await readStore(LINTING), undefined);
    assert.notEqual(await readStore(`archive/${LINTING}`), undefined);
    await run(reviewCommands.undoLastDecision);
    assert.equal(await readStore(`archive/${LINTING}`), undefined);
    assert.notEqual(await readStore(LINTING), undefined);
  });

  it('shows all changes of a dream in one multi-diff, and accepts what it shows', async () => {
    await run(reviewCommands.reviewAll);
    const { activeTabGroup } = vscode.window.tabGroups;
    await until('the multi-diff', () => /^Dream of .*: 3 changes/.test(activeTabGroup.activeTab?.label ?? ''));
    const user = await run(reviewCommands.acceptAll);
    // The stores of earlier tests are gone: an offer to restore them may come at any time.
    assert.deepEqual(
      user.messages.filter(({ buttons }) => !buttons.includes('Restore…')),
      [],
    );
    assert.equal(await readStore(TESTS), TESTS_AFTER);
    assert.equal(await readStore(PORTS), PORTS_AFTER);
    assert.equal(await readStore(LINT), LINT_AFTER);
    await run(reviewCommands.undoLastDecision);
    assert.equal(await readStore(TESTS), TESTS_BEFORE);
    assert.equal(await readStore(PORTS), undefined);
  });

  it('asks before it accepts all that nobody looked at', async () => {
    const user = await run(reviewCommands.acceptAll);
    assert.match(user.messages[0]?.text ?? '', /Accept all 3 open changes/);
    assert.equal(await readStore(TESTS), TESTS_BEFORE);
  });

  it('goes to the next part, then to the next change', async () => {
    const editor = await openUntilShown('update', TESTS);
    const lines = TESTS_AFTER.split('\n');
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await run(reviewCommands.nextChange);
    assert.equal(editor.selection.active.line, lines.indexOf('Run pnpm test.'));
    await run(reviewCommands.nextChange);
    assert.equal(editor.selection.active.line, lines.indexOf('It takes ten seconds.'));
    await run(reviewCommands.nextChange);
    await until('the next diff', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.startsWith('ports.md'));
  });

  it('says why in a hover, with the way to the words', async () => {
    await openUntilShown('update', TESTS);
    const line = TESTS_AFTER.split('\n').indexOf('Run pnpm test.');
    const at = new vscode.Position(line, 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      right(TESTS),
      at,
    );
    const text = hovers
      .flatMap(({ contents }) => contents.map((content) => (content as vscode.MarkdownString).value))
      .join();
    assert.match(text, /always run the tests with pnpm test/);
    assert.match(text, /You said · \*Fix the release script\*/);
    assert.match(text, /command:agentDreams\.showInSession/);
  });

  it('lists the evidence for the peek, at the words', async () => {
    await openUntilShown('update', TESTS);
    const at = new vscode.Position(TESTS_AFTER.split('\n').indexOf('Run pnpm test.'), 0);
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      right(TESTS),
      at,
    );
    const [location] = found;
    assert.ok(location);
    const document = await vscode.workspace.openTextDocument(location.uri);
    assert.match(document.lineAt(location.range.start.line).text, new RegExp(QUOTE));
    assert.equal(document.languageId, 'agent-dreams-session');
  });

  it('opens the session at the words', async () => {
    await run(reviewCommands.showInSession, {}, { folder: folderId(), session: 's1', entry: 'p1', quote: QUOTE });
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.match(editor.document.lineAt(editor.selection.start.line).text, new RegExp(QUOTE));
  });

  it('refuses a target with unsaved changes; Save goes on and keeps them', async () => {
    const file = vscode.Uri.file(storePath(TESTS));
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    await edit(file, 'needs the database', 'needs the database and Redis');
    const refused = await run(reviewCommands.acceptChange, {}, ids('update'));
    assert.match(refused.messages[0]?.text ?? '', /unsaved changes/);
    assert.deepEqual(refused.messages[0]?.buttons, ['Save', 'Show']);
    assert.equal(await readStore(TESTS), TESTS_BEFORE);
    await run(reviewCommands.acceptChange, { buttons: { 'unsaved changes': 'Save' } }, ids('update'));
    assert.equal(await readStore(TESTS), TESTS_AFTER.replace('the database', 'the database and Redis'));
  });

  it('shows a conflict, writes nothing, and can be reviewed against the memory as it is', async () => {
    const mine = TESTS_BEFORE.replace('Run npm test.', 'Run make test.');
    await writeStore({ [TESTS]: mine });
    await vscode.commands.executeCommand(shellCommands.refresh);
    const user = await run(reviewCommands.acceptChange, {}, ids('update'));
    await until('the message', () => user.messages.length > 0);
    assert.match(user.messages[0]?.text ?? '', /changed meanwhile in the same place/);
    assert.equal(await readStore(TESTS), mine);
    assert.deepEqual(titles(await lensesOf(TESTS)).slice(0, 3), [
      'The memory changed since the dream',
      'Review Against Current',
      'Reject',
    ]);
    await run(reviewCommands.compareWithBase, {}, ids('update'));
    await until('the comparison', () =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.label.startsWith('tests.md (When Dreamed'),
    );
    await run(reviewCommands.reviewAgainstCurrent, {}, ids('update'));
    await run(reviewCommands.acceptChange, {}, ids('update'));
    assert.equal(await readStore(TESTS), TESTS_AFTER);
  });

  it('lets nobody write the left side', async () => {
    await assert.rejects(async () => await vscode.workspace.fs.writeFile(left(TESTS), new Uint8Array()));
    await assert.rejects(async () => await vscode.workspace.fs.readFile(right('facts/none.md')));
  });
});

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { reviewCommands, shellCommands } from '../../src/vscode/ids';
import { openUntilShown, right, run } from './reviewActions';
import { CHANGES, dreamId, dreamtStore, folderId, removeStore, storePath, TESTS, TESTS_AFTER } from './reviewStore';

/** Everything in the store that a decision or an acceptance would change, by path. */
async function everything(): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(storePath(), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(storePath(), file);
    const text = await readFile(file, 'utf8').catch(() => '');
    // What recall renders in the background follows from the rest.
    if (/^\.local\/(?:locks|tmp|staging|txn|recall)\//u.test(name)) continue;
    files[name] = name === '.local/state.json' ? decided(text) : text;
  }
  return files;
}

/** Looking for logs moves cursors; what was accepted and rejected is what counts. */
function decided(text: string): string {
  const { accepted, rejected } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return JSON.stringify({ accepted, rejected });
}

const settings = (): string => JSON.stringify(vscode.workspace.getConfiguration('agentDreams'));

/** What another extension, a link or a stale row may pass: unknown ids, paths out of the store, foreign URIs, wrong types. */
function hostileArguments(): readonly (readonly unknown[])[] {
  const [folder, dream] = [folderId(), dreamId()];
  const change = CHANGES.update;
  const targets: readonly unknown[] = [
    { folder: 'nobody', dream, change },
    { folder, dream: 'x'.repeat(26), change },
    { folder, dream, change: 'x'.repeat(26) },
    { folder, dream: '../../..', change: '__proto__' },
    { kind: 'memory', folder, path: '../../../etc/passwd' },
    { kind: 'memory', folder, path: '.local/state.json' },
    { kind: 'memory', folder, path: 'facts/nobody.md' },
    { kind: 'outside', folder, path: '../README.md' },
    { kind: 'outside', folder, path: '.local/journal.jsonl' },
    { kind: 'session', folder, session: '../../state' },
    { kind: 'folder', folder: '__proto__' },
    { target: { kind: 'memory', folder: {}, path: 3 } },
    { folder: 1, dream: [], change: null },
    vscode.Uri.file('/etc/passwd'),
    vscode.Uri.parse('https://example.org/facts/a.md'),
    42,
    true,
    'file:///etc/passwd',
    [],
  ];
  return targets.flatMap((target) => [[target], [target, [target]]]);
}

describe('a command of ours', () => {
  before(async () => {
    await vscode.extensions.getExtension('agent-dreams.agent-dreams')?.activate();
    await dreamtStore();
    await run(shellCommands.refresh);
    await run(reviewCommands.undoLastDecision);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await removeStore();
    await run(shellCommands.refresh);
  });

  for (const command of [...Object.values(reviewCommands), ...Object.values(shellCommands)]) {
    // To these the ids of a change say enough.
    const whole = command === reviewCommands.acceptChange || command === reviewCommands.rejectChange;
    it(`changes nothing for arguments that name nothing: ${command}`, async () => {
      const before = [await everything(), settings()];
      const staleHunk = { folder: folderId(), dream: dreamId(), change: CHANGES.update, hunk: 'x'.repeat(64) };
      for (const args of [...hostileArguments(), ...(whole ? [] : [[staleHunk]])]) {
        await run(command, {}, ...args);
        // A reasonable caller is not told apart from another: the person is asked, and does not answer.
        assert.deepEqual([await everything(), settings()], before, JSON.stringify(args));
      }
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }).timeout(120_000);
  }

  it('does not fall back to the cursor where it was given something else', async () => {
    const editor = await openUntilShown('update', TESTS);
    const at = new vscode.Position(TESTS_AFTER.split('\n').indexOf('It takes ten seconds.'), 0);
    editor.selection = new vscode.Selection(at, at);
    const before = await everything();
    for (const args of hostileArguments()) {
      await run(reviewCommands.acceptHunk, {}, ...args);
      await run(reviewCommands.acceptChange, {}, ...args);
      assert.deepEqual(await everything(), before, JSON.stringify(args));
    }
  }).timeout(120_000);
});

describe('a hover of ours', () => {
  it('can run our own named commands only, and shows no HTML', async () => {
    await dreamtStore();
    await run(reviewCommands.undoLastDecision);
    await openUntilShown('update', TESTS);
    const at = new vscode.Position(TESTS_AFTER.split('\n').indexOf('Run pnpm test.'), 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      right(TESTS),
      at,
    );
    const contents = hovers.flatMap((hover) => hover.contents) as readonly vscode.MarkdownString[];
    assert.ok(contents.length > 0);
    const ours: readonly string[] = Object.values(reviewCommands);
    for (const { isTrusted, supportHtml } of contents) {
      assert.ok(typeof isTrusted === 'object', 'trusted for named commands, not as a whole');
      assert.ok(isTrusted.enabledCommands.length > 0);
      assert.deepEqual(
        isTrusted.enabledCommands.filter((command) => !ours.includes(command)),
        [],
      );
      assert.ok(supportHtml !== true);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await removeStore();
    await run(shellCommands.refresh);
  });
});

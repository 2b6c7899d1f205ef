import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { fileSchemes, reviewCommands, shellCommands } from '../../src/vscode/ids';
import { click, run, titles } from './reviewActions';
import { dreamId, dreamtStore, folderId, readStore, removeStore, storePath, writeStore } from './reviewStore';
import { until } from './until';

const DREAM = '01je0000000000000000000001';
const CHANGE = '01je00000000000000000000c1';
const MEMORY = 'workflows/release.md';
const TEXT =
  '---\nname: release\ndescription: Release the package\n---\nTest, then publish.\n\n1. Run `npm test`\n2. Run `npm version minor`\n3. Run `npm publish`\n';
const SKILLS = storePath('../.claude/skills');
const SKILL = storePath('../.claude/skills/release/SKILL.md');

const evidence = [1, 2, 3, 4, 5].map((session) => ({
  kind: 'event',
  session: `s${session}`,
  entry: 'e1',
  event: 'succeeded',
  quote: 'npm publish',
  at: `2026-11-0${session}T10:00:00.000Z`,
}));
const change = {
  id: CHANGE,
  kind: 'add',
  title: 'Release the package',
  rationale: 'It ran in 5 sessions.',
  files: [{ path: MEMORY, before: null, after: TEXT }],
  evidence,
  trust: 'observed',
  risk: 'medium',
  warnings: [],
  score: { recurrence: 0.8, spread: 0.5, outcome: 1, speaker: 0.7, specificity: 0.5, total: 0.7 },
  fingerprint: 'release',
};

/** Adds a dream that proposes a workflow which ran well in five sessions. */
async function dreamOfWorkflow(): Promise<void> {
  await dreamtStore();
  const createdAt = '2026-11-20T04:00:00.000Z';
  const record = { status: 'completed', engine: 'offline', sessions: ['s1'], trigger: 'command', costUsd: 0 };
  await writeStore({
    [`.local/dreams/${DREAM}/dream.json`]: JSON.stringify({ format: 1, id: DREAM, createdAt, ...record }),
    [`.local/dreams/${DREAM}/proposal.json`]: JSON.stringify({
      format: 1,
      id: DREAM,
      createdAt,
      changes: [change],
      dismissed: [],
    }),
  });
  assert.notEqual(dreamId(), DREAM);
}

const modified = (): vscode.Uri | undefined => {
  const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
  return input instanceof vscode.TabInputTextDiff && input.modified.scheme === fileSchemes.skill
    ? input.modified
    : undefined;
};

describe('a workflow as a skill', () => {
  beforeEach(async () => {
    await vscode.extensions.getExtension('agent-dreams.agent-dreams')?.activate();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await dreamOfWorkflow();
    await run(reviewCommands.undoLastDecision);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(SKILLS, { recursive: true, force: true });
    await removeStore();
    await vscode.commands.executeCommand(shellCommands.refresh);
  });

  it('is shown beside nothing, written by its lens, and gone again by undo', async () => {
    const ids = { folder: folderId(), dream: DREAM, change: CHANGE };
    await run(reviewCommands.exportSkill, { buttons: { 'accepted memory': 'Accept and Show Skill' } }, ids);
    assert.equal(await readStore(MEMORY), TEXT);
    const uri = await until('the diff of the skill', modified);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'agent-dreams-proposal');
    assert.match(document.getText(), /^---\nname: release\n/u);

    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 50);
    const commands = lenses.flatMap(({ command }) => command ?? []);
    assert.deepEqual(titles(commands), ['Accept Skill', 'Reject']);
    await click(commands[0]);
    assert.equal(await readFile(SKILL, 'utf8'), document.getText());
    await until('the diff is closed', () => modified() === undefined);

    await run(reviewCommands.undoLastDecision);
    assert.deepEqual(await readdir(SKILLS), []);
    assert.equal(await readStore(MEMORY), TEXT);
  });
});

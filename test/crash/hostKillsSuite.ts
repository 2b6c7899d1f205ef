// Decides through the extension's own commands, in a real extension host, until it is killed. See hostKills.ts.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { reviewCommands, shellCommands } from '../../src/vscode/ids';
import { folderId, readStore } from '../host/reviewStore';
import { actAs, type Answers } from '../host/stubs';
import { until } from '../host/until';
import { DREAM, NOTE_CATEGORY, noteName, notePath, type HostOperation } from './hostKillsModel';

interface Decision {
  readonly command: string;
  readonly answers: Answers;
  readonly args: readonly unknown[];
  /** What the extension says when it went well; undefined if it then says nothing. */
  readonly says?: RegExp;
}

function decisionOf(operation: HostOperation, note: number): Decision {
  switch (operation) {
    case 'accept': {
      const args = [{ folder: folderId(), dream: DREAM }, { confirmed: true }];
      return { command: reviewCommands.acceptAll, answers: {}, args };
    }
    case 'undo':
      return { command: reviewCommands.undoLastDecision, answers: {}, args: [], says: /^Undone/ };
    case 'create': {
      const answers = { picks: [NOTE_CATEGORY], inputs: [noteName(note)] };
      return { command: shellCommands.newMemory, answers, args: [] };
    }
  }
}

/** Runs a command as a user would, and returns what the extension said. */
async function perform({ command, answers, args }: Decision): Promise<readonly string[]> {
  const user = actAs(answers);
  try {
    await vscode.commands.executeCommand(command, ...args);
    return user.messages.map(({ text }) => text);
  } finally {
    user.restore();
  }
}

async function decide(operation: HostOperation, note: number): Promise<void> {
  const decision = decisionOf(operation, note);
  const said = await perform(decision);
  const { says } = decision;
  const wrong = says === undefined ? said : said.filter((text) => !says.test(text));
  if (wrong.length > 0 || (says !== undefined && said.length === 0)) {
    throw new Error(`${operation} said: ${said.join(' | ') || 'nothing'}`);
  }
}

async function nextNote(): Promise<number> {
  for (let note = 0; ; note += 1) if ((await readStore(notePath(note))) === undefined) return note;
}

async function isAccepted(): Promise<boolean> {
  return ((await readStore('facts/fact-00.md')) ?? '').includes('Generation 1');
}

/** Called by VS Code in each new extension host. Never ends by itself, but for a page that was replaced meanwhile. */
export async function run(): Promise<void> {
  const folder = process.env['AGENT_DREAMS_KILLS'] ?? '';
  const turn = readFileSync(path.join(folder, 'turn'), 'utf8');
  // A page that lost its host may start another one before it is closed.
  writeFileSync(path.join(folder, `claim-${turn}`), '', { flag: 'wx' });
  const tell = (words: string): void => {
    const at = (performance.timeOrigin + performance.now()).toFixed(1);
    appendFileSync(path.join(folder, 'progress'), `${turn} ${at} ${words}\n`);
  };
  try {
    tell(`host ${process.pid}`);
    await vscode.extensions.getExtension('agent-dreams.agent-dreams')?.activate();
    const said = await perform({ command: shellCommands.verifyJournal, answers: {}, args: [] });
    tell(`opened ${JSON.stringify(said)}`);
    await until('the word to go on', () => existsSync(path.join(folder, `go-${turn}`)));
    for (let step = Number(turn); ; step += 1) {
      const operation = step % 4 === 3 ? 'create' : (await isAccepted()) ? 'undo' : 'accept';
      const note = await nextNote();
      tell(`start ${operation}`);
      await decide(operation, note);
      tell('done');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  } catch (error) {
    tell(`failed ${JSON.stringify(error instanceof Error ? (error.stack ?? error.message) : String(error))}`);
    throw error;
  }
}

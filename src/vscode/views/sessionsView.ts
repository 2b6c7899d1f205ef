import * as vscode from 'vscode';
import { listSessions } from '../../core/sessions/sessionFiles';
import { readState } from '../../core/state/localState';
import type { App, MemoryFolder } from '../app';
import { formatTime } from '../formatTime';
import { shellCommands } from '../ids';
import { NodeTree, type DecorateItem } from './nodeTree';
import { sessionRows, type SessionsInput } from './sessionsModel';

async function readFolder(folder: MemoryFolder): Promise<SessionsInput> {
  const base = { folder: { id: folder.id, name: folder.name } };
  if (!(await folder.initialized())) return { ...base, sessions: [], dreamt: new Set() };
  const ports = await folder.ports();
  const { dreamt } = await readState(ports);
  return { ...base, sessions: await listSessions(ports), dreamt: new Set(Object.keys(dreamt)) };
}

/** The Sessions view: what was captured, newest first. */
export function createSessionsTree(app: App, visible: () => boolean): NodeTree {
  const build = async () => {
    const inputs = await Promise.all(app.folders.map(readFolder));
    // Rows without sessions would hide the welcome text that says what to do.
    if (inputs.every(({ sessions }) => sessions.length === 0)) return [];
    return sessionRows(inputs, { t: vscode.l10n.t, formatTime });
  };
  const decorate: DecorateItem = (item, { target }) => {
    if (target.kind !== 'session') return;
    item.command = {
      command: shellCommands.openTranscript,
      title: vscode.l10n.t('Open Transcript'),
      arguments: [target],
    };
  };
  return new NodeTree({ build, decorate, visible });
}

import { readFile } from 'node:fs/promises';
import type { ConnectionRecord, Touched } from '../../core/recall/connect/record';
import { hasOurs, isPlainJson, standingOf } from '../../core/recall/connect/settingsText';
import { undoByContent } from '../../core/recall/connect/textEdits';
import { createHasher } from '../hasher';
import { settingsTarget, targetOf, type Surroundings } from './connectionPlace';
import { wantedSettings } from './settingsDraft';

/**
 * What is wrong with a connection. `missing`: a file, or ours in it, is gone. `altered`: ours was edited. `outdated`: it
 * is as it was written, and would be written in another way now. `not-plain-json`: Claude Code reads nothing of it.
 * `moved`: the folder was elsewhere then. `unrecorded`: ours stands there, and nothing tells what was before.
 */
export interface ConnectionProblem {
  readonly kind: 'missing' | 'altered' | 'outdated' | 'not-plain-json' | 'moved' | 'unrecorded';
  readonly path: string;
}

/** Looks at every file of the connection. Never throws. */
export async function connectionProblems(around: Surroundings): Promise<readonly ConnectionProblem[]> {
  const { record } = around;
  const settings = settingsTarget(around).path;
  if (record === undefined) {
    const text = await textOf(settings);
    return text !== undefined && hasOurs(text, around.marks) ? [{ kind: 'unrecorded', path: settings }] : [];
  }
  const problems: ConnectionProblem[] = around.moved ? [{ kind: 'moved', path: record.root }] : [];
  for (const touched of record.files) {
    const path = targetOf(around, touched)?.path;
    if (path === undefined) continue;
    const text = await textOf(path);
    const kind = text === undefined ? 'missing' : problemOf(around, record, touched, text);
    if (kind !== undefined) problems.push({ kind, path });
  }
  return problems;
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

function problemOf(
  around: Surroundings,
  { choice }: ConnectionRecord,
  touched: Touched,
  text: string,
): ConnectionProblem['kind'] | undefined {
  const { kind, after, inverse } = touched;
  const isAsWritten = createHasher().sha256(text) === after;
  const stands = isAsWritten || undoByContent(text, inverse) !== undefined;
  if (kind !== 'settings') {
    const isWhole = kind === 'rules' || kind === 'path-rule' || kind === 'imported';
    return (isWhole ? isAsWritten : stands) ? undefined : 'altered';
  }
  if (!isPlainJson(text)) return 'not-plain-json';
  const standing = standingOf(text, around.marks, wantedSettings(around, choice));
  if (standing === 'same') return undefined;
  if (standing === 'none') return 'missing';
  // That it was moved is said already.
  return stands ? (around.moved ? undefined : 'outdated') : 'altered';
}

import path from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { AgentDreamsError } from '../../core/errors';
import { readEditable, writeText } from '../claude/settingsFile';

/** A settings file before and after; null = no such file. */
export interface SettingChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}

/**
 * One value of a settings file of Claude Code set, or taken out with undefined; the rest stays byte for byte. Writes
 * nothing; undefined where it stands so already. Throws `invalid-input` for a file that cannot be edited safely.
 */
export async function planClaudeSetting(
  file: string,
  place: readonly string[],
  value: string | number | undefined,
): Promise<SettingChange | undefined> {
  const read = await readEditable(file, path.dirname(path.dirname(file)));
  if (read.kind === 'refused')
    throw new AgentDreamsError('invalid-input', `${file} is left alone: ${read.reason}`, { path: file });
  const before = read.text;
  const bom = before?.startsWith('\uFEFF') === true ? '\uFEFF' : '';
  const body = (before ?? '').slice(bom.length);
  const eol = body.includes('\r\n') ? '\r\n' : '\n';
  const base = body.trim() === '' ? `{}${eol}` : body;
  const edits = modify(base, [...place], value, { formattingOptions: { ...indentOf(base), eol } });
  const after = bom + applyEdits(base, edits);
  if (after === before || (before === null && value === undefined)) return undefined;
  return { path: file, before, after };
}

function indentOf(text: string): { readonly tabSize: number; readonly insertSpaces: boolean } {
  const indent = /^([ \t]{1,8})"/mu.exec(text)?.[1] ?? '  ';
  return { tabSize: indent.startsWith('\t') ? 1 : indent.length, insertSpaces: !indent.startsWith('\t') };
}

/** Writes it, if the file is still as it was then; throws `conflict` if it is not. */
export async function changeClaudeSetting({ path: file, before, after }: SettingChange): Promise<void> {
  const now = await readEditable(file, path.dirname(path.dirname(file)));
  if (now.kind === 'refused' || now.text !== before)
    throw new AgentDreamsError('conflict', `${file} has changed meanwhile.`, { path: file });
  await writeText(file, after);
}

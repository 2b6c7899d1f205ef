import * as vscode from 'vscode';
import { showHiddenCharacters } from '../../core/unicode/cleanText';
import { plainMarkdown } from '../review/whyText';
import type { Translate } from '../translate';

const MAX_SHOWN = 600;

/** What a person is asked before a model proposes: its own words, as text and never as markup. */
export function proposalQuestion(input: unknown, t: Translate): vscode.PreparedToolInvocation {
  const { action, memory, description, body, reason } = (input ?? {}) as Readonly<Record<string, unknown>>;
  const what =
    action === 'archive'
      ? t('It asks to archive this memory:')
      : action === 'update'
        ? t('It asks to change this memory:')
        : t('It asks to remember:');
  const said = [memory, description, body, reason].filter(
    (one): one is string => typeof one === 'string' && one !== '',
  );
  const message = [what, ...said.map(quoted), t('Nothing is written: it becomes a proposal that you review.')];
  return {
    invocationMessage: t('Proposing a memory'),
    confirmationMessages: {
      title: t('Propose a Memory'),
      message: new vscode.MarkdownString(message.join('\n\n')),
    },
  };
}

function quoted(text: string): string {
  const cut = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  const lines = showHiddenCharacters(cut).split(/\r\n|\r|\n/u);
  return lines.map((line) => `> ${plainMarkdown(line)}`).join('  \n');
}

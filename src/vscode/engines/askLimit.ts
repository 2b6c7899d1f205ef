import * as vscode from 'vscode';
import { MAX_COST_USD } from '../config/engineSettings';
import { parseLimit } from './estimateWords';

/** Asks what one dream may cost at most, in US dollars; undefined when dismissed. */
export async function askLimit(present: number): Promise<number | undefined> {
  const { t } = vscode.l10n;
  const typed = await vscode.window.showInputBox({
    title: t('Cost Limit'),
    prompt: t('US dollars that one dream may cost at most, scheduled ones too.'),
    value: present.toFixed(2),
    ignoreFocusOut: true,
    validateInput: (text) =>
      parseLimit(text, MAX_COST_USD) === undefined
        ? t('Write an amount such as 1.50, at most {0}.', MAX_COST_USD)
        : undefined,
  });
  return typed === undefined ? undefined : parseLimit(typed, MAX_COST_USD);
}

/** `vscode.l10n.t` as pure code sees it, so that words can be chosen, and tested, without an editor. */
export type Translate = (message: string, ...args: readonly (string | number)[]) => string;

/** Replaces `{0}`, `{1}` … as `vscode.l10n.t` does without a translation: for tests and for text of the English only. */
export function plainTranslate(message: string, ...args: readonly (string | number)[]): string {
  return message.replace(/\{(\d)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}

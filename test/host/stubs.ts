import * as vscode from 'vscode';

/** A message that the extension showed, and its buttons. */
export interface ShownMessage {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** Stands in for the user: answers what the extension asks, in the order it asks, and keeps what it says. */
export interface User {
  readonly messages: readonly ShownMessage[];
  /** Placeholders and prompts of what was asked. */
  readonly questions: readonly string[];
  restore(): void;
}

/** Undefined dismisses. A quick pick is answered by label, an input box by text, a message by its button. */
export interface Answers {
  readonly picks?: readonly (string | undefined)[];
  readonly inputs?: readonly (string | undefined)[];
  readonly buttons?: Readonly<Record<string, string>>;
}

const MESSAGES = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;

const titleOf = (button: unknown): string =>
  typeof button === 'string' ? button : String((button as { readonly title: unknown }).title);

const isButton = (argument: unknown): boolean =>
  typeof argument === 'string' || (typeof argument === 'object' && argument !== null && 'title' in argument);

/** Replaces the dialogs of `vscode.window` until `restore`. */
export function actAs(answers: Answers): User {
  const window = vscode.window as unknown as Record<string, unknown>;
  const names = [...MESSAGES, 'showQuickPick', 'showInputBox'] as const;
  const before = names.map((name) => [name, window[name]] as const);
  const messages: ShownMessage[] = [];
  const questions: string[] = [];
  const picks = [...(answers.picks ?? [])];
  const inputs = [...(answers.inputs ?? [])];
  for (const name of MESSAGES) {
    window[name] = async (text: string, ...rest: readonly unknown[]): Promise<unknown> => {
      const buttons = rest.filter(isButton);
      messages.push({ text, buttons: buttons.map(titleOf) });
      const wanted = Object.entries(answers.buttons ?? {}).find(([part]) => text.includes(part))?.[1];
      return buttons.find((button) => titleOf(button) === wanted);
    };
  }
  window['showQuickPick'] = async (
    items: readonly { readonly label: string }[],
    options?: vscode.QuickPickOptions,
  ): Promise<unknown> => {
    questions.push(options?.placeHolder ?? options?.title ?? '');
    const label = picks.shift();
    const found = items.filter((item) => item.label === label);
    if (label !== undefined && found.length === 0) {
      throw new Error(`"${label}" is not offered; ${items.map((item) => item.label).join(', ')} are`);
    }
    if (label === undefined) return undefined;
    return options?.canPickMany === true ? found : found[0];
  };
  window['showInputBox'] = async (options?: vscode.InputBoxOptions): Promise<string | undefined> => {
    questions.push(options?.prompt ?? '');
    return inputs.shift();
  };
  return {
    messages,
    questions,
    restore: () => {
      for (const [name, original] of before) window[name] = original;
    },
  };
}

import * as vscode from 'vscode';
import type { ChatMessage, ChatModel } from './vscodeLm';

const ASK_MS = 20_000;

/** The models that extensions offer now. Extensions that offer some are started by asking; one that hangs is not waited for. */
export async function offeredModels(): Promise<readonly vscode.LanguageModelChat[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<readonly vscode.LanguageModelChat[]>((resolve) => {
    timer = setTimeout(() => resolve([]), ASK_MS);
  });
  try {
    return await Promise.race([vscode.lm.selectChatModels(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A model of VS Code as the engine sees it. The first request asks the user for consent, so a user must have started it. */
export function toChatModel(model: vscode.LanguageModelChat): ChatModel {
  return {
    id: model.id,
    maxInputTokens: model.maxInputTokens,
    count: (text) => model.countTokens(text),
    async *send(messages, stop) {
      const source = new vscode.CancellationTokenSource();
      const cancel = (): void => source.cancel();
      stop.addEventListener('abort', cancel, { once: true });
      try {
        const justification = vscode.l10n.t('Agent Dreams reads an extract of your sessions to propose memories.');
        const response = await model.sendRequest(messages.map(toMessage), { justification }, source.token);
        yield* response.text;
      } finally {
        stop.removeEventListener('abort', cancel);
        source.dispose();
      }
    },
  };
}

function toMessage({ role, text }: ChatMessage): vscode.LanguageModelChatMessage {
  const make = vscode.LanguageModelChatMessage;
  return role === 'user' ? make.User(text) : make.Assistant(text);
}

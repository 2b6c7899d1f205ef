/** One piece of text that the model is shown, with who speaks; calls and results of tools as JSON. */
export interface SentText {
  readonly role: string;
  readonly text: string;
}

interface Block {
  readonly type: string;
  readonly text?: string;
}

/** Everything that a request to `/v1/messages` shows the model, in order: the system's first. */
export function textsOf(body: unknown): readonly SentText[] {
  const { system = [], messages = [] } = body as {
    readonly system?: string | readonly Block[];
    readonly messages?: readonly { readonly role: string; readonly content: string | readonly Block[] }[];
  };
  return [{ role: 'prompt', content: system }, ...messages].flatMap(({ role, content }) =>
    (typeof content === 'string' ? [{ type: 'text', text: content }] : content).map((block) => ({
      role,
      text: block.type === 'text' ? (block.text ?? '') : JSON.stringify(block),
    })),
  );
}

/** What a person or an agent typed: not what the program puts around it. */
function typed({ role, text }: SentText): string {
  return role === 'user' ? text.replace(/<system-reminder>[^]*?<\/system-reminder>/gu, '') : '';
}

/** The newest of these prompts that stands in the conversation; '' where none does. */
export function promptOf(texts: readonly SentText[], prompts: readonly string[]): string {
  for (const text of texts.toReversed()) {
    const said = typed(text);
    // What a tool answered may hold a prompt too; a longer prompt may hold a shorter one.
    if (said.startsWith('{"')) continue;
    const found = prompts.filter((prompt) => said.includes(prompt)).sort((a, b) => b.length - a.length)[0];
    if (found !== undefined) return found;
  }
  return '';
}

/** How many turns of the model follow the prompt; a turn with several calls counts once. */
export function turnsSince(texts: readonly SentText[], prompt: string): number {
  const from = texts.findLastIndex(
    (text) => prompt !== '' && typed(text).includes(prompt) && !text.text.startsWith('{"'),
  );
  return texts
    .slice(from + 1)
    .filter(({ role }, index, all) => role === 'assistant' && all[index - 1]?.role !== 'assistant').length;
}

/** How often a text stands in what the model is shown. */
export function timesIn(texts: readonly SentText[], wanted: string): number {
  return texts.reduce((times, { text }) => times + text.split(wanted).length - 1, 0);
}

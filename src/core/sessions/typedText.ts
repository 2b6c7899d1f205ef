import type { PromptEntry } from './session';

/** What the person typed themselves: the prompt without its pasted or selected parts, each replaced by a line break. */
export function typedText(prompt: Pick<PromptEntry, 'text' | 'pasted'>): string {
  let text = '';
  let from = 0;
  for (const [start, end] of prompt.pasted ?? []) {
    if (start < from) continue;
    text += `${prompt.text.slice(from, start)}\n`;
    from = end;
  }
  return (text + prompt.text.slice(from)).trim();
}

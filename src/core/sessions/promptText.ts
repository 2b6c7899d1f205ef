import { isJsonObject, textOf, type JsonObject } from './json';
import { splitPasted, type PromptPart } from './pasted';
import { withoutPrivateParts } from './privateMarks';
import { speakerByPrefix, type Speaker } from './speaker';

/** What the texts of one `user` line come to. */
export interface UserTexts {
  /** What a person typed or pasted; empty if nobody did. */
  readonly human: readonly PromptPart[];
  readonly machine: readonly { readonly speaker: Speaker; readonly text: string }[];
}

/** Text that the client wraps into a prompt: the person selected it, or a machine added it. */
const WRAPPERS: readonly (readonly [tag: string, speaker: Speaker | 'selection'])[] = [
  ['ide_selection', 'selection'],
  ['ide_opened_file', 'ide'],
  ['ide_diagnostics', 'ide'],
  ['system-reminder', 'reminder'],
  ['user-prompt-submit-hook', 'hook'],
];
/** The client types this for the person who accepted a plan; the plan is the agent's. */
const PLAN = /^Implement the following plan:\s{0,4}(?=#)/u;

interface Span {
  readonly start: number;
  readonly end: number;
  readonly speaker: Speaker | 'selection';
}

function firstSpan(text: string, from: number): Span | undefined {
  let first: Span | undefined;
  for (const [tag, speaker] of WRAPPERS) {
    const start = text.indexOf(`<${tag}>`, from);
    if (start === -1 || (first !== undefined && start > first.start)) continue;
    const close = text.indexOf(`</${tag}>`, start);
    if (close !== -1) first = { start, end: close + tag.length + 3, speaker };
  }
  return first;
}

/** The texts of a message's content: a string, or its text blocks in order. */
export function textBlocks(content: unknown): readonly string[] {
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  return content
    .filter((block): block is JsonObject => isJsonObject(block) && block['type'] === 'text')
    .map((block) => textOf(block, 'text'))
    .filter((text) => text !== undefined);
}

function readText(text: string, into: { human: PromptPart[]; machine: { speaker: Speaker; text: string }[] }): void {
  let from = 0;
  const typed = (part: string): void => {
    if (part.trim() === '') return;
    const speaker = speakerByPrefix(part);
    if (speaker !== undefined) into.machine.push({ speaker, text: part });
    else into.human.push(...splitPasted(part));
  };
  for (let span = firstSpan(text, 0); span !== undefined; span = firstSpan(text, from)) {
    typed(text.slice(from, span.start));
    const inside = text.slice(span.start, span.end);
    if (span.speaker === 'selection') into.human.push({ text: inside, pasted: true });
    else into.machine.push({ speaker: span.speaker, text: inside });
    from = span.end;
  }
  typed(text.slice(from));
}

function planParts(text: string): readonly PromptPart[] {
  const start = PLAN.exec(text)?.[0].length ?? 0;
  return [
    { text: text.slice(0, start), pasted: false },
    { text: text.slice(start), pasted: true },
  ];
}

function separated(parts: readonly PromptPart[], block: readonly PromptPart[]): readonly PromptPart[] {
  const last = parts.at(-1);
  if (last === undefined || block.length === 0 || last.text.endsWith('\n')) return [...parts, ...block];
  return [...parts, { text: '\n', pasted: last.pasted }, ...block];
}

/** Sorts what one `user` line says into what people wrote and what machines did; private parts are already gone. */
export function readUserTexts(content: unknown): UserTexts {
  let human: readonly PromptPart[] = [];
  const machine: { speaker: Speaker; text: string }[] = [];
  for (const block of textBlocks(content)) {
    const text = withoutPrivateParts(block);
    const found = { human: [] as PromptPart[], machine };
    if (PLAN.test(text)) found.human.push(...planParts(text));
    else readText(text, found);
    human = separated(human, found.human);
  }
  const said = human.some((part) => !part.pasted && part.text.trim() !== '');
  const pastedOnly = human.some((part) => part.text.trim() !== '' && !part.text.startsWith('<ide_selection>'));
  return { human: said || pastedOnly ? human : [], machine };
}

/** The whole text of a prompt. */
export function wholeText(parts: readonly PromptPart[]): string {
  return parts.map((part) => part.text).join('');
}

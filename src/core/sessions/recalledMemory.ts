import { entriesIn, readRecalledText, type RecalledText } from '../recall/recalledText';
import type { SessionFacts } from './facts';
import { objectOf, objectsOf, textOf, type JsonObject } from './json';
import type { LogLine } from './logLine';
import type { Recalled, RecallChannel } from './session';

const LIMITS = { recalled: 200, path: 1_024 } as const;
/** Parts of one text are printed by several hooks of one event, within moments. */
const TOGETHER_MS = 30_000;
const RULES = /[\\/]\.claude[\\/]rules[\\/]/u;
/** Files that Connect writes: one memory each, for the paths it is about. */
const PATH_RULE = /[\\/]\.claude[\\/]rules[\\/]agent-memory[\\/][^\\/]{1,255}$/u;

/** Notes what a hook put into the context; false if the text is none of ours. */
export function noteHookText(facts: SessionFacts, line: LogLine, text: string): boolean {
  const found = readRecalledText(text);
  if (found !== undefined) note(facts, line, 'hook', found);
  return found !== undefined;
}

/** Notes what of ours an `instructions` or `nested_memory` attachment put into the context. */
export function noteInstructionText(facts: SessionFacts, line: LogLine, attachment: JsonObject): void {
  const nested = { path: attachment['path'], content: textIn(attachment) };
  for (const file of [nested, ...objectsOf(attachment, 'files')]) {
    const path = (textOf(file, 'path') ?? '').slice(0, LIMITS.path);
    const content = textOf(file, 'content') ?? '';
    const found = readRecalledText(content) ?? ruleOf(path, content);
    if (found !== undefined) note(facts, line, RULES.test(path) ? 'rules' : 'import', found);
  }
}

/** The text of a nested file: clients write it as it is, or with what they know of the file. */
function textIn(attachment: JsonObject): string | undefined {
  return textOf(attachment, 'content') ?? textOf(objectOf(attachment, 'content'), 'content');
}

function ruleOf(path: string, content: string): RecalledText | undefined {
  if (!PATH_RULE.test(path)) return undefined;
  const entries = entriesIn(content);
  return entries.length === 0 ? undefined : { marker: '', entries, listed: [] };
}

function note(facts: SessionFacts, { at, agent }: LogLine, channel: RecallChannel, found: RecalledText): void {
  const { marker, entries, listed } = found;
  const last = facts.recalled.at(-1);
  if (last !== undefined && isSameText(last, { at, agent, channel, marker })) {
    facts.recalled[facts.recalled.length - 1] = {
      ...last,
      ...lists([...last.entries, ...entries], [...(last.listed ?? []), ...listed]),
    };
    return;
  }
  if (facts.recalled.length >= LIMITS.recalled) return;
  facts.recalled.push({ at, channel, ...(agent === undefined ? {} : { agent }), marker, ...lists(entries, listed) });
}

function lists(entries: readonly string[], listed: readonly string[]): Pick<Recalled, 'entries' | 'listed'> {
  const only = [...new Set(listed)];
  return { entries: [...new Set(entries)], ...(only.length === 0 ? {} : { listed: only }) };
}

function isSameText(
  last: Recalled,
  next: {
    readonly at: string;
    readonly agent: string | undefined;
    readonly channel: RecallChannel;
    readonly marker: string;
  },
): boolean {
  if (last.marker !== next.marker || last.channel !== next.channel || last.agent !== next.agent) return false;
  const apart = Math.abs(Date.parse(next.at) - Date.parse(last.at));
  return Number.isNaN(apart) ? last.at === next.at : apart <= TOGETHER_MS;
}

import { isJsonObject, textOf, type JsonObject } from './json';
import { withoutPrivateParts } from './privateMarks';

const MOST_FIELDS = 40;
/** Tools whose "rejection" is part of a dialogue: a plan taken elsewhere, a question to be clarified. */
const DIALOGUES: ReadonlySet<string> = new Set(['ExitPlanMode', 'AskUserQuestion', 'EnterPlanMode']);
const REFUSAL = /^(?:Error: )?The user doesn['’]t want to (?:proceed with this tool use|take this action)/u;
const REASON = /(?:the user said:|following reason for the rejection:)\s{0,4}/u;
const REASON_END = '\n\nNote: The user';
const CLARIFY = 'The user wants to clarify these questions';
const EXIT_CODE = /^(?:Error: )?Exit code (\d{1,5})\b/u;
const ERROR_TAG = '<tool_use_error>';

/** JSON.parse gave it, so it is no function and no undefined. */
function asJson(value: unknown): string {
  return JSON.stringify(value);
}

/** The fields of a tool's input as text: strings as they are, everything else as JSON. */
export function inputTexts(input: unknown): Readonly<Record<string, string>> {
  if (!isJsonObject(input)) return typeof input === 'string' ? { input } : {};
  const fields = Object.entries(input).slice(0, MOST_FIELDS);
  return Object.fromEntries(fields.map(([name, value]) => [name, typeof value === 'string' ? value : asJson(value)]));
}

function blockText(block: unknown): string {
  if (typeof block === 'string') return block;
  if (!isJsonObject(block)) return '';
  const kind = textOf(block, 'type') ?? 'unknown';
  if (kind === 'text') return textOf(block, 'text') ?? '';
  if (kind === 'tool_reference') return textOf(block, 'tool_name') ?? '[tool]';
  return `[${kind.slice(0, 40)}]`;
}

/** The text of a tool result; pictures and the like become `[image]`. */
export function resultText(block: JsonObject): string {
  const content = block['content'];
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(blockText).join('\n');
  return textOf(block, 'text') ?? '';
}

function refusalReason(text: string): string {
  const match = REASON.exec(text);
  if (match === null) return '';
  const reason = text.slice(match.index + match[0].length);
  const end = reason.indexOf(REASON_END);
  return withoutPrivateParts((end === -1 ? reason : reason.slice(0, end)).trim());
}

function isRefusal(record: JsonObject, text: string): boolean {
  if (record['toolDenialKind'] !== undefined) return record['toolDenialKind'] === 'user-rejected';
  return record['toolUseResult'] === 'User rejected tool use' || REFUSAL.test(text);
}

/** How a tool call ended. */
export interface ResultFacts {
  readonly ok: boolean;
  readonly exitCode?: number;
  readonly denied?: { readonly reason: string };
}

function refused(tool: string | undefined, text: string): ResultFacts {
  const reason = refusalReason(text);
  const dialogue = tool !== undefined && DIALOGUES.has(tool);
  if (dialogue && (reason === '' || reason.startsWith(CLARIFY))) return { ok: true };
  return { ok: false, denied: { reason } };
}

/** Reads from a result line how the call ended; `tool` is the tool's name where the call was seen. */
export function resultFacts(
  record: JsonObject,
  block: JsonObject,
  text: string,
  tool: string | undefined,
): ResultFacts {
  const failed = block['is_error'] === true || text.startsWith(ERROR_TAG);
  if (failed && isRefusal(record, text)) return refused(tool, text);
  const code = EXIT_CODE.exec(text)?.[1];
  if (failed) return { ok: false, ...(code === undefined ? {} : { exitCode: Number(code) }) };
  return { ok: true };
}

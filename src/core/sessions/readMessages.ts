import type { Draft } from './draft';
import { noteUsage } from './facts';
import { objectOf, objectsOf, textOf, type JsonObject } from './json';
import { entryBase, machineEntry, type LogLine, type LogSource, type SessionContext } from './logLine';
import type { PromptQueue } from './promptQueue';
import { withoutPrivateParts } from './privateMarks';
import { readUserTexts, textBlocks, wholeText } from './promptText';
import { speakerByFields, speakerByPrefix, type Speaker } from './speaker';
import { inputTexts, resultFacts, resultText } from './toolTraces';

const PLACEHOLDERS: ReadonlySet<string> = new Set(['(no content)', 'No response requested.']);

function readResults(context: SessionContext, line: LogLine): Draft[] {
  const drafts: Draft[] = [];
  for (const block of objectsOf(objectOf(line.record, 'message'), 'content')) {
    if (block['type'] !== 'tool_result') continue;
    const callId = textOf(block, 'tool_use_id') ?? '';
    const text = resultText(block);
    const facts = resultFacts(line.record, block, text, context.tools.get(callId));
    drafts.push({ ...entryBase(line, drafts.length), kind: 'result', callId, ...facts, text });
  }
  return drafts;
}

function agentTexts(line: LogLine, content: unknown, speaker: Speaker, from: number): readonly Draft[] {
  return textBlocks(content).map((text, index) =>
    machineEntry(line, from + index, speakerByPrefix(text) ?? speaker, withoutPrivateParts(text)),
  );
}

function isKnown(queue: PromptQueue, whole: string, besideResults: boolean): boolean {
  return besideResults ? queue.isAttached(whole) : queue.isDelivered(whole);
}

/** Entries of a `user` line: results of calls, what a person typed, and what machines said in their place. */
export function readUser(context: SessionContext, source: LogSource, line: LogLine): readonly Draft[] {
  const drafts = readResults(context, line);
  const content = objectOf(line.record, 'message')?.['content'];
  const speaker = source.kind === 'agent' ? 'agent-task' : speakerByFields(line.record);
  if (speaker !== undefined) return [...drafts, ...agentTexts(line, content, speaker, drafts.length)];
  const texts = readUserTexts(content);
  const besideResults = drafts.length > 0;
  if (texts.human.length > 0 && !isKnown(source.queue, wholeText(texts.human), besideResults)) {
    drafts.push({ ...entryBase(line, drafts.length), kind: 'prompt', parts: texts.human });
  }
  for (const said of texts.machine) drafts.push(machineEntry(line, drafts.length, said.speaker, said.text));
  return drafts;
}

function noteMessage(context: SessionContext, source: LogSource, line: LogLine, message: JsonObject): void {
  const model = textOf(message, 'model');
  if (source.kind === 'session' && line.agent === undefined && model !== undefined && model !== '<synthetic>') {
    context.facts.model = model;
  }
  const usage = objectOf(message, 'usage');
  const id = textOf(message, 'id');
  if (usage !== undefined && id !== undefined) noteUsage(context.facts, id, usage);
}

function readCall(context: SessionContext, line: LogLine, block: JsonObject, part: number): Draft {
  const callId = textOf(block, 'id') ?? '';
  const tool = (textOf(block, 'name') ?? 'unknown').slice(0, 200);
  context.tools.set(callId, tool);
  context.sidechains.started(objectOf(block, 'input'));
  return { ...entryBase(line, part), kind: 'call', callId, tool, input: inputTexts(block['input']) };
}

function readBlock(context: SessionContext, line: LogLine, block: JsonObject, part: number): Draft | undefined {
  const type = textOf(block, 'type');
  if (type === 'tool_use' || type === 'server_tool_use') return readCall(context, line, block, part);
  const text = type === 'text' ? (textOf(block, 'text') ?? '') : '';
  if (text.trim() === '' || PLACEHOLDERS.has(text.trim())) return undefined;
  if (line.record['isApiErrorMessage'] === true) return machineEntry(line, part, 'api-error', text);
  const messageId = textOf(objectOf(line.record, 'message'), 'id');
  return { ...entryBase(line, part), kind: 'assistant', text, ...(messageId === undefined ? {} : { messageId }) };
}

/** Entries of an `assistant` line: text and tool calls; thinking is left out. */
export function readAssistant(context: SessionContext, source: LogSource, line: LogLine): readonly Draft[] {
  const message = objectOf(line.record, 'message') ?? {};
  noteMessage(context, source, line, message);
  const content = message['content'];
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : objectsOf(message, 'content');
  const drafts: Draft[] = [];
  for (const block of blocks) {
    const draft = readBlock(context, line, block, drafts.length);
    if (draft !== undefined) drafts.push(draft);
  }
  return drafts;
}

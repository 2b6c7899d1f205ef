import type { Draft } from './draft';
import { noteLoadedMemories, noteTitle } from './facts';
import { objectOf, textOf, type JsonObject } from './json';
import { entryBase, machineEntry, type LogLine, type LogSource, type SessionContext } from './logLine';
import { withoutPrivateParts } from './privateMarks';
import { isRecallCommand, RECALLED, shortRecalledText } from '../recall/recalledText';
import { noteHookText, noteInstructionText } from './recalledMemory';
import { readUserTexts, textBlocks, wholeText } from './promptText';
import { speakerByPrefix } from './speaker';

/** Entries of a `queue-operation` line: a prompt as it is queued; the rest only moves the queue. */
export function readQueueOperation(source: LogSource, line: LogLine): Draft[] {
  const content = line.record['content'];
  const given = content === undefined ? undefined : readUserTexts(content);
  const text = given && given.human.length > 0 ? wholeText(given.human) : undefined;
  const isCommand = text?.trimStart().startsWith('/') === true && !text.includes('\n');
  switch (textOf(line.record, 'operation')) {
    case 'enqueue':
      source.queue.enqueue(isCommand ? undefined : text);
      if (given === undefined || text === undefined) return [];
      if (isCommand) return [machineEntry(line, 0, 'command', text)];
      return [{ ...entryBase(line, 0), kind: 'prompt', parts: given.human, queued: true }];
    case 'dequeue':
      source.queue.dequeue(text);
      return [];
    case 'remove':
      source.queue.remove(text);
      return [];
    case 'popAll':
      source.queue.popAll();
      return [];
    default:
      return [];
  }
}

function readQueuedCommand(source: LogSource, line: LogLine, attachment: JsonObject): Draft[] {
  const origin = textOf(objectOf(attachment, 'origin'), 'kind');
  const texts = readUserTexts(attachment['prompt']);
  const isHuman = (origin === undefined || origin === 'human') && attachment['commandMode'] !== 'task-notification';
  if (!isHuman || texts.human.length === 0) {
    return textBlocks(attachment['prompt']).map((text, part) =>
      machineEntry(line, part, speakerByPrefix(text) ?? origin ?? 'notification', withoutPrivateParts(text)),
    );
  }
  if (source.queue.isAttached(wholeText(texts.human))) return [];
  return [{ ...entryBase(line, 0), kind: 'prompt', parts: texts.human, queued: true }];
}

/** What hooks printed, hook by hook where the client keeps them apart. */
function hookTexts(attachment: JsonObject): readonly string[] {
  const content = attachment['content'];
  if (typeof content === 'string' && content !== '') return [content];
  if (Array.isArray(content)) return content.filter((text) => typeof text === 'string');
  return [textOf(attachment, 'stderr') ?? textOf(attachment, 'blockingError') ?? ''];
}

/** What recall printed is noted and cut; what others printed beside it stays as it is. */
function readHook(context: SessionContext, line: LogLine, attachment: JsonObject): Draft[] {
  const texts = hookTexts(attachment);
  const ours = texts.filter((text) => noteHookText(context.facts, line, text));
  const others = texts.filter((text) => !ours.includes(text)).join('\n');
  const drafts = ours.length === 0 ? [] : [machineEntry(line, 0, RECALLED, shortRecalledText(ours.join('\n')))];
  return others.trim() === '' ? drafts : [...drafts, machineEntry(line, drafts.length, 'hook', others)];
}

const MOST_COMMAND = 300;

/** What a hook said as it failed, and which one it was where its own words do not tell. */
function readHookError(line: LogLine, attachment: JsonObject): Draft[] {
  const said = hookTexts(attachment).join('\n');
  const text = said.trim() === '' && attachment['timedOut'] === true ? 'timed out' : said;
  if (text.trim() === '') return [];
  const command = (textOf(attachment, 'command') ?? '').slice(0, MOST_COMMAND);
  const isTold = !isRecallCommand(command) || isRecallCommand(text);
  return [machineEntry(line, 0, 'hook-error', isTold ? text : `${text}\n${command}`)];
}

/** Entries of an `attachment` line: queued prompts and what hooks said; memory files are noted. */
export function readAttachment(context: SessionContext, source: LogSource, line: LogLine): Draft[] {
  const attachment = objectOf(line.record, 'attachment') ?? {};
  const type = textOf(attachment, 'type') ?? '';
  switch (type) {
    case 'instructions':
    case 'nested_memory':
      noteLoadedMemories(context.facts, attachment);
      noteInstructionText(context.facts, line, attachment);
      return [];
    case 'queued_command':
      return readQueuedCommand(source, line, attachment);
    case 'hook_success':
    case 'hook_additional_context':
      return readHook(context, line, attachment);
    case 'hook_blocking_error':
    case 'hook_non_blocking_error':
    case 'hook_cancelled':
      return readHookError(line, attachment);
    default:
      return [];
  }
}

/** Entries of a `system` line: compactions, errors of the API, output of local commands. */
export function readSystem(line: LogLine): Draft[] {
  const subtype = textOf(line.record, 'subtype') ?? 'system';
  const content = textOf(line.record, 'content') ?? '';
  switch (subtype) {
    case 'compact_boundary': {
      const trigger = textOf(objectOf(line.record, 'compactMetadata'), 'trigger') ?? 'unknown';
      return [{ ...entryBase(line, 0), kind: 'compaction', trigger: trigger.slice(0, 40) }];
    }
    case 'api_error':
    case 'error': {
      const error = objectOf(line.record, 'error');
      return [machineEntry(line, 0, 'api-error', textOf(error, 'formatted') ?? textOf(error, 'message') ?? content)];
    }
    case 'local_command':
    case 'system':
    case 'informational':
      return content.trim() === ''
        ? []
        : [machineEntry(line, 0, subtype.replace('_', '-'), withoutPrivateParts(content))];
    default:
      return [];
  }
}

/** Entries of every other line; titles are noted. */
export function readSideRecord(context: SessionContext, source: LogSource, line: LogLine): Draft[] {
  const { record } = line;
  const { facts } = context;
  switch (textOf(record, 'type')) {
    case 'custom-title':
      noteTitle(facts, textOf(record, 'customTitle') ?? textOf(record, 'title'), 'custom');
      return [];
    case 'ai-title':
      noteTitle(facts, textOf(record, 'aiTitle') ?? textOf(record, 'title'), 'ai');
      return [];
    case 'summary':
      if (source.recentLines.includes(textOf(record, 'leafUuid') ?? ''))
        noteTitle(facts, textOf(record, 'summary'), 'summary');
      return [];
    case 'pr-link': {
      const url = textOf(record, 'prUrl');
      return url === undefined ? [] : [machineEntry(line, 0, 'pull-request', url)];
    }
    default:
      return [];
  }
}

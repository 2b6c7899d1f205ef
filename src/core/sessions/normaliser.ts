import type { Draft } from './draft';
import { countLine, isoTimeOf, noteEnvelope } from './facts';
import { objectOf, textOf, type JsonObject } from './json';
import type { LogLine, LogSource, SessionContext } from './logLine';
import { textBlocks } from './promptText';
import { readAssistant, readUser } from './readMessages';
import { readAttachment, readQueueOperation, readSideRecord, readSystem } from './readSideLines';

const RECENT = 500;
/** Ids as clients make them; anything longer could be anything, a secret too. */
const UUID = /^(?:[0-9a-f-]{8,64}|[\w-]{1,16})$/iu;

function agentOf(context: SessionContext, source: LogSource, record: JsonObject): string | undefined {
  const firstText = record['type'] === 'user' ? textBlocks(objectOf(record, 'message')?.['content'])[0] : undefined;
  if (source.kind === 'agent') {
    source.agent ??= context.sidechains.agentOfTranscript(record, firstText);
    return source.agent ?? 'subagent';
  }
  return record['isSidechain'] === true ? context.sidechains.agentOfLine(record, firstText) : undefined;
}

/** The id of the line: its uuid; for queued prompts their time and text, which copies share; else its place and text. */
function idOf(context: SessionContext, record: JsonObject, number: number): string {
  const uuid = textOf(record, 'uuid');
  if (uuid !== undefined && UUID.test(uuid)) return uuid;
  const queued = record['type'] === 'queue-operation';
  const place = queued ? textOf(record, 'operation') : number;
  const content = JSON.stringify([place, record['timestamp'], record['content'], record['message'], record['prUrl']]);
  return `h${context.hasher.sha256(content).slice(0, 24)}`;
}

/** Copies share uuids and queued prompts; every other line without a uuid stands for itself. */
function isRepeated(context: SessionContext, record: JsonObject, id: string): boolean {
  const type = textOf(record, 'type') ?? '';
  const isQueued = type === 'queue-operation' && record['operation'] === 'enqueue';
  if (id !== record['uuid'] && !isQueued) return false;
  const sighting = context.seen.note(`${id} ${type} ${textOf(record, 'timestamp') ?? ''}`);
  if (typeof sighting === 'object') context.facts.forkedFrom ??= sighting.session;
  return sighting !== 'new';
}

/**
 * Turns one record of a log into entries, and notes in the context what it says about the session. Tolerant: what is
 * missing or of another type is skipped, unknown types are counted, nothing is thrown. Raw text: redact before writing.
 */
export function readRecord(
  context: SessionContext,
  source: LogSource,
  record: JsonObject,
  number: number,
): readonly Draft[] {
  countLine(context.facts, record);
  const type = textOf(record, 'type');
  if (type === 'progress' || type?.startsWith('api-request') === true) return [];
  const id = idOf(context, record, number);
  source.recentLines.push(id);
  if (source.recentLines.length > 2 * RECENT) source.recentLines.splice(0, RECENT);
  if (isRepeated(context, record, id)) return [];
  noteEnvelope(context.facts, record, source.kind === 'session');
  const agent = agentOf(context, source, record);
  if (agent !== undefined) context.facts.agents.add(agent);
  const line: LogLine = { record, id, at: isoTimeOf(record), agent };
  switch (type) {
    case 'user':
      return readUser(context, source, line);
    case 'assistant':
      return readAssistant(context, source, line);
    case 'queue-operation':
      return readQueueOperation(source, line);
    case 'attachment':
      return readAttachment(context, source, line);
    case 'system':
      return readSystem(line);
    default:
      return readSideRecord(context, source, line);
  }
}

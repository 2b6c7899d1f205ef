import type { ModelReply, ModelUsage } from '../../core/model/languageModel';
import { numberOf, objectOf, parseJsonObject, textOf, type JsonObject } from '../../core/sessions/json';
import { addUsage, explanationOf, NO_USAGE } from '../claude/replyOf';
import type { Trouble } from '../claude/troubleKinds';
import type { Exit } from './process';
import { isLoginTrouble, troubleOfEnd, troubleOfRetry, troubleOfStatus } from './trouble';

/** What became of a run: known before it has ended where it would only go on by itself. */
export type Verdict =
  | { readonly kind: 'reply'; readonly reply: ModelReply }
  | {
      readonly kind: 'trouble';
      readonly trouble: Trouble;
    };

/** Reads the lines of `--output-format stream-json --include-partial-messages`. Never throws on what stands in them. */
export interface Listener {
  /** What is clear with this line. Nothing the program does afterwards is of use. */
  hear(line: string): Verdict | undefined;
  /** What is to be made of a run that ended without having been clear. */
  end(exit: Exit): Verdict;
  /** What the requests of this run have cost so far. */
  usage(): ModelUsage;
  /** The model has begun to answer. */
  begun(): boolean;
}

/** Words of the program that stand for a request of its own kind, before what the server said. */
const PREFIX = /^(?:Failed to authenticate\. |Please run \/login · )?API Error: (?:\d{3} )?/u;
/** Tokens of a login are renewed once after a 401; only the second one is final. A key of the environment never changes. */
const LAST_LOGIN_TRY = 2;

export function createListener(secrets: readonly string[]): Listener {
  let model = '';
  let keySource = '';
  let done = NO_USAGE;
  let current = NO_USAGE;
  let begun = false;
  let stray = '';
  const clean = (text: string): string => secrets.reduce((rest, one) => rest.replaceAll(one, '[key]'), text);
  const usage = (): ModelUsage => addUsage(done, current);

  const hearSystem = (line: JsonObject): Verdict | undefined => {
    if (textOf(line, 'subtype') === 'init') {
      keySource = textOf(line, 'apiKeySource') ?? '';
      model = textOf(line, 'model') ?? '';
    }
    if (textOf(line, 'subtype') !== 'api_retry') return undefined;
    const status = statusOf(line, 'error_status');
    const renews = status === 401 && keySource !== 'ANTHROPIC_API_KEY' && numberOf(line, 'attempt') < LAST_LOGIN_TRY;
    if (renews) return undefined;
    return { kind: 'trouble', trouble: troubleOfRetry(status, numberOf(line, 'retry_delay_ms')) };
  };

  const hearStream = (event: JsonObject | undefined): Verdict | undefined => {
    switch (textOf(event, 'type')) {
      case 'message_start': {
        const message = objectOf(event, 'message');
        begun = true;
        model = textOf(message, 'model') ?? model;
        done = usage();
        current = usageIn(objectOf(message, 'usage'), NO_USAGE);
        return undefined;
      }
      case 'message_delta':
        current = usageIn(objectOf(event, 'usage'), current);
        return stopped(objectOf(event, 'delta'), usage(), model, clean);
      default:
        return undefined;
    }
  };

  const hearResult = (line: JsonObject): Verdict => {
    const said = clean(textOf(line, 'result') ?? '').replace(PREFIX, '');
    if (line['is_error'] === true) {
      const trouble = troubleOfStatus(statusOf(line, 'api_error_status'), said) ?? troubleOfEnd(said, false);
      return isUnstructured(line) ? unreadable() : { kind: 'trouble', trouble };
    }
    const value = line['structured_output'];
    return value === undefined
      ? unreadable()
      : { kind: 'reply', reply: { kind: 'answer', value, usage: usage(), model } };
  };

  const unreadable = (): Verdict => ({ kind: 'reply', reply: { kind: 'unreadable', usage: usage(), model } });

  return {
    usage,
    begun: () => begun,
    hear: (text) => {
      const line = parseJsonObject(text);
      if (line === undefined) stray ||= clean(text.trim());
      switch (textOf(line, 'type')) {
        case 'system':
          return line && hearSystem(line);
        case 'stream_event':
          return hearStream(objectOf(line, 'event'));
        case 'result':
          return line && hearResult(line);
        default:
          return undefined;
      }
    },
    end: ({ code, signal, complaint }) => {
      const said =
        clean(complaint.trim()) || stray || (code === 0 ? '' : `It ended with ${code ?? signal ?? 'nothing'}.`);
      return { kind: 'trouble', trouble: troubleOfEnd(said, signal !== null) };
    },
  };
}

/** The reply for a message that ended before its answer did: the program would go on by itself, and that costs. */
function stopped(
  delta: JsonObject | undefined,
  usage: ModelUsage,
  model: string,
  clean: (text: string) => string,
): Verdict | undefined {
  switch (textOf(delta, 'stop_reason')) {
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return { kind: 'reply', reply: { kind: 'truncated', usage, model } };
    case 'refusal': {
      const details = objectOf(delta, 'stop_details');
      const told = explanationOf({
        explanation: textOf(details, 'explanation') ?? null,
        category: textOf(details, 'category') ?? null,
      });
      const reason = clean(told).slice(0, 300) || 'It gave no reason.';
      return { kind: 'reply', reply: { kind: 'refused', reason, usage, model } };
    }
    default:
      return undefined;
  }
}

/** True where the model did not find into the schema, after the program's own rounds of repair. */
function isUnstructured(line: JsonObject): boolean {
  const subtype = textOf(line, 'subtype') ?? '';
  const said = textOf(line, 'result') ?? '';
  return subtype === 'error_max_structured_output_retries' && !isLoginTrouble(said);
}

function statusOf(line: JsonObject, field: string): number | undefined {
  const status = numberOf(line, field);
  return status === 0 ? undefined : status;
}

function usageIn(wire: JsonObject | undefined, before: ModelUsage): ModelUsage {
  const known = (field: string, usual: number): number =>
    typeof wire?.[field] === 'number' ? numberOf(wire, field) : usual;
  return {
    input: known('input_tokens', before.input),
    output: known('output_tokens', before.output),
    cacheRead: known('cache_read_input_tokens', before.cacheRead),
    cacheWrite: known('cache_creation_input_tokens', before.cacheWrite),
  };
}

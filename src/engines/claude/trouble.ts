import { APIConnectionError, APIError } from '@anthropic-ai/sdk/core/error';
import {
  BILLING,
  BUSY,
  BY_ANY_STATUS,
  FAILED,
  MAX_SAID,
  RATE_LIMITED,
  TOO_LARGE,
  type Trouble,
  type TroubleRule,
} from './troubleKinds';

const REFUSED: TroubleRule = ['model-failed', 'never', 'Anthropic refused the request.'];
const LIMITED: TroubleRule = ['model-busy', 'never', 'The spending or rate limit of the account is reached.'];
const KEY: TroubleRule = ['model-key', 'never', 'The API key is not accepted.'];
const FORBIDDEN: TroubleRule = ['model-forbidden', 'never', 'The API key may not use this model or feature.'];
const MISSING: TroubleRule = ['model-missing', 'never', 'There is no such model or feature.'];

const BY_STATUS: Readonly<Record<number, TroubleRule>> = {
  ...BY_ANY_STATUS,
  401: KEY,
  403: FORBIDDEN,
  404: MISSING,
  429: LIMITED,
};

/** Errors inside a stream have a type and no status. */
const BY_TYPE: Readonly<Record<string, TroubleRule>> = {
  authentication_error: KEY,
  billing_error: BILLING,
  permission_error: FORBIDDEN,
  not_found_error: MISSING,
  request_too_large: TOO_LARGE,
  rate_limit_error: BUSY,
  overloaded_error: BUSY,
  api_error: FAILED,
  timeout_error: FAILED,
};

/** What an error of a try means. The key stands in nothing of it, also where the server repeats it. */
export function troubleOf(error: unknown, apiKey: string, now: number): Trouble {
  if (isSaid(error)) return saidTrouble(error, apiKey, now);
  const why = error instanceof Error ? reasonOf(error) : '';
  return {
    code: 'model-unreachable',
    message: 'Anthropic could not be reached.',
    help: 'again',
    details: why === '' ? {} : { said: withoutKey(why, apiKey) },
  };
}

/** True where the server answered; a lost connection is an `APIError` of the SDK too. */
function isSaid(error: unknown): error is APIError {
  return error instanceof APIError && !(error instanceof APIConnectionError);
}

function saidTrouble(error: APIError, apiKey: string, now: number): Trouble {
  const { status, type, headers, requestID } = error;
  const said = withoutKey(error.apiMessage ?? '', apiKey);
  const details = {
    ...(said === '' ? {} : { said }),
    ...(status === undefined ? {} : { status }),
    ...(typeof requestID === 'string' ? { requestId: requestID.slice(0, MAX_SAID) } : {}),
  };
  const afterMs = retryAfter(headers, now);
  if (status === 429 && afterMs !== undefined) {
    const retryAfterS = Math.ceil(afterMs / 1000);
    return { code: 'model-busy', message: RATE_LIMITED, help: 'limit', afterMs, details: { ...details, retryAfterS } };
  }
  const [code, mayHelp, message] = ruleFor(status, type, said);
  const help = headers?.get('x-should-retry') === 'false' ? 'never' : mayHelp;
  return { code, help, message, details, ...(afterMs === undefined ? {} : { afterMs }) };
}

function ruleFor(status: number | undefined, type: string | null, said: string): TroubleRule {
  if (status === undefined) return (type === null ? undefined : BY_TYPE[type]) ?? REFUSED;
  if (status === 400 && /\bprompt is too long\b/i.test(said)) return TOO_LARGE;
  return BY_STATUS[status] ?? (status >= 500 ? FAILED : REFUSED);
}

/** Milliseconds until the server wants to hear from us again; undefined where it does not say, or says nonsense. */
function retryAfter(headers: Headers | undefined, now: number): number | undefined {
  const milliseconds = headers?.get('retry-after-ms');
  const text = headers?.get('retry-after');
  if (milliseconds && Number.isFinite(Number(milliseconds))) return Math.max(0, Number(milliseconds));
  if (!text) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** `connect ECONNREFUSED 127.0.0.1:1` says more than `Connection error.` */
function reasonOf(error: Error): string {
  const causes: string[] = [];
  for (let cause: unknown = error; cause instanceof Error && causes.length < 4; cause = cause.cause) {
    causes.push(cause.message);
  }
  return causes.at(-1) ?? '';
}

function withoutKey(text: string, apiKey: string): string {
  return text.replaceAll(apiKey, '[key]').slice(0, MAX_SAID);
}

import { AgentDreamsError, isAgentDreamsError, type ErrorCode } from '../../core/errors';
import { readJsonAnswer } from './jsonAnswer';

/** What a failure of the Language Model API means for the dream. */
export type LmFailure =
  | { readonly kind: 'refused'; readonly reason: string }
  | {
      readonly kind: 'error';
      readonly error: AgentDreamsError;
      /** What may help: another try soon, or one after the time that the provider named, in milliseconds. */
      readonly again?: 'soon' | 'later' | number;
    };

const LONGEST_SAID = 300;
const LONGEST_WAIT_S = 900;

/** The codes of `LanguageModelError` that say enough. Others come as `Unknown`, with words. */
const BY_CODE: Readonly<Record<string, ErrorCode>> = {
  NoPermissions: 'model-forbidden',
  Blocked: 'model-forbidden',
  NotFound: 'model-missing',
};

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'model-key',
  402: 'model-billing',
  403: 'model-forbidden',
  404: 'model-missing',
  408: 'model-unreachable',
  413: 'too-large',
  429: 'model-busy',
  529: 'model-busy',
};

/** What providers write where they name no status. The first that fits counts. */
const BY_WORDS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/too (?:long|large)|context (?:length|window)|exceeds? the limit|token limit/iu, 'too-large'],
  [/rate.?limit|too many requests|overloaded/iu, 'model-busy'],
  [/quota|billing|payment|credit|premium requests/iu, 'model-billing'],
  [/unauthori[sz]ed|not signed in|sign in|authenticat|api key|token expired/iu, 'model-key'],
  [/forbidden|not allowed|no permission/iu, 'model-forbidden'],
  [/not found|no such model/iu, 'model-missing'],
  [
    /network|offline|econn\w{0,20}|enotfound|etimedout|fetch failed|timed? ?out|socket|connection|terminated/iu,
    'model-unreachable',
  ],
];

const STATUS = /\b(?:failed|error|status|code)\b[^0-9]{0,20}\b([45]\d\d)\b/iu;
const WAIT = /(?:retry|try again|wait)[^0-9]{0,40}(\d{1,5}) ?(s|sec|seconds?|m|min|minutes?)\b/iu;
const REFUSAL = /filtered|content (?:filter|policy)|refus|responsible ai/iu;

/** What went wrong, as the port of language models names it. */
export function lmFailure(thrown: unknown): LmFailure {
  if (isAgentDreamsError(thrown)) {
    return { kind: 'error', error: thrown, ...(thrown.code === 'model-unreachable' ? { again: 'soon' } : {}) };
  }
  const words = wordsOf(thrown);
  const said = saidIn(words);
  const status = Number(STATUS.exec(words)?.[1] ?? 0);
  const code = codeOf(thrown) ?? meaningOf(words, status);
  if (code === undefined && REFUSAL.test(words)) return { kind: 'refused', reason: said.slice(0, LONGEST_SAID) };
  const meant = code ?? 'model-failed';
  const details = { engine: 'vscode-lm', said: said.slice(0, LONGEST_SAID) };
  const again = triesAgain(meant, status, words);
  return {
    kind: 'error',
    error: new AgentDreamsError(meant, `The language model: ${said}`, details, { cause: thrown }),
    ...(again === undefined ? {} : { again }),
  };
}

function meaningOf(words: string, status: number): ErrorCode | undefined {
  if (status === 400 && BY_WORDS[0]?.[0].test(words) === true) return 'too-large';
  if (status !== 0) return BY_STATUS[status] ?? 'model-failed';
  return BY_WORDS.find(([pattern]) => pattern.test(words))?.[1];
}

function triesAgain(code: ErrorCode, status: number, words: string): 'soon' | 'later' | number | undefined {
  if (code === 'model-unreachable' || status >= 500) return 'soon';
  if (code !== 'model-busy') return undefined;
  const [, count, unit] = WAIT.exec(words) ?? [];
  if (count === undefined) return /overloaded/iu.test(words) ? 'soon' : 'later';
  const seconds = Number(count) * (unit?.startsWith('m') === true ? 60 : 1);
  return seconds > LONGEST_WAIT_S ? undefined : seconds * 1_000;
}

function codeOf(thrown: unknown): ErrorCode | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' && Object.hasOwn(BY_CODE, thrown.code) ? BY_CODE[thrown.code] : undefined;
}

/** Its own words and those of its cause, which is where VS Code puts the provider's error. */
function wordsOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'it failed';
  const cause = thrown.cause instanceof Error ? thrown.cause : undefined;
  const name = ['Error', 'LanguageModelError'].includes(thrown.name) ? '' : `${thrown.name}: `;
  return `${name}${cause === undefined ? thrown.message : `${cause.name}: ${cause.message}`}`.slice(0, 4_000);
}

/** The message in the provider's JSON, where it hands that on; else all it wrote. */
function saidIn(words: string): string {
  const json = words.slice(words.indexOf('{'));
  const read = readJsonAnswer(json);
  if (read.kind !== 'object') return words;
  const { error, message } = read.value as {
    readonly error?: { readonly message?: unknown };
    readonly message?: unknown;
  };
  const found = error?.message ?? message;
  return typeof found === 'string' ? found : words;
}

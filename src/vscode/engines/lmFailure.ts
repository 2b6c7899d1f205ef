import { AgentDreamsError, isAgentDreamsError, type ErrorCode } from '../../core/errors';

/** What a failure of the Language Model API means for the dream. */
export type LmFailure =
  { readonly kind: 'refused'; readonly reason: string } | { readonly kind: 'error'; readonly error: AgentDreamsError };

const LONGEST_SAID = 300;

/** The codes of `LanguageModelError` that say enough. */
const BY_CODE: Readonly<Record<string, ErrorCode>> = {
  NoPermissions: 'model-forbidden',
  Blocked: 'model-forbidden',
  NotFound: 'model-missing',
};

/**
 * What providers write where the API has no code for it: it knows three, and hands everything else on as `Unknown`. The
 * first that fits counts.
 */
const BY_WORDS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/rate.?limit|too many requests|overloaded|\b(?:429|529|503)\b/iu, 'model-busy'],
  [/quota|billing|payment|credit|\b402\b/iu, 'model-billing'],
  [/unauthori[sz]ed|not signed in|sign in|authenticat|api key|token expired|\b401\b/iu, 'model-key'],
  [/forbidden|not allowed|no permission|\b403\b/iu, 'model-forbidden'],
  [/too (?:long|large)|context (?:length|window)|exceeds? the limit|token limit|\b413\b/iu, 'too-large'],
  [/not found|no such model|\b404\b/iu, 'model-missing'],
  [/network|offline|econn\w{0,20}|enotfound|etimedout|fetch failed|timed? ?out|socket/iu, 'model-unreachable'],
];

const REFUSAL = /filtered|content (?:filter|policy)|refus|responsible ai/iu;

/** What went wrong, as the port of language models names it. */
export function lmFailure(thrown: unknown): LmFailure {
  if (isAgentDreamsError(thrown)) return { kind: 'error', error: thrown };
  const said = wordsOf(thrown);
  const code = codeOf(thrown);
  if (code === undefined && REFUSAL.test(said)) return { kind: 'refused', reason: said.slice(0, LONGEST_SAID) };
  const meant = code ?? BY_WORDS.find(([pattern]) => pattern.test(said))?.[1] ?? 'model-failed';
  const details = { engine: 'vscode-lm', said: said.slice(0, LONGEST_SAID) };
  return {
    kind: 'error',
    error: new AgentDreamsError(meant, `The language model: ${said}`, details, { cause: thrown }),
  };
}

function codeOf(thrown: unknown): ErrorCode | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' && Object.hasOwn(BY_CODE, thrown.code) ? BY_CODE[thrown.code] : undefined;
}

/** Its own words and those of its cause, which is where VS Code puts the provider's error. */
function wordsOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'it failed';
  const cause = thrown.cause instanceof Error ? ` ${thrown.cause.name}: ${thrown.cause.message}` : '';
  const name = thrown.name === 'Error' ? '' : `${thrown.name}: `;
  return `${name}${thrown.message}${cause}`.slice(0, 2_000);
}

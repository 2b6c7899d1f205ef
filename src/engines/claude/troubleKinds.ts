import { AgentDreamsError, type ErrorCode } from '../../core/errors';

/** Characters of what the other side said that are shown. */
export const MAX_SAID = 300;

/** What went wrong with one try, and whether another one may help. */
export interface Trouble {
  readonly code: ErrorCode;
  readonly message: string;
  /** `again`: a little later; `limit`: after `afterMs`; `never`: it would only fail again. */
  readonly help: 'again' | 'limit' | 'never';
  /** When the server wants to hear from us again, where it says so. */
  readonly afterMs?: number;
  readonly details: Readonly<Record<string, string | number>>;
}

export type TroubleRule = readonly [code: ErrorCode, help: 'again' | 'never', message: string];

export const BUSY: TroubleRule = ['model-busy', 'again', 'Anthropic is overloaded.'];
export const FAILED: TroubleRule = ['model-failed', 'again', 'Anthropic failed.'];
export const BILLING: TroubleRule = ['model-billing', 'never', 'The account has no credit left.'];
export const TOO_LARGE: TroubleRule = ['too-large', 'never', 'The request is too large.'];
export const RATE_LIMITED = 'Anthropic limits the rate of requests.';

/** What a status means whoever asks; who may ask what is told in the words of each engine. */
export const BY_ANY_STATUS: Readonly<Record<number, TroubleRule>> = {
  402: BILLING,
  408: FAILED,
  409: FAILED,
  413: TOO_LARGE,
  503: BUSY,
  529: BUSY,
};

/** The error of the port for a trouble that could not be helped. */
export function toError(
  { code, message, details }: Trouble,
  spent: Readonly<Record<string, number>> = {},
): AgentDreamsError {
  return new AgentDreamsError(code, message, { ...details, ...spent });
}

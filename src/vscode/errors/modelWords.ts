import type { AgentDreamsError, ErrorCode } from '../../core/errors';
import { dollars } from '../engines/money';
import type { Translate } from '../translate';
import type { WayOut } from './describeError';

/**
 * What a model engine's failure means for the person, and what helps. Undefined for other failures. What the provider
 * said itself stands behind it, since only that names the account's own trouble.
 */
export function modelMessage(error: AgentDreamsError, t: Translate): string | undefined {
  const { estimatedUsd, capUsd } = error.details;
  if (typeof estimatedUsd === 'number' && typeof capUsd === 'number') {
    return t(
      'The dream did not start: it would cost about {0}, and your limit is {1}.',
      dollars(estimatedUsd, t),
      dollars(capUsd, t),
    );
  }
  const means = error.details['engine'] === 'claude-code' ? claudeCodeMeaning(error.code, t) : meaning(error.code, t);
  if (means === undefined) return undefined;
  const said = error.details['said'];
  return typeof said === 'string' && said !== '' ? t('{0} It said: {1}', means, said.slice(0, 300)) : means;
}

/** What helps against it: another try where time or a click mends it, another engine or limit where it does not. */
export function modelWaysOut(code: ErrorCode): readonly WayOut[] {
  switch (code) {
    case 'model-key':
    case 'model-forbidden':
    case 'model-missing':
      return ['choose-engine', 'retry', 'show-log'];
    case 'over-budget':
      return ['retry', 'open-settings', 'show-log'];
    default:
      return ['retry', 'choose-engine', 'show-log'];
  }
}

function claudeCodeMeaning(code: ErrorCode, t: Translate): string | undefined {
  return code === 'model-key'
    ? t('Claude Code is not signed in. Run claude auth login in a terminal, then try again.')
    : meaning(code, t);
}

function meaning(code: ErrorCode, t: Translate): string | undefined {
  switch (code) {
    case 'model-key':
      return t('The engine has no key, or one that is not accepted. Run Choose Engine and enter it again.');
    case 'model-billing':
      return t('The account has no credit left. Add some, then dream again: what was read so far is kept.');
    case 'model-forbidden':
      return t('This key may not use that model or feature. Choose another one with Choose Engine.');
    case 'model-missing':
      return t('That model, program or feature is not there. Check the engine with Choose Engine.');
    case 'model-busy':
      return t('The engine is overloaded or rate limited. Dream again later: what was read so far is kept.');
    case 'model-unreachable':
      return t('The engine could not be reached. Check the network, then dream again: what was read so far is kept.');
    case 'model-failed':
      return t('The engine failed. Dream again: what was read so far is kept.');
    case 'over-budget':
      return t('The dream stopped at your cost limit. Raise it in the settings, or dream over fewer sessions.');
    default:
      return undefined;
  }
}

import type { EngineName } from '../../core/dream/dream';
import type { Translate } from '../translate';
import { needsKey } from './engineCatalog';

/** What was found out about this machine, without a call over the network. */
export interface Surroundings {
  /** Where a key of the Claude API comes from, if there is one. */
  readonly key: 'stored' | 'environment' | undefined;
  /** `ANTHROPIC_API_KEY` is set, whether the user lets it be used or not. */
  readonly keyInEnvironment: boolean;
  /** False: an address was written that cannot be used. */
  readonly addressUsable: boolean;
  /** The program `claude`, if it was found. */
  readonly program: string | undefined;
  /** An installed extension says that it offers language models. */
  readonly offersModels: boolean;
}

/** Whether a dream with an engine can start, as far as one can tell without asking anybody. */
export type Readiness =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'missing';
      readonly what: 'key' | 'address' | 'program' | 'models';
      readonly hint?: 'environment';
    };

/** Whether a dream with this engine can start. */
export function readinessOf(engine: EngineName, found: Surroundings): Readiness {
  if (needsKey(engine)) {
    if (!found.addressUsable) return { kind: 'missing', what: 'address' };
    if (found.key !== undefined) return { kind: 'ready' };
    return { kind: 'missing', what: 'key', ...(found.keyInEnvironment ? { hint: 'environment' as const } : {}) };
  }
  if (engine === 'claude-code' && found.program === undefined) return { kind: 'missing', what: 'program' };
  if (engine === 'vscode-lm' && !found.offersModels) return { kind: 'missing', what: 'models' };
  return { kind: 'ready' };
}

/** A few words for a list. */
export function readinessWords(readiness: Readiness, t: Translate): string {
  if (readiness.kind === 'ready') return t('ready');
  switch (readiness.what) {
    case 'key':
      return readiness.hint === undefined ? t('no key yet') : t('no key yet, one is in the environment');
    case 'address':
      return t('its address cannot be used');
    case 'program':
      return t('claude was not found');
    case 'models':
      return t('no extension offers models');
  }
}

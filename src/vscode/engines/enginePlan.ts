import type { EngineName } from '../../core/dream/dream';
import type { SettingsSnapshot } from '../config/parseSettings';
import type { Translate } from '../translate';
import { engineLabel, engineOf } from './engineCatalog';
import { dollars } from './money';

/** What a dream that the user starts may cost where they named no limit, in US dollars. It is shown before it starts. */
export const DEFAULT_LIMIT_USD = 1;

/** With what a dream runs. */
export type EnginePlan =
  | { readonly kind: 'offline'; readonly instead?: Instead }
  | {
      readonly kind: 'model';
      readonly engine: Exclude<EngineName, 'offline'>;
      /** US dollars. */
      readonly limitUsd: number;
    };

/** Why a scheduled dream is offline though an engine was chosen. */
export interface Instead {
  readonly engine: EngineName;
  readonly because: 'no-limit' | 'not-by-itself';
}

/** Engines that may run without a person: others ask for consent, use up a plan, or upload a whole store. */
const BY_THEMSELVES: readonly EngineName[] = ['claude', 'claude-batch'];

/**
 * What runs a dream. A scheduled one runs over a model only if the user chose both the engine and the limit; else it
 * runs offline, as if nothing had been chosen.
 */
export function planDream(
  { engine: choice, dream }: Pick<SettingsSnapshot, 'engine' | 'dream'>,
  trigger: 'command' | 'schedule' | 'cli',
): EnginePlan {
  const engine = engineOf(choice);
  if (engine === 'offline') return { kind: 'offline' };
  const { maxCostUsd } = dream;
  if (trigger === 'command') return { kind: 'model', engine, limitUsd: maxCostUsd ?? DEFAULT_LIMIT_USD };
  if (!BY_THEMSELVES.includes(engine)) return { kind: 'offline', instead: { engine, because: 'not-by-itself' } };
  if (maxCostUsd === null) return { kind: 'offline', instead: { engine, because: 'no-limit' } };
  return { kind: 'model', engine, limitUsd: maxCostUsd };
}

/** Why a scheduled dream was offline, for the line about the last one; '' where that is what the user chose. */
export function insteadWords(plan: EnginePlan, t: Translate): string {
  if (plan.kind === 'model' || plan.instead === undefined) return '';
  const label = engineLabel(plan.instead.engine, t);
  return plan.instead.because === 'no-limit'
    ? t('It ran offline: {0} dreams on a schedule only below a cost limit that you set.', label)
    : t('It ran offline: {0} only dreams when you start it.', label);
}

/** What a scheduled dream does and costs, for whoever is about to have some. */
export function scheduleWords(plan: EnginePlan, t: Translate): string {
  return plan.kind === 'offline'
    ? t('It runs offline, costs nothing and only proposes.')
    : t(
        'It uses {0}, costs at most {1} each time, and only proposes.',
        engineLabel(plan.engine, t),
        dollars(plan.limitUsd, t),
      );
}

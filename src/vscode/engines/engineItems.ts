import type { EngineName } from '../../core/dream/dream';
import type { EngineChoice } from '../config/engineSettings';
import type { Translate } from '../translate';
import { engineFacts, engineOf, ENGINES, type EngineFacts } from './engineCatalog';
import { readinessOf, readinessWords, type Surroundings } from './readiness';

/** A row of Choose Engine. */
export interface EngineItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly engine: EngineName;
}

/** What is shown of every engine: what it needs, costs and sends; whether it is ready, and which one dreams now. */
export function engineItems(
  choice: EngineChoice,
  found: Surroundings,
  address: string,
  t: Translate,
): readonly EngineItem[] {
  const current = engineOf(choice);
  return ENGINES.map((engine) => {
    const facts = engineFacts(engine, address, t);
    const words = readinessWords(readinessOf(engine, found), t);
    return {
      label: facts.label,
      description: engine === current ? t('current, {0}', words) : words,
      detail: [facts.needs, facts.costs, facts.sends].map(({ short }) => short).join(' · '),
      engine,
    };
  });
}

/** What a person agrees to when an engine is chosen. */
export function consentText({ needs, costs, sends }: EngineFacts, t: Translate): string {
  return [
    `${t('What it needs')}\n${needs.whole}`,
    `${t('What it costs')}\n${costs.whole}`,
    `${t('What it sends')}\n${sends.whole}`,
  ].join('\n\n');
}

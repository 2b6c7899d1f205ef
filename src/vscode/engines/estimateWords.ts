import type { EngineName } from '../../core/dream/dream';
import type { DreamEstimate } from '../../core/model/estimate';
import type { Translate } from '../translate';
import { engineFacts, isPrepaid } from './engineCatalog';
import { dollars, grouped, roundTokens } from './money';

/** What is known of a model dream before it starts. */
export interface DreamForecast {
  readonly engine: EngineName;
  readonly folder: string;
  readonly estimate: DreamEstimate;
  /** Something was sent to the provider to be counted. */
  readonly counted: boolean;
  readonly limitUsd: number;
  /** Ids of the models that read and consolidate; '' where the engine does not tell. */
  readonly models: { readonly extract: string; readonly consolidate: string };
  /** Of the Claude API, '' for the default one. */
  readonly address: string;
}

/** What is asked before a model dream. */
export interface EstimateQuestion {
  readonly message: string;
  readonly detail: string;
  /** False: it would not get through below the limit, and is not started. */
  readonly fits: boolean;
}

/** The question of a modal dialog: what a dream reads, costs and sends. */
export function estimateQuestion(forecast: DreamForecast, t: Translate): EstimateQuestion {
  const { engine, estimate, limitUsd, address } = forecast;
  const facts = engineFacts(engine, address, t);
  const fits = estimate.usd <= limitUsd;
  const message = fits
    ? t('Dream over {0} with {1}?', forecast.folder, facts.label)
    : t('This dream would cost about {0}, and your limit is {1}.', dollars(estimate.usd, t), dollars(limitUsd, t));
  const parts = [
    `${t('What it reads')}\n${workWords(forecast, t)}`,
    `${t('What it costs')}\n${costWords(forecast, t)}`,
    `${t('What it sends')}\n${facts.sends.whole} ${sentSoFar(forecast, t)}`,
  ];
  return { message, detail: parts.join('\n\n'), fits };
}

function workWords({ estimate, models }: DreamForecast, t: Translate): string {
  const { sessions, known, requests, inputTokens, outputTokens, exact } = estimate;
  const counted = exact
    ? t('{0} tokens in (counted by the provider)', grouped(inputTokens))
    : t('about {0} tokens in', roundTokens(inputTokens));
  const work = t(
    '{0}, {1}, {2} and about {3} out.',
    sessions === 1 ? t('1 session') : t('{0} sessions', grouped(sessions)),
    requests === 1 ? t('1 request') : t('{0} requests', grouped(requests)),
    counted,
    roundTokens(outputTokens),
  );
  const kept = known === 0 ? work : `${work} ${knownWords(known, t)}`;
  if (models.extract === '' || models.consolidate === '') return kept;
  const who =
    models.extract === models.consolidate
      ? t('{0} reads and consolidates.', models.extract)
      : t('{0} reads, {1} consolidates.', models.extract, models.consolidate);
  return `${kept} ${who}`;
}

function knownWords(known: number, t: Translate): string {
  return known === 1
    ? t('1 more is known from an earlier dream, and is not sent again.')
    : t('{0} more are known from an earlier dream, and are not sent again.', known);
}

function sentSoFar({ counted }: DreamForecast, t: Translate): string {
  return counted
    ? t('For this estimate it was sent to be counted, free of charge.')
    : t('For this estimate nothing was sent.');
}

function costWords({ engine, estimate, limitUsd }: DreamForecast, t: Translate): string {
  if (isPrepaid(engine)) {
    return engine === 'claude-code'
      ? t(
          'It counts against the limits of your Claude plan, or is billed to the account that claude is signed in to. A limit in dollars does not hold it back.',
        )
      : t(
          'It counts against your quota with the extension that offers the model. A limit in dollars does not hold it back.',
        );
  }
  if (engine === 'managed') {
    return t(
      'Rough estimate: {0}; the provider tells no price before. Limit: {1}; a dream that passes it is stopped, and what it made is deleted.',
      dollars(estimate.usd, t),
      dollars(limitUsd, t),
    );
  }
  return t(
    'Estimate: {0}. Limit: {1}; the dream stops before the request that could pass it, and keeps what it found.',
    dollars(estimate.usd, t),
    dollars(limitUsd, t),
  );
}

/** What a typed limit is: an amount in US dollars, or undefined if it is none. */
export function parseLimit(text: string, maxUsd: number): number | undefined {
  const typed = text.trim().replace(/^\$\s?/u, '');
  if (!/^\d{1,6}(?:\.\d{1,4})?$/u.test(typed)) return undefined;
  const usd = Number(typed);
  return usd <= maxUsd ? usd : undefined;
}

/** How an engine's cost ended, behind the sentence about a dream's outcome; '' where nothing was spent. */
export function costOutcome(
  { costUsd, estimatedUsd }: { readonly costUsd: number; readonly estimatedUsd?: number },
  t: Translate,
): string {
  if (costUsd === 0) return '';
  return estimatedUsd === undefined
    ? t('It cost {0}.', dollars(costUsd, t))
    : t('It cost {0}, {1} was estimated.', dollars(costUsd, t), dollars(estimatedUsd, t));
}

import * as vscode from 'vscode';
import { writeUserSetting } from '../config/configuration';
import { settingKeys } from '../ids';
import { askLimit } from './askLimit';
import { isPrepaid } from './engineCatalog';
import { estimateQuestion, type DreamForecast } from './estimateWords';
import type { ConfirmDream } from './prepareEngine';

type Answer = 'dream' | 'change-limit' | 'count';

/**
 * Shows what a model dream reads, costs and sends, and asks for it. Resolves to the limit in US dollars that holds for it,
 * undefined if the user does not want it. A changed limit is written to the user's settings.
 */
export const confirmDream: ConfirmDream = async (estimated, count) => {
  let forecast: DreamForecast = estimated;
  for (;;) {
    const answer = await ask(forecast);
    if (answer === 'dream') return forecast.limitUsd;
    if (answer === undefined) return undefined;
    const { limitUsd } = forecast;
    if (answer === 'count') forecast = { ...(await count()), limitUsd };
    else forecast = { ...forecast, limitUsd: await changeLimit(limitUsd) };
  }
};

async function ask(forecast: DreamForecast): Promise<Answer | undefined> {
  const { t } = vscode.l10n;
  const { message, detail, fits } = estimateQuestion(forecast, t);
  const ways: (vscode.MessageItem & { readonly answer: Answer })[] = [];
  if (fits) ways.push({ title: t('Dream'), answer: 'dream' });
  if (!isPrepaid(forecast.engine)) {
    ways.push({ title: t('Change Limit…'), answer: 'change-limit' });
    if (!forecast.counted && forecast.engine !== 'managed') ways.push({ title: t('Count Tokens'), answer: 'count' });
  }
  return (await vscode.window.showInformationMessage(message, { modal: true, detail }, ...ways))?.answer;
}

/** The limit from now on; the present one if the user did not name another. */
async function changeLimit(present: number): Promise<number> {
  const typed = await askLimit(present);
  if (typed === undefined || typed === present) return present;
  await writeUserSetting(settingKeys.dreamMaxCostUsd, typed);
  return typed;
}

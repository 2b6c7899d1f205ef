import * as vscode from 'vscode';
import { planDream, scheduleWords } from '../engines/enginePlan';
import { settingKeys } from '../ids';
import { writeUserSetting } from '../config/configuration';
import type { Shell } from '../shell';

const OFFERED = 'schedule.offered';

/** Offers the daily cadence, once in the life of the installation, after the first completed dream. */
export async function offerSchedule({ app, context }: Shell): Promise<void> {
  if (app.settings.current().schedule.cadence !== 'manual' || context.globalState.get(OFFERED) === true) return;
  await context.globalState.update(OFFERED, true);
  const words = scheduleWords(planDream(app.settings.current(), 'schedule'), vscode.l10n.t);
  const daily = vscode.l10n.t('Dream Daily');
  const picked = await vscode.window.showInformationMessage(
    `${vscode.l10n.t('Dream once a day from now on?')} ${words}`,
    daily,
    vscode.l10n.t('Not Now'),
  );
  if (picked === daily) {
    await writeUserSetting(settingKeys.scheduleCadence, 'daily');
  }
}

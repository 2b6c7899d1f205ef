import * as vscode from 'vscode';
import { formatTimeOfDay, parseTimeOfDay, WEEKDAYS, type Cadence, type Weekday } from '../../core/schedule/cadence';
import { planDream, scheduleWords } from '../engines/enginePlan';
import { settingKeys } from '../ids';
import type { Shell } from '../shell';
import { writeUserSetting } from '../config/configuration';

interface CadenceItem extends vscode.QuickPickItem {
  readonly cadence: Cadence;
}

async function pickCadence(current: Cadence, words: string): Promise<Cadence | undefined> {
  const { t } = vscode.l10n;
  const item = (cadence: Cadence, label: string, detail: string): CadenceItem => ({
    cadence,
    label,
    detail,
    ...(cadence === current ? { description: t('current') } : {}),
  });
  const items = [
    item('manual', t('Manual'), t('Only when you ask for one.')),
    item('hourly', t('Hourly'), t('Every hour.')),
    item('daily', t('Daily'), t('Every day at a time you choose.')),
    item('weekly', t('Weekly'), t('Once a week at a day and time you choose.')),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Change Schedule'),
    placeHolder: `${t('When should a dream run by itself?')} ${words}`,
  });
  return picked?.cadence;
}

/** Day names in the user's language; 2026-11-22 is a Sunday. */
function weekdayName(index: number): string {
  return new Intl.DateTimeFormat(vscode.env.language, { weekday: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2026, 10, 22 + index),
  );
}

async function pickWeekday(): Promise<Weekday | undefined> {
  const items = WEEKDAYS.map((weekday, index) => ({ label: weekdayName(index), weekday }));
  const [sunday, ...others] = items;
  const picked = await vscode.window.showQuickPick(sunday ? [...others, sunday] : items, {
    title: vscode.l10n.t('Change Schedule'),
    placeHolder: vscode.l10n.t('On which day?'),
  });
  return picked?.weekday;
}

async function askTime(current: string): Promise<string | undefined> {
  return await vscode.window.showInputBox({
    title: vscode.l10n.t('Change Schedule'),
    prompt: vscode.l10n.t('At what time? HH:MM on a 24-hour clock.'),
    value: current,
    validateInput: (text) =>
      parseTimeOfDay(text.trim()) ? undefined : vscode.l10n.t('Write a time as HH:MM, for example 09:00.'),
  });
}

/** Change Schedule…: cadence, then day and time where they matter. Nothing is written before the last answer. */
export async function changeSchedule(shell: Shell): Promise<void> {
  const settings = shell.app.settings.current();
  const plan = settings.schedule;
  const cadence = await pickCadence(plan.cadence, scheduleWords(planDream(settings, 'schedule'), vscode.l10n.t));
  if (cadence === undefined) return;
  const weekday = cadence === 'weekly' ? await pickWeekday() : plan.weekday;
  if (weekday === undefined) return;
  const timed = cadence === 'daily' || cadence === 'weekly';
  const time = timed ? await askTime(formatTimeOfDay(plan.timeOfDay)) : undefined;
  if (timed && time === undefined) return;
  if (time !== undefined) await writeUserSetting(settingKeys.scheduleTimeOfDay, time.trim());
  if (cadence === 'weekly') await writeUserSetting(settingKeys.scheduleWeekday, weekday);
  await writeUserSetting(settingKeys.scheduleCadence, cadence);
}

import path from 'node:path';
import * as vscode from 'vscode';
import { changeClaudeSetting, planClaudeSetting } from '../../node/doctor/claudeSetting';
import { claudeConfigDirs } from '../capture/claudeConfig';
import type { Shell } from '../shell';

const OFFERED = 'connect.retentionOffered';
const DAYS = 365;
const ENOUGH = 90;

/** Offers once to keep session logs for a year: Claude Code deletes them after 30 days by itself. */
export async function offerRetention({ context, previews }: Shell): Promise<void> {
  if (context.globalState.get(OFFERED) === true) return;
  const file = path.join(claudeConfigDirs()[0] ?? '', 'settings.json');
  const change = await planClaudeSetting(file, ['cleanupPeriodDays'], DAYS).catch(() => undefined);
  if (change === undefined || daysIn(change.before) >= ENOUGH) return;
  await context.globalState.update(OFFERED, true);
  const { t } = vscode.l10n;
  const show = t('Show Change');
  const message = t(
    'Claude Code deletes its session logs after {0} days. Keep them for a year?',
    daysIn(change.before),
  );
  if ((await vscode.window.showInformationMessage(message, show, t('Not Now'))) !== show) return;
  const said = await previews.confirm([change], {
    title: t('Settings of Claude Code'),
    message: t('Change {0} as the editor shows?', file),
    detail: t('It is your settings file of Claude Code, for all folders; nothing else in it changes.'),
    yes: t('Change'),
  });
  if (said) await changeClaudeSetting(change);
}

/** 30 where nothing is said. */
function daysIn(text: string | null): number {
  const said = /"cleanupPeriodDays"\s{0,20}:\s{0,20}(\d{1,9})/u.exec(text ?? '')?.[1];
  return said === undefined ? 30 : Number(said);
}

import path from 'node:path';
import { denyRules } from '../../core/recall/connect/denyRules';
import { hookGroups } from '../../core/recall/connect/hookCommands';
import type { ConnectChoice, Touched } from '../../core/recall/connect/record';
import {
  connectSettings,
  disconnectSettings,
  type SettingsRecord,
  type WantedSettings,
} from '../../core/recall/connect/settingsText';
import { recordsOf, settingsTarget, type Surroundings } from './connectionPlace';
import { draftOf, type Drafted } from './draft';

/** The settings file as it shall be. */
export async function settingsDraft(around: Surroundings, choice: ConnectChoice | undefined): Promise<Drafted> {
  const target = settingsTarget(around);
  const records = recordsOf(around, target);
  const wanted = choice && wantedSettings(around, choice);
  const wantsNothing = wanted === undefined || isNothing(wanted);
  return draftOf(around, target, {
    without: (text) => {
      const result = disconnectSettings(text, around.marks, records.map(settingsRecord));
      if (result.kind === 'refused') return { reason: result.reason };
      const madeByUs = records.some(({ before }) => before === null);
      return madeByUs && /^\uFEFF?\s{0,1000}(?:\{\s{0,1000}\}\s{0,1000})?$/u.test(result.text) ? null : result.text;
    },
    wanted: (base) => {
      if (wantsNothing) return { text: base };
      const result = connectSettings(base ?? '', wanted);
      return result.kind === 'refused' ? { reason: result.reason } : result;
    },
  });
}

export function settingsRecord({ inverse, deny = [], values = {} }: Touched): SettingsRecord {
  return { inverse, deny, values };
}

function isNothing({ groups, deny, values }: WantedSettings): boolean {
  return groups.length === 0 && deny.length === 0 && Object.keys(values).length === 0;
}

/** What of ours is to stand in the settings. */
export function wantedSettings({ context, place }: Surroundings, choice: ConnectChoice): WantedSettings {
  const { root, localRoot, stableCommand, agentTypes, hookFiles } = context;
  const platform = context.platform ?? (process.platform === 'win32' ? 'windows' : 'posix');
  const recallFolder = path.join(localRoot, '.local', 'recall');
  const prefix = place?.isPlain === true ? place.prefix : undefined;
  const hooks = { platform, recallFolder, prefix, stableCommand, root } as const;
  const all = hookGroups(hooks, { hookFiles, agentTypes, sessionEnd: choice.sessionEnd });
  return {
    groups: choice.channel === 'hooks' ? all : all.filter(({ event }) => event === 'SessionEnd'),
    deny: choice.denyLocal
      ? denyRules(path.join(localRoot, '.local'), { prefix: place?.prefix ?? '', inbox: choice.inbox })
      : [],
    values: choice.inbox ? { autoMemoryDirectory: path.join(localRoot, '.local', 'inbox') } : {},
  };
}

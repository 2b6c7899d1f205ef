import type { DoctorFacts } from '../../core/doctor/facts';
import type { CheckName } from '../../core/doctor/finding';
import { isAutoMemoryOn } from '../../core/doctor/autoMemory';
import { retentionOf } from '../../core/doctor/retention';
import { fileCount, memoryCount } from '../counts';
import type { Translate } from '../translate';

interface Words {
  readonly t: Translate;
  readonly time: (iso: string) => string;
}

type State = (facts: DoctorFacts, words: Words) => string | undefined;

/** What was seen by each check, as far as it says more than that nothing is wrong. */
const STATES: Readonly<Record<CheckName, State>> = {
  store: ({ store }, { t }) => (store.known ? memoryCount(store.value.memories, t) : undefined),
  connection: ({ connection }, { t }) => {
    if (!connection.known || connection.value.kind === 'none') return undefined;
    return connection.value.channel === 'hooks' ? t('by hooks') : t('by a rules file');
  },
  delivery: ({ delivery }, { t, time }) => {
    if (!delivery.known) return undefined;
    if (delivery.value.kind === 'waiting') return t('no session was captured since Connect');
    return delivery.value.kind === 'loaded' ? t('loaded ✓ {0}', time(delivery.value.at)) : undefined;
  },
  hooks: ({ hooks }, { t }) => {
    if (!hooks.known) return undefined;
    const slowest = Math.round(Math.max(0, ...hooks.value.map(({ ms }) => ms)));
    return t('{0} runs, the slowest took {1} ms', hooks.value.length, slowest);
  },
  hookSwitches: ({ settings }, { t }) => (settings.known ? fileCount(settings.value.length, t) : undefined),
  rendered: ({ recall }, { t }) => (recall.known ? t('{0} texts', recall.value.files.length) : undefined),
  stableCommand: ({ command }) => (command.known ? command.value.file : undefined),
  logging: ({ logging }, { t }) => {
    if (!logging.known) return undefined;
    const { logs, sessions } = logging.value;
    return t(
      '{0} logs, {1} of them captured; {2} sessions',
      logs.length,
      logs.filter(({ kept }) => kept).length,
      sessions.length,
    );
  },
  retention: ({ settings }, { t }) => (settings.known ? t('{0} days', retentionOf(settings.value).days) : undefined),
  index: ({ index, recall }, { t }) => {
    if (!index.known) return undefined;
    const { lines, bytes } = index.value;
    const used = recall.known
      ? t('; a session gets {0} of {1} tokens', recall.value.tokens, recall.value.maxTokens)
      : '';
    return t('{0} lines, {1} bytes', lines, bytes) + used;
  },
  schedule: ({ schedule }) => (schedule.known ? schedule.value.plan.cadence : undefined),
  waiting: () => undefined,
  unreadable: () => undefined,
  conflicts: ({ conflicts }, { t }) => {
    if (!conflicts.known) return undefined;
    const names = conflicts.value.files.map(({ path }) => path).join(', ');
    return names === '' ? t('there are none') : t('compared with {0}', names);
  },
  autoMemory: ({ autoMemory, settings }, { t }) => {
    if (!autoMemory.known) return undefined;
    const { variables, notes, directory } = autoMemory.value;
    const on = isAutoMemoryOn(settings.known ? settings.value : [], variables);
    return on ? t('on; {0} notes in {1}', notes.length, directory) : t('off');
  },
  secrets: ({ secrets }, { t }) => (secrets.known ? t('none in the memory and in the logs') : undefined),
  attached: ({ attached }, { t }) => (attached.known ? t('{0} stores', attached.value.length) : undefined),
};

/** What a check saw where nothing is wrong; '' where there is nothing to say. */
export function stateWords(check: CheckName, facts: DoctorFacts, words: Words): string {
  return STATES[check](facts, words) ?? '';
}

import type { Cause, Proof } from '../../core/recall/proof';
import type { MemoryUsage } from '../../core/recall/usage';
import type { Translate } from '../translate';

interface Words {
  readonly t: Translate;
  /** Writes a time of ISO 8601 as short as it can be told: today's without the day. */
  readonly time: (iso: string) => string;
}

/** Whether memory arrives, in a few words and in all of them. */
export interface ProofWords {
  readonly state: 'good' | 'bad' | 'open' | 'off';
  /** "loaded ✓ 14:02" */
  readonly short: string;
  /** Sentences; what to do comes last. */
  readonly detail: readonly string[];
}

export function proofWords(proof: Proof, { t, time }: Words): ProofWords {
  switch (proof.kind) {
    case 'not-connected':
      return {
        state: 'off',
        short: t('not connected'),
        detail: [t('No agent is told of this memory. Connect Claude Code to have each session start with it.')],
      };
    case 'nothing-to-load':
      return {
        state: 'open',
        short: t('nothing to load yet'),
        detail: [t('Claude Code is connected, and no memory is accepted yet that a session could get.')],
      };
    case 'waiting':
      return {
        state: 'open',
        short: t('waiting for a session'),
        detail: [t('Claude Code is connected. The next session that is captured shows whether memory arrives.')],
      };
    case 'loaded': {
      const when = time(proof.at);
      const loaded = t('The newest session got this memory at {0}: its log holds the mark {1}.', when, proof.marker);
      const since = t('It has changed since then; the next session gets it as it is now.');
      return { state: 'good', short: t('loaded ✓ {0}', when), detail: proof.stale ? [loaded, since] : [loaded] };
    }
    case 'not-loaded':
      return {
        state: 'bad',
        short: t('not loaded'),
        detail: [
          t('The newest session did not get this memory. What is likely, the likeliest first:'),
          ...(proof.likely.length === 0
            ? [t('Nothing that can be seen from here. Check Memory Setup looks further.')]
            : proof.likely.map((cause) => `• ${causeWords(cause, t)}`)),
        ],
      };
  }
}

export function causeWords(cause: Cause, t: Translate): string {
  switch (cause.kind) {
    case 'hook-error':
      return t('The hook failed: {0}', cause.text.trim().slice(0, 400));
    case 'connection':
      return t('The connection is not as Connect left it ({0}). Connect again.', cause.text);
    case 'hooks-disabled':
      return t('Hooks are switched off (disableAllHooks in the settings of Claude Code).');
    case 'managed-hooks-only':
      return t('Your organisation allows its own hooks only (allowManagedHooksOnly); connect by a rules file instead.');
    case 'trust-not-given':
      return t('Claude Code does not trust this folder yet: start it here in a terminal and accept its trust dialog.');
    case 'bare':
      return t('The session was started with --bare, which leaves out hooks and nearly everything else.');
    case 'safe-mode':
      return t('The session was started with --safe-mode, or with --setting-sources that leave out this folder.');
    case 'started-elsewhere':
      return t('The session was started in {0}, where the settings of this folder may not be read.', cause.cwd);
  }
}

/** What sessions did with a memory, as sentences; empty where no session knows it. */
export function usageWords(usage: MemoryUsage | undefined, { t, time }: Words): readonly string[] {
  if (usage === undefined) return [];
  const { loaded, listed, lastLoadedAt, read, cited, success, corrected } = usage;
  const words: string[] = [];
  if (loaded > 0) {
    const often = loaded === 1 ? t('Loaded in 1 session') : t('Loaded in {0} sessions', loaded);
    const last = lastLoadedAt === undefined ? '' : `, ${t('last {0}', time(lastLoadedAt))}`;
    words.push(`${often}${listed > 0 ? ` (${t('in {0} as a line of the index', listed)})` : ''}${last}.`);
  }
  if (read + cited > 0) words.push(t('Opened in {0}, named in {1}.', read, cited));
  if (success + corrected > 0) words.push(t('After that {0} went well, and you corrected {1}.', success, corrected));
  return words;
}

/** The same in as few words as a row has room for; '' where there is nothing to say. */
export function usageLabel(usage: MemoryUsage | undefined, t: Translate): string {
  if (usage === undefined) return '';
  const used = Math.max(usage.read, usage.cited);
  if (usage.corrected > usage.success) return t('corrected after use ×{0}', usage.corrected);
  return used === 0 ? '' : t('used ×{0}', used);
}

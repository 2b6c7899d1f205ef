import type { NoSkill, SkillOffer, SkillResult } from '../../core/skills/skillExport';
import { credentialWords } from '../secrets/credentialWords';
import { hiddenWords } from '../hidden/hiddenWords';
import { reviewCommands } from '../ids';
import { plainRow, plainWords } from '../plainWords';
import type { Translate } from '../translate';
import type { SkillArguments } from './skillUri';

/** One lens above the proposed skill. `command` is '' for a lens that only tells. */
export interface SkillLens {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly SkillArguments[];
  readonly tooltip?: string;
}

/** The lenses of a skill that is shown: accept, reject, and what has to be known before. */
export function skillLenses(offer: SkillOffer, target: SkillArguments, t: Translate): readonly SkillLens[] {
  const args = [target];
  if (offer.standing === 'same') return [{ title: t('Accepted'), command: '', arguments: [] }];
  const foreign = offer.standing === 'foreign';
  const warned = offer.asked.map(({ message }) => message);
  return [
    {
      title: foreign ? t('$(warning) Replace Skill…') : t('$(check) Accept Skill'),
      command: reviewCommands.acceptSkill,
      arguments: args,
      tooltip: t('Write {0}: the agent follows it from its next session on', offer.path),
    },
    { title: t('$(close) Reject'), command: reviewCommands.rejectSkill, arguments: args },
    ...(warned.length === 0
      ? []
      : [{ title: t('$(warning) Asks first'), command: '', arguments: [], tooltip: plainRow(warned.join('\n')) }]),
  ];
}

/** What a person is asked before a skill is written, in one modal. */
export function skillQuestion(offer: SkillOffer, t: Translate): { readonly message: string; readonly detail: string } {
  const reasons = offer.asked.map(({ message }) => `• ${message}`).join('\n');
  const all = t('Everybody who works in this folder with Claude Code gets it.');
  return { message: t('Write {0}?', offer.path), detail: plainRow(`${reasons}\n\n${all}`) };
}

/** Why there is no skill to show. */
export function noSkillWords(reason: NoSkill, path: string, t: Translate): string {
  const name = plainWords(path);
  switch (reason) {
    case 'not-accepted':
      return t('{0} is not an accepted memory. Accept or keep it first.', name);
    case 'not-team':
      return t('{0} is not a memory of everybody, and a skill in this folder would be.', name);
    case 'no-steps':
      return t('{0} has no numbered steps, so there is nothing for a skill to follow.', name);
    case 'runs-on-load':
      return t('{0} holds “!” before code. Claude Code would run that as soon as it loads the skill.', name);
    case 'substituted':
      return t('{0} holds a dollar name that Claude Code would replace when it loads the skill.', name);
  }
}

/** What a person is told where an export wrote nothing; undefined where it did. */
export function skillResultWords(result: SkillResult, t: Translate): string | undefined {
  switch (result.kind) {
    case 'done':
      return undefined;
    case 'nothing':
      return t('{0} says so already.', result.path);
    case 'conflict':
      return t('{0} changed since it was shown. Nothing was written; export the skill again.', plainWords(result.path));
    case 'refused':
      if (result.reason === 'hidden-text') return hiddenWords(result, t);
      if (result.reason === 'credential') return credentialWords(result, t);
      return t('{0} has to be confirmed. Nothing was written.', result.path);
  }
}

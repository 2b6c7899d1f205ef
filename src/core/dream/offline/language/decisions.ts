import { HYPOTHETICAL, SARCASM } from './englishStanding';
import { REASONS } from './reading';
import { splitReason } from './reasons';
import { isTaskLocal } from './english';

/** A choice with what it was made against. */
export type DecisionReading =
  | { readonly kind: 'decision'; readonly chosen: string; readonly refused: string; readonly reason?: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'none' };

interface Form {
  readonly pattern: RegExp;
  /** The alternative comes first: "switch from Y to X". */
  readonly turned?: boolean;
  /** Said of tasks as often as of choices: only a reason makes it one to keep. */
  readonly needsReason?: boolean;
}

const NONE: DecisionReading = { kind: 'none' };
const PICK = '(.{2,60}?)';
const OVER =
  '(?:,? (?:instead of|over|rather than|in place of|in preference to|and not|not|as opposed to) |,? against |\\s?\\((?:not|instead of|over) )';
const END = '(.{2,60}?)\\)?$';
const WE = "(?:let['’]?s|we(?:['’]ll|['’]re| will| are| should| can)?|i(?:['’]ll|['’]d| will| would)?(?: rather)?)";
const FORMS: readonly Form[] = [
  { pattern: new RegExp(`^${WE} (?:go(?:ing)?|stick(?:ing)?|stay(?:ing)?) with ${PICK}${OVER}${END}`, 'iu') },
  {
    pattern: new RegExp(
      `^(?:we|i|the team)(?:['’]ve| have| all)?(?: finally| now)? (?:decided|settled|agreed|standardi[sz]ed)(?: to (?:use|go with|stick with|keep|stay with|adopt)| on| for| in favou?r of| that we(?:['’]ll)? (?:use|keep)) ${PICK}${OVER}${END}`,
      'iu',
    ),
  },
  {
    pattern: new RegExp(`^(?:we|i) (?:chose|picked|opted for|went with|landed on|went for) ${PICK}${OVER}${END}`, 'iu'),
  },
  {
    pattern: new RegExp(
      `^(?:it['’]?s )?(?:decided|decision(?: made)?|final decision|settled|agreed)\\s?[:,–—-]\\s?(?:we (?:use|go with|keep) |use |go with )?${PICK}${OVER}${END}`,
      'iu',
    ),
  },
  { pattern: new RegExp(`^${PICK} it is(?: then)?${OVER}${END}`, 'iu') },
  {
    pattern: new RegExp(`^(?:we use|we keep|${WE} (?:use|keep|take|choose)) ${PICK}${OVER}${END}`, 'iu'),
    needsReason: true,
  },
  {
    pattern: new RegExp(
      `^(?:${WE} )?(?:switch|move|migrate|change)(?:ing)? (?:away )?from ${PICK} (?:over )?to ${END}`,
      'iu',
    ),
    turned: true,
    needsReason: true,
  },
  {
    pattern: new RegExp(
      `^(?:${WE} )?(?:drop|ditch|abandon|retire)(?:ping|ing)? ${PICK} (?:in favou?r of|and (?:use|go with)|for) ${END}`,
      'iu',
    ),
    turned: true,
  },
  {
    pattern:
      /^wir (?:haben uns f(?:ü|ue)r|nehmen|bleiben bei|setzen auf) (.{2,60}?)(?: entschieden)?,? (?:statt|anstatt|anstelle von|und nicht|nicht|gegen) (.{2,60}?)(?: entschieden)?$/iu,
  },
  {
    pattern:
      /^(?:hemos decidido (?:usar|ir con|quedarnos con)|decidimos (?:usar )?|vamos con|nos quedamos con|elegimos) (.{2,60}?),? (?:en vez de|en lugar de|y no|no|frente a) (.{2,60}?)$/iu,
  },
  {
    pattern:
      /^(?:(?:on|nous) (?:a|avons) (?:d(?:é|e)cid(?:é|e) (?:d['’]utiliser|de prendre|de garder)|choisi|opt(?:é|e) pour)|on (?:part sur|reste sur|garde)) (.{2,60}?),? (?:plut(?:ô|o)t que|au lieu de|et pas|pas) (.{2,60}?)$/iu,
  },
  {
    pattern:
      /^(?:decidimos (?:usar|por|ficar com)|vamos (?:com|de)|ficamos com|escolhemos) (.{2,60}?),? (?:em vez de|ao inv(?:é|e)s de|e n(?:ã|a)o|n(?:ã|a)o) (.{2,60}?)$/iu,
  },
  {
    pattern:
      /^(?:我们)?(?:决定|定了|就|选择)(?:了)?(?:用|使用|采用|选)(.{1,40}?)，?(?:而不是|不用|而非|代替)(.{1,40}?)$/u,
  },
  {
    pattern:
      /^(.{1,40}?)(?:ではなく|じゃなくて|の代わりに)[、]?(.{1,40}?)(?:に(?:決めました|決めた|します|しよう|しましょう)|でいきましょう|でいく|を採用(?:します|しました|する))$/u,
    turned: true,
  },
];
const VAGUE =
  /^(?:it|this|that|these|those|them|the (?:first|second|third|other|last|former|latter|old|new|current|existing|above|same)(?: \w+)?|option .{0,12}|[a-d\d]|yours?|mine|one|something .*|(?:your|my) .*|the one .*)$/iu;
const LEAD =
  /^(?:(?:ok(?:ay)?|yes|yeah|yep|right|alright|so|and|fine|good|great|sure|then|well|no|also|ok,? so|after thinking about it|on reflection|gut|also|bueno|vale|bon|alors|bom|ent(?:ã|a)o|好的?|じゃあ)(?!\p{L})[\s,:;.!，、–—-]{0,3}){0,4}/iu;

/** Reads one sentence for a choice that was made against an alternative. Pure; linear in its length. */
export function readDecision(sentence: string): DecisionReading {
  if (sentence.length > 500) return NONE;
  const text = sentence
    .trim()
    .replace(LEAD, '')
    .replace(/[.!。！\s]{1,20}$/u, '');
  if (text === '') return NONE;
  const { claim, reason } = withColonReason(text);
  for (const form of FORMS) {
    const found = form.pattern.exec(claim);
    if (found === null) continue;
    const objection = objectionTo(sentence, text);
    if (objection !== undefined) return { kind: 'refused', reason: objection };
    const [chosen, other] = sidesOf(form, found);
    if (VAGUE.test(chosen) || VAGUE.test(other)) return { kind: 'refused', reason: REASONS.unclear };
    if (form.needsReason === true && reason === undefined) continue;
    return { kind: 'decision', chosen, refused: other, ...(reason === undefined ? {} : { reason }) };
  }
  return NONE;
}

function sidesOf(form: Form, found: RegExpExecArray): readonly [chosen: string, other: string] {
  const [first = '', second = ''] = [found[1]?.trim(), found[2]?.trim()];
  return form.turned === true ? [second, first] : [first, second];
}

function objectionTo(sentence: string, text: string): string | undefined {
  if (/[?？]["')\]]?\s*$/u.test(sentence) || /^(?:should|could|would|what|why|how|do we|did we)\b/iu.test(text))
    return REASONS.question;
  if (isTaskLocal(text) || /\bhere\b/iu.test(text)) return REASONS.taskLocal;
  if (HYPOTHETICAL.test(text)) return REASONS.hypothetical;
  return SARCASM.test(sentence) ? REASONS.sarcasm : undefined;
}

function withColonReason(text: string): { readonly claim: string; readonly reason?: string } {
  const split = splitReason(text);
  if (split.reason !== undefined) return split;
  const colon = /^(.{8,140}?)(?::| [–—-]) (?=\S+ \S+ )(.{8,200})$/u.exec(text);
  const [, claim = '', reason = ''] = colon ?? [];
  return colon === null || /^(?:decided|decision|settled|agreed|final decision)/iu.test(claim)
    ? split
    : { claim, reason };
}

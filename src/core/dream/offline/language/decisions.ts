import { HYPOTHETICAL, SARCASM } from './englishStanding';
import { REASONS } from './reading';
import { splitReason } from './reasons';
import { isTaskLocal } from './english';
import { isImagined } from './imagined';
import { withoutTypos } from './typos';

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
  /** Only as "going with …": "use …" is an order. */
  readonly gerund?: boolean;
  /** Said of what a program shows as well: both sides must be named without "the", and not be parts of a page. */
  readonly kinds?: boolean;
}

const NONE: DecisionReading = { kind: 'none' };
const PICK = '(.{2,60}?)';
const OVER =
  '(?:,? (?:instead of|over|rather than|in place of|in preference to|and not|not|as opposed to) |,? against |\\s?\\((?:not|instead of|over) )';
const END = '(.{2,60}?)\\)?$';
const WE = "(?:let['’]?s|we(?:['’]ll|['’]re| will| are| should| can)?|i(?:['’]ll|['’]d| will| would)?(?: rather)?)";
/** Said before a choice: it is made. */
const MADE =
  "(?:(?:it['’]?s )?(?:all )?(?:decided|settled|agreed)|(?:the |my |our )?(?:final )?(?:decision|choice|call|verdict|answer)(?: is| has been)?(?: made| taken| final)?|final(?:ly)?|let['’]?s settle (?:this|it)|(?:i|we)(?:['’]ve| have) (?:thought|talked)(?: \\w+){0,3} (?:it|this)(?: over)?)";
const TAKE =
  '(?:use|take|keep|choose|adopt|run|do|have|build on|go(?:ing)? (?:with|for)|stay(?:ing)? (?:with|on)|stick(?:ing)? (?:with|to))';
const ADVERB = '(?: all)?(?: now| then| finally| definitely)?';
const FORMS: readonly Form[] = [
  {
    pattern: new RegExp(
      `^${MADE}\\s?[:,–—-]\\s?(?:we (?:will |['’]ll )?${TAKE} |${TAKE} |it['’]?s )?${PICK}${OVER}${END}`,
      'iu',
    ),
  },
  {
    pattern: new RegExp(
      `^(?:the team|we|they all|everybody) (?:voted|opted|went|came down) for ${PICK}${OVER}${END}`,
      'iu',
    ),
  },
  {
    pattern: new RegExp(
      `^(?:we|i)(?:['’]ve| have)? (?:considered|looked at|evaluated|tried|weighed|compared|thought about) ${PICK},? (?:but|and) (?:then |finally |in the end |eventually )?(?:went (?:with|for)|chose|settled on|took|picked|stayed with|decided (?:on|for)|(?:are )?going with) ${END}`,
      'iu',
    ),
    turned: true,
  },
  {
    pattern: new RegExp(
      `^(?:we|i|the team)(?:['’]ve| have)? decided against ${PICK}[,;:]? (?:and |so |but )?(?:(?:we|i)(?:['’]ll| will)? |to |are |for )?(?:${TAKE} )?${END}`,
      'iu',
    ),
    turned: true,
  },
  {
    pattern: new RegExp(`^(?:rather than|instead of) (?:an? |the )?${PICK},? we(?:['’]ll| will)? ${TAKE} ${END}`, 'iu'),
    turned: true,
    needsReason: true,
  },
  {
    pattern: new RegExp(
      `^(?:(?:we|i) (?:will not|won['’]?t|do not|don['’]?t) ${TAKE} ${PICK}|no ${PICK}(?: then)?|${PICK} is (?:out|off the table|ruled out))[,;:] (?:so )?(?:we|i)?(?:['’]ll| will|['’]re| are)? ?(?:${TAKE} )?${END}(?: instead| now| it is)$`,
      'iu',
    ),
    turned: true,
  },
  {
    pattern: new RegExp(
      `^${PICK} is (?:out|off the table|ruled out)[,;:] (?:so )?(?:we|i)(?:['’]ll| will|['’]re| are)? ${TAKE} ${END}`,
      'iu',
    ),
    turned: true,
  },
  {
    pattern: new RegExp(
      `^(?:so )?it['’]?s (?:going to be )?${PICK}(?:,? and not|, not| rather than| instead of) ${END}`,
      'iu',
    ),
    needsReason: true,
  },
  { pattern: new RegExp(`^${PICK} wins? (?:over|against) ${END}`, 'iu'), needsReason: true },
  {
    pattern: new RegExp(
      `^let['’]?s (?:do|build|make|implement|write) (?:it|this) (?:with|via|on|in|using) ${PICK}${OVER}${END}`,
      'iu',
    ),
    needsReason: true,
  },
  { pattern: new RegExp(`^${TAKE} ${PICK}${OVER}${END}`, 'iu'), needsReason: true, gerund: true },
  {
    pattern: new RegExp(
      `^${WE}${ADVERB} (?:(?:go(?:ing)?|stick(?:ing)?|stay(?:ing)?) with|go(?:ing)? for|opt(?:ing)? for|settl(?:e|ing) (?:on|for)|standardi[sz](?:e|ing) on|bet(?:ting)? on) ${PICK}${OVER}${END}`,
      'iu',
    ),
  },
  {
    pattern: new RegExp(
      `^${WE}${ADVERB} (?:pick(?:ing)?|choos(?:e|ing)|tak(?:e|ing)|adopt(?:ing)?|us(?:e|ing)|keep(?:ing)?|prefer|do(?:ing)?|rely(?:ing)? on|build(?:ing)? on|have|having) ${PICK}${OVER}${END}`,
      'iu',
    ),
    needsReason: true,
    kinds: true,
  },
  {
    pattern: new RegExp(
      `^(?:we|i)(?:['’]d| would| do)?(?: all)? (?:want|need|like|love|prefer)(?: to (?:have|use|see|go with|keep))? ${PICK}${OVER}${END}`,
      'iu',
    ),
    needsReason: true,
    kinds: true,
  },
  {
    pattern: new RegExp(
      `^(?:the |our |my )?(?:final )?(?:choice|decision|pick|verdict|winner|call)(?: here| now| for [\\w -]{3,24})? (?:is|was|fell on|goes to|has been) (?:to (?:use|take|go (?:with|for)|keep) )?${PICK}${OVER}${END}`,
      'iu',
    ),
  },
  {
    pattern: new RegExp(
      `^(?:we|i|the team)(?:['’]ve| have| all)?(?: finally| now)? (?:decided|settled|agreed|standardi[sz]ed)(?: to (?:use|go with|stick with|keep|stay with|adopt)| on| for| in favou?r of| that we(?:['’]ll)? (?:use|keep)) ${PICK}${OVER}${END}`,
      'iu',
    ),
  },
  {
    pattern: new RegExp(
      `^(?:we|i|the team)(?:['’]ve| have)?(?: all)?(?: finally| now| eventually| just)? (?:chose|chosen|picked|opted for|went with|landed on|went for|gone (?:with|for)|adopted|settled on|selected|voted for|committed to|ended up (?:with|using)) ${PICK}${OVER}${END}`,
      'iu',
    ),
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
      `^(?:${WE} )?(?:switch|mov|migrat|chang)(?:e|ing)? (?:away )?from ${PICK} (?:over )?to ${END}`,
      'iu',
    ),
    turned: true,
    needsReason: true,
  },
  {
    pattern: new RegExp(
      `^(?:${WE} )?(?:drop|ditch|abandon|retir)(?:e|ping|ing)? ${PICK} (?:in favou?r of|and (?:use|go with)|for) ${END}`,
      'iu',
    ),
    turned: true,
  },
  {
    pattern:
      /^wir (?:haben uns f(?:ü|ue)r|nehmen|bleiben bei|setzen auf) (.{2,60}?)(?: entschieden)?,? (?:statt|anstatt|anstelle von|und nicht|nicht|gegen) (.{2,60}?)(?: entschieden)?$/iu,
  },
  {
    pattern: /^wir haben uns gegen (.{2,60}?) (?:und|,) ?f(?:ü|ue)r (.{2,60}?) entschieden$/iu,
    turned: true,
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
      /^(.{1,40}?)(?:ではなく|じゃなくて|の代わりに)[、]?(.{1,40}?)(?:を(?:使う|使用する|採用する)ことに(?:しました|した|します|決めました|決めた)|に(?:決めました|決めた|します|しよう|しましょう)|でいきましょう|でいく|を採用(?:します|しました|する))$/u,
    turned: true,
  },
];
const VAGUE =
  /^(?:it|this|that|these|those|them|the (?:first|second|third|other|last|former|latter|old|new|current|existing|above|same)(?: \w+)?|option .{0,12}|[a-d\d]|yours?|mine|one|something .*|(?:your|my) .*|the one .*)$/iu;
const LEAD =
  /^(?:(?:ok(?:ay)?|p\.?s\.?|btw|by the way|fyi|one more thing|oh|hey|yes|yeah|yep|right|alright|so|and|fine|good|great|sure|then|well|also|ok,? so|no(?=[,.!:])|(?:after|having) (?:talking|speaking|thinking|looking|a|some|the|much|long)[^,:;]{2,40}?(?=,| (?:we|i)\b)|after thinking about it|on reflection|gut|also|bueno|vale|bon|alors|bom|ent(?:ã|a)o|好的?|じゃあ)(?!\p{L})[\s,:;.!，、–—-]{0,3}){0,4}/iu;

/** What was thought about before, or what the choice is for. */
const AFTER =
  /^(?:(?:after|having|following|upon|given|considering|all things considered|in the end|finally|ultimately|on balance|long story short|at the end of the day|for (?!example|instance|now)[\w-]{3,20}(?: [\w-]{2,20}){0,2}|when it comes to|as for|regarding|on [\w-]{3,20})\b[^,:;]{0,60}?[,:]? )(?=(?:we|i|the (?:team|choice|decision)|let['’]?s|it is|going|decided|settled)\b)/iu;
/** Parts of a page, and what is done to lists: a choice of today. */
const SHOWN =
  /\b(?:dropdown|select|button|dialog|modal|checkbox|field|input|icon|tooltip|menu|tabs?|page|label|link|colou?r|font|title|text|popup|toast|spinner|badge|card|header|footer|sidebar|toggle|slider|sorted|shown|displayed|aligned|bold|left|right|top|bottom|blue|red|green|bigger|smaller)\b/iu;
const POINTED = /^(?:the|this|that|these|those|it|them|his|her|your|my|one|another)(?![\w-])/iu;

/** Reads one sentence for a choice that was made against an alternative. Pure; linear in its length. */
export function readDecision(sentence: string): DecisionReading {
  if (sentence.length > 500) return NONE;
  const text = withoutTypos(sentence.trim())
    .replace(LEAD, '')
    .replace(AFTER, '')
    .replace(/[.!。！\s]{1,20}$/u, '');
  if (text === '') return NONE;
  const between = readBetween(sentence, text);
  if (between !== undefined) return between;
  const { claim, reason } = withColonReason(text);
  for (const form of FORMS) {
    const found = form.pattern.exec(claim);
    if (found === null || (form.gerund === true && !/^(?:going|staying|sticking) /iu.test(claim))) continue;
    const objection = objectionTo(sentence, reason === undefined ? text : text.replace(/ here\b/giu, ''));
    if (objection !== undefined) return { kind: 'refused', reason: objection };
    const choice = choiceIn(form, found, reason);
    if (choice !== undefined) return choice;
  }
  return NONE;
}

function choiceIn(form: Form, found: RegExpExecArray, reason: string | undefined): DecisionReading | undefined {
  const [chosen, other] = sidesOf(form, found);
  if (VAGUE.test(chosen) || VAGUE.test(other)) return { kind: 'refused', reason: REASONS.unclear };
  if (form.needsReason === true && reason === undefined) return undefined;
  if (form.kinds === true && [chosen, other].some((side) => POINTED.test(side) || SHOWN.test(side))) return undefined;
  return { kind: 'decision', chosen, refused: other, ...(reason === undefined ? {} : { reason }) };
}

const BETWEEN =
  /^(?:between|of|out of) (.{2,40}?) (?:and|or|vs\.?) (.{2,40}?),? (?:i|we)(?:['’]ll|['’]d| will| would)? (?:choose|pick|take|go with|went with|chose|prefer|use) (.{2,60}?)$/iu;

/** "Between X and Y I choose X." */
function readBetween(sentence: string, text: string): DecisionReading | undefined {
  const { claim, reason } = splitReason(text);
  const [, one, two, pick] = BETWEEN.exec(claim) ?? [];
  if (one === undefined || two === undefined || pick === undefined || objectionTo(sentence, text) !== undefined)
    return undefined;
  const isOne = pick.toLowerCase().includes(one.toLowerCase());
  if (isOne === pick.toLowerCase().includes(two.toLowerCase()) || VAGUE.test(pick)) return undefined;
  const [chosen, other] = isOne ? [one, two] : [two, one];
  return { kind: 'decision', chosen, refused: other, ...(reason === undefined ? {} : { reason }) };
}

function sidesOf(form: Form, found: readonly (string | undefined)[]): readonly [chosen: string, other: string] {
  const sides = found.slice(1).flatMap((side) => (side === undefined ? [] : [side.trim()]));
  const [first = '', second = ''] = sides.map((side) => side.replace(/ (?:here|now|then)$/iu, ''));
  return form.turned === true ? [second, first] : [first, second];
}

function objectionTo(sentence: string, text: string): string | undefined {
  if (/[?？]["')\]]?\s*$/u.test(sentence) || /^(?:should|could|would|what|why|how|do we|did we)\b/iu.test(text))
    return REASONS.question;
  if (isTaskLocal(text) || /\bhere\b/iu.test(text)) return REASONS.taskLocal;
  if (HYPOTHETICAL.test(text) || isImagined(text)) return REASONS.hypothetical;
  return SARCASM.test(sentence) ? REASONS.sarcasm : undefined;
}

/** "…, it's simpler to operate", "…, cheaper for our load": a reason, where the sides of a choice are told before it. */
const AFTER_COMMA =
  /, ((?:it['’]?s|it |they |that |this |which |there |one |the |our |less |more |no |we |i |[a-z]{3,9}er |[\w-]{2,14} (?:is|are) )(?!is out).{6,160})$/iuy;
const SIDES_TOLD = /\b(?:over|instead|not|than|it is|to)\b.{2,80}$/iu;
/** More UTF-16 units than a word and what may stand between it and the comma. */
const SIDES_WITHIN = 180;

/** "…, as builds are faster": behind the two sides, these words give the reason. */
const GIVEN =
  /^(.{8,140}?),? (?:as|given(?: that)?|seeing(?: that)?|the (?:main |simple )?reason (?:being|is)(?: that)?|due to|on account of|thanks to|for the simple reason that) (?=\S+ \S)(.{6,200})$/iu;

function withColonReason(text: string): { readonly claim: string; readonly reason?: string } {
  const split = splitReason(text);
  if (split.reason !== undefined) return split;
  const after = GIVEN.exec(text);
  if (after !== null) return { claim: after[1] ?? '', reason: after[2] ?? '' };
  const comma = commaReason(text);
  if (comma !== undefined) return comma;
  const colon = /^(.{8,140}?)(?::| [–—-]) (?=\S+ \S+ )(.{8,200})$/u.exec(text);
  const [, claim = '', reason = ''] = colon ?? [];
  return colon === null || /^(?:decided|decision|settled|agreed|final decision)/iu.test(claim)
    ? split
    : { claim, reason };
}

function commaReason(text: string): { readonly claim: string; readonly reason: string } | undefined {
  for (let at = text.indexOf(', '); at >= 0; at = text.indexOf(', ', at + 1)) {
    AFTER_COMMA.lastIndex = at;
    const [, reason] = AFTER_COMMA.exec(text) ?? [];
    if (reason !== undefined && SIDES_TOLD.test(text.slice(Math.max(0, at - SIDES_WITHIN), at)))
      return { claim: text.slice(0, at), reason };
  }
  return undefined;
}

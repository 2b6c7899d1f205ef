/**
 * Cues that a prompt corrects what the agent just did, or approves of it. Deliberately few: measured on real sessions, most
 * cue words are false (`hmm` and `wait` open questions as often as corrections). Looks at the opening words only.
 */

const OPENING = 240;
/** Praise later in a prompt is about something else. */
const PRAISE_OPENING = 100;

/** At the very start. */
const CORRECTION_OPENINGS: readonly RegExp[] = [
  // English
  /^(?:no|nope|nah)(?:[,.!:;]| (?!problem|worries|need|rush|idea|thanks|issue|more|changes)|$)/u,
  /^(?:stop|don['’]?t|do not|never|undo|revert|wrong|incorrect)\b/u,
  /^actually[, ]+(?:no|don|let|we|you|that|it|use|the|i)\b/u,
  /^(?:that|this|it)['’]?s? (?:is |was )?(?:wrong|incorrect|broken|not (?:right|correct|what|how|it|true))\b/u,
  /^(?:this|that|it) (?:doesn['’]?t|does not|didn['’]?t|did not|isn['’]?t|still) /u,
  /^(?:still (?:broken|failing|fails|wrong|not|doesn)|not what|i (?:said|told you|meant|asked))\b/u,
  /^(?:why did you|why are you|you (?:forgot|missed|broke|should(?:n['’]t)? have|were supposed))\b/u,
  // German
  /^(?:nein|nee|nö|falsch|stopp?|halt|quatsch)(?:[,.!: ]|$)/u,
  /^(?:das (?:ist|war|stimmt) (?:nicht|falsch|so nicht)|nicht so|mach das nicht|doch nicht|ich (?:sagte|meinte|hatte gesagt))(?:[,.!: ]|$)/u,
  // Spanish (no clashes with the English opening on purpose: the same word)
  /^(?:eso (?:no|está mal)|está mal|incorrecto|así no|no (?:es|era|quiero|hagas|uses)|te (?:dije|pedí)|para ya)(?:[,.!: ]|$)/u,
  // French
  /^(?:non|faux|arrête|c['’]est (?:faux|pas)|ce n['’]est pas|pas comme ça|ne (?:fais|touche|change|modifie)|j['’]ai dit|je t['’]ai dit)(?:[,.!: ]|$)/u,
  // Portuguese
  /^(?:não|nao|errado|isso (?:não|está errado)|está errado|eu (?:disse|pedi)|pare)(?:[,.!: ]|$)/u,
  // Chinese
  /^(?:不对|不是|不要|错了|錯了|不行|别|別|停|你忘|我说的|我說的|還是不|还是不)/u,
  // Japanese
  /^(?:いや|違|ちが|間違|だめ|ダメ|やめ|そうじゃな|そうではな|ではなく|いいえ)/u,
];

/** Anywhere in the opening words. */
const CORRECTION_PHRASES: readonly RegExp[] = [
  /\b(?:didn['’]?t|does ?n['’]?t|did not|does not) work\b/u,
  /\b(?:that['’]?s not what i|not what i (?:asked|meant|wanted)|i (?:already )?told you|as i said|you (?:forgot|missed) (?:to|the|that))\b/u,
  /(?:\b(?:is|are|was|were|you['’]re)|['’]s) (?:still |just |really )?not (?:quite |really )?(?:correct|right|true|what i|how i|working|enough|supposed)\b/u,
  /\b(?:is|are|was|were)n['’]t (?:quite |really )?(?:correct|right|true|what i|working|\w{1,20} enough|supposed)\b/u,
  /\bshould(?: not|n['’]t) (?:be|have been) (?:chan?ged|touched|removed|deleted|added)\b/u,
  /\b(?:i don['’]t (?:quite |really )?like|i['’]m (?:still )?not seeing|not seeing the change|you (?:just )?should (?:just )?(?:run|use|have))\b/u,
  /\b(?:please (?:revert|undo)|revert (?:that|this|it)|undo (?:that|this|it))\b/u,
  /(?:funktioniert nicht|hab(?:e)? ich (?:doch )?gesagt|no funciona|ne (?:marche|fonctionne) pas|não funciona|没用|沒用|不起作用|動かない|動きません|じゃなくて)/u,
];

const APPROVALS: readonly RegExp[] = [
  /\b(?:perfect|excellent|awesome|works (?:now|great|well|perfectly)|that worked|it works|love it|ship it|nice work|great work|good job|well done)\b/u,
  /^(?:great|nice|good|cool|lgtm|thanks|thank you|looks? good|yes[,.!]? (?:perfect|great|good))\b/u,
  /^(?:(?:yes|ok|okay|now|then|and|please)[,. ]{1,3}){0,3}(?:commit|push)\b[^?]{0,60}$/u,
  /\b(?:commit (?:this|it|all|and push|the changes|these changes|please)|commit that(?: please)?(?:[,.!]|$)|write a commit|merge it)\b/u,
  /\b(?:create|open) (?:a|the) (?:draft )?(?:pr|pull request)(?:[,.! ]|$)(?! ?(?:description|template|comment))/u,
  /(?:^| )(?:perfekt|super|passt|funktioniert jetzt|gut gemacht|danke|perfecto|genial|gracias|parfait|merci|perfeito|obrigad[oa])(?:[,.! ]|$)/u,
  /(?:很好|完美|可以了|谢谢|謝謝|好的|完璧|ありがとう|いいですね|動きました)/u,
];

function openingOf(text: string): string {
  return text.trimStart().slice(0, OPENING).toLowerCase();
}

/** True if the prompt reads like a correction of what was just done. A question alone is not one. */
export function isCorrection(text: string): boolean {
  const opening = openingOf(text);
  if (opening === '') return false;
  return CORRECTION_OPENINGS.some((cue) => cue.test(opening)) || CORRECTION_PHRASES.some((cue) => cue.test(opening));
}

/** True if the prompt approves of what was just done, or asks to commit it. Never true of a correction. */
export function isApproval(text: string): boolean {
  const opening = openingOf(text).slice(0, PRAISE_OPENING);
  return opening !== '' && !isCorrection(text) && APPROVALS.some((cue) => cue.test(opening));
}

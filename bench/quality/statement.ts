import { readDecision } from '../../src/core/dream/offline/language/decisions';
import { readEnglish } from '../../src/core/dream/offline/language/english';
import { readOtherLanguage } from '../../src/core/dream/offline/language/others';

export type StatementKind = 'decision' | 'preference' | 'instruction' | 'fact';

/** Notes about third people and finished choices, which a bench of snippets holds and a prompt rarely does. */
const DECIDES =
  /\b(?:decided|decision|chose|chosen|settled on|going with|went with|opted|agreed(?: (?:to|on|that|we))?|agreed:|switch(?:ed|ing) (?:to|from|entirely)|ruled out|signed off|we['’]re (?:dropping|moving|adopting)|picking|final call|committed to using|landed on)\b|entschieden|entscheidung|beschlossen|vereinbart|decidi(?:do|mos|ó)|decisi[oó]n|acordamos|hemos acordado|optamos|决定|选择了|选定|商定|達成/iu;
const PREFERS =
  /\b(?:prefers?|preferred|preference|rather (?:i|we|have|than)|['’]d rather|likes?(?! (?:this|that)\b)|dislikes?|hates?|favou?rs?|wants? (?:to see|me to|us to|everything|all)|does(?:n['’]t| not) (?:like|want)|can['’]t stand|asked (?:me )?(?:to always|not to|for))\b|bevorzugt|zieht .{2,60} vor|m(?:ö|oe)chte lieber|lieber|prefiere|le gusta|prefieren|偏好|喜欢|更愿意|宁愿/iu;
const OPINION =
  /\b(?:i think|i believe|in my (?:view|opinion)|my take|honestly|i suspect|feels? like|i['’]d argue|imo|arguably|i find)\b|meiner meinung|ich (?:finde|glaube|denke)|en mi opini[oó]n|creo que|我(?:认为|觉得)|在我看来/iu;
const ASSERTS =
  /\b(?:confirmed|verified|is|are|was|has|have|runs?|takes?|costs?|contains?|measures?|deadline|records?|shows?|located|due|expires?|ships?|returns?)\b.{0,200}(?:\d|\b(?:at|in|on|by|within|per)\b)|(?:best(?:ä|ae)tigt|liegt bei|betr(?:ä|ae)gt|confirmad[oa]|est(?:á|a) a|确认|位于|截止)/iu;

/** What kinds of durable knowledge a short text states, by the cues that the miners read; empty for none. Pure. */
export function classifyStatement(text: string): readonly StatementKind[] {
  const kinds = new Set<StatementKind>();
  const sentences = text
    .slice(0, 4_000)
    .split(/(?<=[.!?])\s+|(?<=[。！？])|\n/u)
    .filter((one) => one.trim() !== '');
  for (const sentence of sentences) {
    if (readDecision(sentence).kind === 'decision' || DECIDES.test(sentence)) kinds.add('decision');
    if (PREFERS.test(sentence) && !OPINION.test(sentence)) kinds.add('preference');
    const reading = readEnglish(sentence);
    const read = reading.kind === 'none' ? readOtherLanguage(sentence) : reading;
    if (read.kind === 'instruction') kinds.add('instruction');
    if (ASSERTS.test(sentence) && !OPINION.test(sentence)) kinds.add('fact');
  }
  if (kinds.size > 1) kinds.delete('fact');
  return [...kinds];
}

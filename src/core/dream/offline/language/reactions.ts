import { isApproval } from '../../../sessions/corrections';
import { isNegative } from '../../text/slots';
import { TICKET } from './englishCues';

/** How much a sentence that reacts to work says of what is wanted instead: `both` sides, or only what displeased. */
export type Reaction = 'both' | 'hint';

const LONGEST = 200;
/** Openings that react to what was just done, rather than ask for something new. */
const OPENS =
  /^(?:no|nope|nah|not|wrong|again|still|ugh|argh|hey|oops|hmm|stop|don['’]?t|do not|never(?! ?mind)|you|we (?:do not|don['’]?t|never|only|already)|nein|falsch|nicht|schon wieder|du hast|non|faux|pas|encore|tu as|otra vez|mal|eso|de novo|errado|isso|不对|不是|又|违|違|また)(?!\p{L})|^(?:不对|不是|又|違|また)/iu;
const POINTS =
  /^(?:(?:and |but )?(?:that|this|it|these|those)(?:['’]s|['’]re)?(?!\p{L})|the (?:last|new|other) \w)|^(?:swap|replace|change|turn|move|switch|undo|revert|take|drop|remove|use|get rid of|put|make) (?:that|those|this|these|it|them)\b|^\w{3,20}ing (?:that|those|this|these|it|the)\b/iu;
const INSIDE =
  /\b(?:again|instead|rather than|supposed to|should(?:n['’]t| not)? (?:be|have|go|come|use|live|say|read|stay|run)|ought to|(?:is|was|are|were) (?:wrong|not (?:right|how|what|where|our|the)))\b|,\s(?:not|please)\s|\bplease[.!]{0,3}$/iu;
/** Asks to take away again what was put there, or sees it once more. */
const TAKE_AWAY =
  /^(?:please |and |also |now )?(?:(?:remove|delete|drop|strip|get rid of|throw out|kick out) (?:the|teh|that|those|all|this) (?:[\w.`-]{2,30} ?){1,3}(?:again|please|from there|there)?[.!]{0,3}$|take (?:the|teh|that|those) (?:[\w.`-]{2,30} ){1,3}out\b)|^there(?:['’]s| is| are) (?:still|again|another|yet another|more|already another)\b/iu;
const LOCAL =
  /\b(?:for now|this (?:time|once)|today|tomorrow|temporar(?:y|ily)|(?:issue|pr|ticket|step|option|line|page|number) ?#?\d+|#\d+|(?:in|for|on) (?:this|that) (?:branch|commit|pr|pull request|ticket|issue|task|file|page|one|case)|(?:try|run|test|check|build|do|read|look) (?:\w+ ){0,4}again)\b/iu;
const PRAISE = /\b(?:thank(?:s| you)|(?:great|good|nice|fine|fantastic) (?:job|work|one))\b/iu;
/** Both what is wanted and what is not. */
const BOTH =
  /\b(?:instead of|rather than)\b|\bshould (?:be|have been|go to|come from|use)\b.{2,}|^not [^,;:]{2,60}[,;:]\s|,\s(?:not|never)\s|\bfor (?:our|the)\s|[^,;:]{2,80}[,;:]\s(?:please )?(?:use|raise|poll|push|put|call|take|go|write|run|let|keep|do|say|return|read)\b/iu;

/** What a sentence says of work just done, beyond a plain order; undefined where it is no reaction to it. */
export function readReaction(sentence: string): Reaction | undefined {
  const text = sentence.trim();
  if (text.length > LONGEST || /[?？]\W{0,3}$/u.test(text) || LOCAL.test(text) || TICKET.test(text)) return undefined;
  if (isApproval(text) || PRAISE.test(text)) return undefined;
  if (TAKE_AWAY.test(text)) return 'hint';
  if (!OPENS.test(text) && !POINTS.test(text) && !INSIDE.test(text)) return undefined;
  return BOTH.test(text) || (isNegative(text) && /[,;:]\s\S+\s\S/u.test(text)) ? 'both' : 'hint';
}

/** Facts that people tell so that they are known: "good to know: the feed arrives in latin-1". */

/** Says itself that what follows is to be known. */
const ASKED =
  /^(?:(?:and |also )?(?:(?:some|a bit of|a little|a quick|quick|useful|important|good|general|one|an?|more|little|extra|further|relevant|additional) ){0,3}(?:background|context|info(?:rmation)?|facts?|detail|trivia)(?: (?:on|about|for|first|here)[^:]{0,30})?\s?[:–—]|(?:that['’]s |it['’]s |it is )?(?:(?:very|quite|also) )?(?:important|good|useful|worth|handy|nice|essential|helpful|best) (?:to (?:know|remember|keep in mind|note|be aware of)|knowing|noting|remembering|mentioning)(?: (?:here|first|in advance|for you|for later))?(?:\s?[:,–—]| is(?: that)?| that)|(?:you|we) (?:should|need to|must|ought to|might want to|may want to|have to|will want to|had better) (?:also )?(?:know|be aware|bear in mind|keep in mind|remember)(?: that|\s?[:,–—])|(?:please )?be aware(?: that|\s?[:,–—])|for your (?:notes|records|memory|information|background)\s?[:,–—]|(?:just )?in case (?:you (?:wonder|wondered|need (?:it|to know)|ask|are wondering)|it helps|that helps|it matters)(?: (?:later|again|one day))?\s?[:,–—]|for the record\s?[:,–—]|(?:so )?(?:just )?so (?:that )?you (?:know|are aware|have heard it)(?: for (?:later|next time))?(?:\s?[:,–—]| that)|to give you (?:some )?(?:context|background)\s?[:,–—])\s{1,3}(?:that )?/iu;
/** Said in passing: only what is plainly a fact of the project counts. */
const PASSING =
  /^(?:btw|by the way|fyi|important|note|incidentally|heads[- ]up|also|remark|side note)(?:\s?[:,–—]| that|(?<=btw|fyi))\s{1,3}(?:that )?/iu;

const OPENS_OTHERWISE =
  /^(?:i|you|it|this|that|these|those|there|they|he|she|what|why|how|who|when|where|which|can|could|would|will|should|do|does|did|is|are|was|were|has|have|if|maybe|perhaps|please|let|thanks|by now|already|not)(?:['’]\w{1,3})?(?![\w-])/iu;
/** Of the day, of the work at hand, or of what is amiss. */
const FLEETING =
  /\b(?:fail(?:s|ed|ing)?|broken?|breaks?|errors?|crash\w{0,3}|just|now|already|currently|again|still|wrong|working on|i|i['’]m|my|me|today|yesterday|tomorrow|tonight|this (?:morning|week|time)|slow|slower|red|green|flaky|missing|empty|weird|strange|misaligned|ugly|bugs?|blank|stuck|down|hangs?|flickers?|looks?|seems?|too|(?:first|second|third|last) (?:argument|parameter|line|row|column|step|test|one))\b/iu;
const STATES =
  /^(?:(?:the|our|an?|all|every|each|any|most|no|only|both) )?(?:[\w./@:#+'’-]{1,40} ){1,6}?(?:(?:always|never|only|all|both|still) )?(?:is|are|has|have|can|cannot|can['’]t|must|may|was built|needs?|[a-z]{2,12}(?:[^s\W]s|ches|shes|sses)|start|end|live|run|belong|come|go|use|expire|look|own|contain|share|depend|speak|listen|arrive|ship|write|accept|reject|mean|serve|expect|return|hold|keep|count)(?= )/iu;
/** What somebody would write down: a number, a name, a time, a place, an owner. */
const VALUE =
  /\d|`[^`]{1,80}`|[\w-]{2,}\/[\w-]|\b[\w-]{2,20}\.[a-z]{2,8}\b|\b[A-Za-z]{1,12}-[\w-]{1,14}|\b(?:called|named|owned?|owns|belongs?|kept|stored|hosted|managed|maintained|only|never|always|every|each|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekly|daily|nightly|monthly|yearly|january|february|march|april|june|july|august|september|october|november|december|midnight|noon|until|switched off|frozen|read[- ]only|deprecated|written in|encoded|shared|production|staging|sandbox|test (?:account|tenant|user|database|data)|per (?:user|tenant|country|customer|region|team|day|week|month|year))\b/iu;

export type Asked = 'asked' | 'passing';

/** The fact in a sentence that tells one, without its lead; undefined for anything else. Pure, linear. */
export function factIn(sentence: string): string | undefined {
  const asked = ASKED.exec(sentence.slice(0, 120));
  const lead = asked ?? PASSING.exec(sentence.slice(0, 40));
  if (lead === null) return undefined;
  const fact = sentence.slice(lead[0].length);
  return isFactTold(fact, asked === null ? 'passing' : 'asked') ? fact : undefined;
}

/** True if a clause states how something of the project is, for longer than today. */
export function isFactTold(clause: string, how: Asked): boolean {
  const text = clause.trim().replace(/[.!\s]{1,20}$/u, '');
  if (text.length > 240 || text.split(/\s+/u).length < 4 || /\?$/u.test(text)) return false;
  if (OPENS_OTHERWISE.test(text) || FLEETING.test(text) || !STATES.test(`${text} `)) return false;
  return how === 'asked' || VALUE.test(text);
}

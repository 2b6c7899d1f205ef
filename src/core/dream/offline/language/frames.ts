/**
 * What people say around an instruction so that it lasts: "one thing to remember for good: …", "…, not just for this one".
 * Sentences are made of such a lead, a core and a tail in any mixture; leads and tails are told here by their build.
 */

const ADJECTIVE =
  '(?:standing|general|permanent|lasting|firm|strict|hard|fixed|iron|golden|cardinal|basic|simple|new|updated|revised|changed|house|ground|team|project|repo|global|universal|long-term|long-standing|unwritten|personal|important|absolute|non-negotiable|overall|default|common|company|clear|small|little|big|final)';
const RULE =
  '(?:rule(?: of thumb)?|policy|convention|principle|guideline|standard|practice|habit|custom|law|agreement|norm)s?';
const WISH =
  '(?:request|order|instruction|directive|requirement|wish|demand|reminder|note|memo|preference|commandment)s?';
const LASTING = '(?:standing|general|permanent|lasting|long-term|hard|firm|house|team|repo|global|universal|strict)';
const REPO = '(?:repo|repository|project|code ?base|workspace|monorepo|product|company|team|app)';
const WORK =
  '(?:sessions?|chats?|conversations?|tasks?|jobs?|work|changes?|commits?|prs?|pull requests?|releases?|runs?|projects?|features?|fix(?:es)?|reviews?|edits?|patch(?:es)?|tickets?)';
const ALL =
  '(?:each|every|any|all)(?: of (?:our|your|the))?(?: single| new| future| later| other| upcoming| coming| further| following| our| your)*';
const REST = `(?:rest|remainder|duration|whole|entirety|lifetime|life) of (?:this|the|our|my) (?:whole |entire )?(?:${REPO}|collaboration|engagement|cooperation|time together|work together)`;
const MARK = '\\s?[:–—]\\s{0,3}';
const PAUSE = '\\s?[,:;–—]\\s{0,3}';

/** How what a lead introduces is to be read. */
export type Force = 'order' | 'memo' | 'ban';

interface Lead {
  readonly pattern: RegExp;
  readonly force: Force;
  /** It is a part of the rule: "no matter how small the fix is, …". */
  readonly keep?: boolean;
  /** Means little unless something else in the sentence lasts. */
  readonly weak?: boolean;
  /** Nothing lasts by it: it only stands before what does. */
  readonly soft?: boolean;
}

const lead = (source: string, force: Force = 'order', more: Pick<Lead, 'keep' | 'weak' | 'soft'> = {}): Lead => ({
  pattern: new RegExp(`^(?:${source})`, 'iu'),
  force,
  ...more,
});

const ALLOWED = '(?:allowed|permitted|supposed|meant|authori[sz]ed|entitled)(?: ever)? to ';
/** "Forget what I said, …", "we changed our mind: …". */
const CHANGED = `(?:(?:please )?(?:scrap|forget|ignore|disregard|strike|cancel) (?:that|this|it|what (?:i|we) (?:said|wrote|told you|agreed)(?: on)?)(?: (?:before|earlier|last time|about [^:,]{2,30}))?|(?:i|we)(?:['’]ve| have)? (?:changed|reconsidered|switched|revised|thought again)\\b[^:,.]{0,30}|change of plans?|correction|update)\\s?[:,;–—]\\s{0,3}`;
const CHANGED_RULE = `(?:(?:please )?(?:scrap|forget|ignore|disregard|strike|cancel) (?:the|my|our) (?:old|earlier|previous|last|former) (?:${RULE}|instruction|${WISH})(?: (?:before|earlier|about [^:,]{2,30}))?|(?:change|update|correction|amendment|revision)(?: of| to| for)? (?:the |our )?(?:rules?|policy|convention))\\s?[:,;–—]\\s{0,3}(?:the new (?:rule|one) is )?`;
const LEADS: readonly Lead[] = [
  lead(`(?:as|per) (?:an?|our|my|the|one) (?:${ADJECTIVE} ){0,3}(?:${RULE}|${WISH})(?:,| -|:)? {1,3}(?!of\\b)`),
  lead(`without (?:any |a single |even one )?exceptions?(?: whatsoever)?${PAUSE}`),
  lead(`(?:each and every|every single|each|every|any) (?:time|occasion)${PAUSE}(?!i\\b|it\\b)`),
  lead(
    `(?:each and every|every single|each|every) time,? (?:you|we|before|after|that you|prior to|when you)\\b[^,:;]{2,70}${PAUSE}`,
    'order',
    { keep: true },
  ),
  lead(`on (?:each|every|any)(?: single)? occasion(?:,|:)? `),
  lead(`for (?:the )?(?:entire )?${REST}(?:,|:)? `),
  lead(`(?:for )?as long as (?:we|you|i|this ${REPO})\\b[^,:]{3,50}${PAUSE}`),
  lead(
    `until (?:i (?:say|tell you) (?:otherwise|so|differently)|further notice|told otherwise|you hear otherwise|revoked)(?:,|:)? `,
  ),
  lead(
    `(?:throughout|across|all over|everywhere in|anywhere in|all through) (?:this|the|our|my) (?:whole |entire |complete )?${REPO}(?:,|:)? `,
  ),
  lead(`(?:(?:project|repo|code ?base|team|company)[- ]wide|globally|universally)${PAUSE}`),
  lead(
    `(?:permanently|consistently|forever|for good|once and for all|always and everywhere|everywhere and always|in general|generally(?: speaking)?|at all times|across the board)${PAUSE}`,
  ),
  lead('(?:consistently|invariably|henceforth|hereafter|henceforward)(?:,|:)? (?!i\\b)'),
  lead(`no matter (?:how|what|which) [^,:]{0,40}\\b${WORK}\\b[^,:]{0,20},\\s{1,3}`, 'order', { keep: true }),
  lead(`(?:in|for|across|with|during) ${ALL} ${WORK}(?: from now on)?(?:,|:)? (?!where|that|which|in\\b|on\\b|of\\b)`),
  lead(
    `(?:keep|bear|have|hold) (?:this|that|it|the following|in mind)(?: (?:in mind|in (?:your )?memory|noted|as an? (?:${ADJECTIVE} )?(?:note|rule|reminder|memory)))?(?:,? (?:for|from|in|across|at|during|whenever|always|forever)\\b[^:,]{0,50})?${MARK}`,
    'memo',
  ),
  lead(
    `(?:remember|memori[sz]e|learn)(?: (?:this|that|it|the following|these)(?: one)?)?(?: (?:well|carefully|please|by heart))?(?:,? (?:for|from|in|across|as|at|once)\\b [^:,]{2,50})?${MARK}`,
    'memo',
  ),
  lead(
    `(?:write|note|jot|put|take|save|store|record|pin)(?: (?:this|that|it|the following))?(?: down)?,? (?:for|in|into|to) (?:(?:the|your|our|all|every|any|each|later|future|next|good|project|long-term) ?)+(?:sessions?|work|reference|future|time|memory|memories|notes|good|chats?|conversations?|tasks?)?${MARK}`,
    'memo',
  ),
  lead(
    `(?:(?:some|one|another|a|an|two|the|just) (?:\\w+ )?)?(?:things?|points?|details?|bits?|facts?|something)(?: (?:that|which) (?:you|i|we))? (?:(?:to|worth|you (?:should|must)|i want you to|for you to) )(?:always |please )?(?:remember(?:ing)?|keep(?:ing)? in mind|bear(?:ing)? in mind|know(?:ing)?|memori[sz](?:e|ing)|not(?:e|ing))(?:,? [^:,]{2,40})?${MARK}`,
    'memo',
  ),
  lead(
    `(?:let|make|call|consider|treat|take) (?:this|that|it)(?: be)?(?: as)? (?:an?|our|the|my) (?:${ADJECTIVE} ){0,3}(?:${RULE}|${LASTING} ${WISH})(?: [^:]{0,30})?${MARK}`,
  ),
  lead(
    `(?:(?:and )?(?:here(?:['’]s| is| comes)|this is|that['’]s|it['’]s|it is) )?(?:(?:an?|the|our|my|one|another) )?(?:${ADJECTIVE} ){0,3}(?:${RULE}|${LASTING} ${WISH})(?: (?:for|in|of|about|on|here|from|to|across|around|at|with)\\b[^:]{0,40})?(?: (?:is|goes|reads|stays)(?: (?:simple|easy|clear|this|as follows|like this))?)?(?:,? (?:it )?(?:which )?(?:replac|overrid|supersed|revis|instead of|in place of)[^:]{0,40})?${MARK}`,
  ),
  lead(CHANGED, 'order', { soft: true }),
  lead(CHANGED_RULE),
  lead(
    `(?:it['’]?s|it is|it has been) (?:an?|our|the|my) (?:${ADJECTIVE} ){0,3}${RULE}(?: (?:here|of ours|of mine|in this \\w+|for us))? (?:that|to) `,
  ),
  lead(
    `(?:do|follow|apply|respect|observe) (?:this|that|it|the following)(?: rule)?(?: (?:every|each|at|in|for|always|consistently|throughout)\\b[^:]{0,40})${MARK}`,
  ),
  lead(
    "(?:you|we|everybody|everyone|agents?|claude)(?:['’]re| are| is) (?:always (?:expected|required|supposed|asked|obliged|to)(?: to)?|(?:expected|required|supposed|asked|obliged) to always) ",
  ),
  lead(
    '(?:at no (?:time|point|stage|moment)|under no (?:circumstances?|conditions?|pretext)|on no account|in no (?:case|event|situation)|by no means|never ever|never,? under any circumstances)(?:,| (?:should|must|may|shall|do|can|are|is) (?:you|we|anyone|agents?|anybody)(?: ever)?(?: to)?)? ',
    'ban',
  ),
  lead(
    "(?:it|this|that)(?:['’]s| is| remains| stays) (?:(?:strictly|absolutely|always|generally|expressly|totally|completely|simply) )?(?:forbidden|prohibited|banned|disallowed|(?:not|never) (?:allowed|permitted|acceptable|ok(?:ay)?|fine)|unacceptable|taboo|a no-go|out of the question|off[- ]limits)(?: for (?:you|anyone|us|everybody|agents))?(?: here)? to ",
    'ban',
    { weak: true },
  ),
  lead(
    `(?:(?:you|we|agents?|claude|people)(?:['’]re| are| is)? (?:never|under no circumstances)|nobody is|no one is)(?: ever)? ${ALLOWED}`,
    'ban',
  ),
  lead(`(?:you|we|agents?|claude|people)(?:['’]re| are| is)? not(?: ever)? ${ALLOWED}`, 'ban', { weak: true }),
  lead(
    "i (?:forbid|prohibit|do not allow|don['’]t allow|never allow) (?:you|anyone|anybody|agents?) (?:to|from) ",
    'ban',
  ),
];

/** Any lead opens with one of these words: most sentences are through here. */
const MAY_LEAD =
  /^(?:please|scrap|forget|ignore|disregard|strike|cancel|change|update|correction|amendment|revision|updated|revised|changed|as|per|without|each|every|any|on|for|until|throughout|across|all|everywhere|anywhere|project|repo|code|team|company|globally|universally|permanently|consistently|forever|once|always|in|generally|at|invariably|hence\w*|hereafter|no|with|during|keep|bear|have|hold|remember|memori[sz]e|learn|write|note|jot|put|take|save|store|record|pin|some|one|another|an?|two|the|just|things?|something|let|make|call|consider|treat|and|here\S*|this|that\S*|it\S*|do|follow|apply|respect|observe|you\S*|we\S*|everybody|everyone|agents?|claude|under|by|never|people|nobody|i|our|my|standing|general|permanent|lasting|firm|strict|hard|iron|golden|cardinal|house|ground|global|rule|policy|convention|principle|new|important)(?![\w])/iu;

/** Asks without lasting by itself. */
const SOFT =
  /^(?:(?:please|pls|and|also|then|just),? |(?:can|could|would|will) you (?:please )?|(?:i|we)(?:['’]d| would| do| really)*(?: also| just)* (?:expect|want|need|ask|require|like|love|prefer|trust|urge)(?: for)?(?: all of)? (?:you|everyone|everybody|agents?|claude)(?: all)? to |(?:you|we)(?:['’]re| are)? (?:must|should|have to|need to|ought to|shall|(?:expected|required|supposed|asked|obliged|to) (?:to )?)(?:please )?|(?:please )?(?:make|be) (?:sure|certain)(?: that)?(?: (?:you|we)| to)? |(?:see|take care)(?: to it)?(?: that)?(?: (?:you|we)| to) |(?:it['’]?s|it is) (?:very |really |super )?(?:important|crucial|essential|critical)(?: to me)?(?: that you| to| for you to) |(?:we|i) want (?!to\b))/iu;

const TASKISH =
  '(?:(?:for|in|on|at|when|because|with|to|during|about|as) )?(?:(?:this|that|these|those|the current|the present|my last)\\b[^,;:.]{0,30}|today|now|here|once|i ask(?: you)?(?: \\w+){0,2}|asked|i (?:mention|say|tell)\\b[^,;:.]{0,20}|tonight|right now|the moment|the time being|one time|while \\w+ing)';
const STRONG_TAIL = new RegExp(
  `(?:[,;:–—(-]\\s{0,2}|\\s)(?:(?:and |but )?(?:not|never) (?:just|only|merely|simply|exclusively) ${TASKISH}|(?:and )?(?:each and every|every single|each|every) (?:single )?time|always(?: and everywhere)?|everywhere and always|permanently|forever(?: more)?|for ever|for good|across the board|without (?:any |a single )?exceptions?|no exceptions?(?: whatsoever)?|as (?:a|our|my) (?:${ADJECTIVE} ){0,2}${RULE}|until further notice|until i say otherwise|at all times|in (?:all|any) cases?|in every (?:single )?case|henceforth|from (?:now|here|today) on(?:wards?)?|for (?:the )?${REST}|(?:in|for|across|with) ${ALL} (?:sessions?|chats?|conversations?|work)|(?:for )?as long as (?:we|you|i)\\b[^,]{3,40}|,? ever)\\)?$`,
  'iu',
);
const WEAK_TAIL =
  /(?:[,;:–—(-]\s{0,2}|\s)(?:in general|generally|consistently|no matter (?:what|how|which|who|where|when)\b[^,;]{0,50}|regardless(?: of [^,;]{2,40})?|irrespective of [^,;]{2,40}|however (?:small|big|trivial|tiny|minor|large)\b[^,;]{0,40}|big or small|come what may|(?:everywhere|anywhere)(?: in (?:this|the|our) [\w-]{3,14})?|(?:in|for|across|throughout) (?:this|the|our) (?:whole |entire )?(?:repo|repository|project|code ?base|workspace|monorepo))\)?$/iu;
/** Politeness and labels after the rest. */
const CLOSING =
  /(?:[,\s–—-]{1,3}(?:please|pls|plz|thanks|thank you|thx|ok(?:ay)?|(?:just )?(?:so you know|fyi|for your information)|btw|for the record|for future reference|(?:for )?next time(?: too)?))?[.!\s]{0,10}$/iu;

/** A sentence without what was said around its core. */
export interface Framed {
  readonly core: string;
  /** The core with those leads that belong to the rule. */
  readonly rule: string;
  readonly force: Force;
  /** What surrounded it lasts whatever the core speaks of. */
  readonly strong: boolean;
}

interface Peeled {
  text: string;
  kept: string;
  force: Force;
  strong: boolean;
  found: boolean;
}

/** The core of a sentence that says itself that it lasts; undefined if nothing around it does. Pure, linear. */
export function unframed(sentence: string): Framed | undefined {
  const state: Peeled = { text: sentence.trim(), kept: '', force: 'order', strong: false, found: false };
  for (let round = 0; round < 5 && peelLead(state); round += 1);
  for (let round = 0; round < 4 && peelTail(state); round += 1);
  if (!state.found) return undefined;
  const core = state.text.replace(/^[\s,:;–—-]{1,4}/u, '').replace(CLOSING, '');
  return { core, rule: state.kept + core, force: state.force, strong: state.strong };
}

function peelLead(state: Peeled): boolean {
  if (MAY_LEAD.test(state.text) && peelLasting(state)) return true;
  const soft = SOFT.exec(state.text);
  if (soft === null) return false;
  state.text = state.text.slice(soft[0].length);
  return true;
}

function peelLasting(state: Peeled): boolean {
  const label = state.text.slice(0, 160);
  for (const { pattern, force, keep, weak, soft } of LEADS) {
    const found = pattern.exec(label);
    if (found === null || /["“”]/u.test(found[0])) continue;
    state.text = state.text.slice(found[0].length);
    if (keep === true) state.kept += found[0];
    if (force !== 'order' || state.force === 'order') state.force = force;
    if (soft !== true) {
      state.strong ||= weak !== true;
      state.found = true;
    }
    return true;
  }
  return false;
}

function peelTail(state: Peeled): boolean {
  const text = state.text.replace(CLOSING, '');
  const from = Math.max(0, text.length - 110);
  const end = text.slice(from);
  const strong = STRONG_TAIL.exec(end);
  const tail = strong ?? WEAK_TAIL.exec(end);
  if (tail === null || from + tail.index < 8) return false;
  // "No matter how small the fix is" is a part of the rule; "every time" is not.
  state.text = text.slice(0, from + tail.index);
  state.strong ||= strong !== null;
  state.found = true;
  return true;
}

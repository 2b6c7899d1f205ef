/** "One thing though: always …": what comes after the colon is the instruction, unless the words name what it is. */
export const OPENING = /^([^:`"“]{2,60}):\s+(?=\S)/u;
export const NAMES_TEXT =
  /\b(?:says?|said|wrote|writes?|asks?|asked|told|tells?|reported|reports?|complain(?:s|ed)|mail(?:ed)?|emailed|replied|quote|feedback|(?:customer|client|user|reviewer|boss|manager)s?|text|texts|message|messages|error|errors|label|title|prompt|called|named|reads?|output|log|logs|warning|string|copy|to|with|as|is|are|example|button|checkbox|options?|plan|todo|spec|requirements?|implement|function|api|endpoint|http\S*)$/iu;

/** The words of standing instructions in English, and of what only looks like one. All matched on one sentence. */

/** Said before the instruction; carries no rule. "no" only as an answer: "no more emojis" is a rule. */
export const LEAD_IN =
  /^(?:(?:no(?:pe)?|nah)(?=\s{0,2}[,.!;:–—]|\s{0,2}-\s|\s+(?:don|do not|never|always|use|please|stop|just|i|you|we|that)\b)|(?:ok(?:ay)?|yes|yeah|yep|great|good|thanks|thank you|cool|well|so|and|also|but|hey|hi|oh|ah|please|pls|plz|just|btw|fyi|important|again|actually|wait|sorry|perfect|nice|right|alright|sure|then|finally|one more thing|another thing|by the way|p\.?s\.?|(?:like|as) i said(?: before)?|i said|i['’]ve (?:said|told you)(?: this| that)?(?: before| already| many times)?|i (?:already )?told you(?: to)?(?: before)?|claude|look|listen|rule(?! of)|note(?! (?:to self|for (?:later|the|next|future))))(?![\w'’-]))[\s,:;.!–—-]{0,4}/iu;

export const REMEMBER =
  /^(?:(?:please |can you |could you |you (?:should|must|need to) |i want you to )?(?:always )?remember(?: this)?(?: for (?:the future|next time|later|all sessions))?(?::\s*|,? that\s+|\s+(?:to (?=(?:always|never)\b)|(?=(?:we|our|all|every|never|always)\b)))|(?:please )?(?:note to self|keep in mind|bear in mind|for future reference|for the record|make a note|take note|write this down|don['’]?t forget(?= that)|(?:a )?(?:quick )?(?:note|reminder|heads[- ]up)(?: to yourself)? for (?:later|(?:the )?(?:future|next time)|future sessions|next sessions?)|(?:just )?so you know,? for next time|add (?:this )?to (?:your |the )?memory|save (?:this )?(?:to|in) (?:your |the )?memory|memori[sz]e)(?: that\s+|\s{0,2}[:,–—-]\s{0,2}))/iu;

const REPO = '(?:repo|repository|project|codebase|code base|workspace|monorepo)';
const NOW =
  'from now on(?:wards?)?|from here on(?: out| in)?|going forward|moving forward|in (?:the )?future(?: sessions?| prs?| commits?| changes?)?|for (?:all|any|every) (?:future|new|upcoming) \\w+|for the future|in all (?:of )?your (?:answers|replies|responses|commits|prs|code)(?: from now on)?';

/** The sentence opens with its scope: from a time on … */
export const SCOPE_START = new RegExp(
  `^(?:${NOW}|in every session|at all times|as a (?:general )?rule|in general|by default|(?:project|repo|team|house|standing) (?:rule|convention))[\\s,:;–—-]{1,4}`,
  'iu',
);
/** … or in this place, where a task may be meant as well. */
export const REPO_START = new RegExp(
  `^(?:in|for|across) (?:this|our|the whole|the entire) ${REPO}[\\s,:;–—-]{1,4}`,
  'iu',
);

/** It says itself that it is a rule. */
export const DECLARED = new RegExp(
  `^(?:(?:the|our|my) (?:\\w+ )?(?:convention|rule|policy|standard|practice)(?: (?:here|for \\w+|(?:in|of|for) (?:this|our) ${REPO}))? is(?! (?:broken|violated|outdated|wrong|unclear|missing|not) )(?: that| to|:)?|(?:(?:one|another|a|new|quick|house|team|project|repo|general) ){1,3}rule(?: (?:in|of|for) (?:this|our) ${REPO})?:)\\s+`,
  'iu',
);

/** The sentence ends with its scope. */
export const SCOPE_END = new RegExp(
  `[\\s,;–—-]{1,3}(?:${NOW}|at all times|as a (?:general )?rule|every (?:single )?time|no exceptions|without exception)$|[,;–—-]\\s{0,2}(?:always|ever)$`,
  'iu',
);
export const REPO_END = new RegExp(`[\\s,;–—-]{1,3}(?:in|for|across) (?:this|our|the whole|the entire) ${REPO}$`, 'iu');

/** "Answer in Spanish from now on, …" */
export const SCOPE_BEFORE_COMMA = new RegExp(`\\s(?:${NOW})(?=[,;])`, 'iu');

/** The scope stands inside: "commits in this repo must be signed". */
export const SCOPE_INSIDE = new RegExp(
  `\\s+(?:in|for|across) (?:this|our|the whole|the entire) ${REPO}(?=[\\s,])`,
  'iu',
);

export const WHENEVER = /^(?:whenever|every time|each time|any ?time)\s+/iu;
/** "When you write SQL(,) always use …": the condition is about work, the rest a rule. */
export const CONDITION_ALWAYS =
  /^(when|if|before|after|once) ((?:you|we)\s.{2,120}?|(?:every |each |a )?\w{2,20}(?:ing|ment|or|tion)?(?:\s.{2,120}?)?),?\s+(?:please )?((?:always|never)\s.{3,200})$/iu;

/** "by default use port 3000 if PORT is not set" tells a program. */
export const PROGRAM_DEFAULT =
  /\bif [\w.]+ (?:is|are)(?: not|n['’]?t)? (?:set|given|present|missing|empty|defined|provided|passed|specified|null|undefined)\b/iu;

/** Who or what a "whenever" is about, so that it is the agent's work and not the program's. */
export const WORK_CONDITION =
  /^(?:you|we|i|claude|an? agent|\w{2,20}ing\b|(?:the |a |an |any |some )?(?:(?:unit|integration|e2e) )?(?:tests?|ci|build|lint(?:er|ing)?|type ?check(?:er|ing)?|pipeline|test suite|commit|pr|pull request|migration|dependency|dependencies|schema|public api|review)\b)/iu;

/** Any sign that a sentence outlasts the task: without one there is nothing to read. */
export const DURABLE = new RegExp(
  `(?<![\\w'’-])(?:always|never|do(?:n['’]?t| not) ever|not ever|to ever|${NOW}|from here on|whenever|every (?:single )?time|each time|any ?time|by default|as a (?:general )?rule|in general|at all times|under no circumstances|no exceptions|without exception|stop \\w{2,20}ing|no more \\w+|(?:in|for|across) (?:this|our|the whole|the entire) ${REPO}|(?:project|repo|team|house|standing) (?:rule|convention)|(?:the|our) (?:\\w+ )?(?:convention|rule|policy|standard|practice)(?: \\w+){0,4} is)(?![\\w-])|, ever(?=[.!]{0,3}$)`,
  'iu',
);

export const QUESTION_START =
  /^(?:why|what|when (?:is|are|was|were|did|does|do|will|would|should|can)|where|who|which|how|is|are|was|were|does|do(?! not\b| never\b)|did|has|have|had|shouldn['’]?t|isn['’]?t|aren['’]?t|am i|should (?:we|i|it|this)|can (?:we|i|it|this)|could (?:we|i|it|this))\b/iu;
export const POLITE_REQUEST = /^(?:can|could|would|will) you (?:please )?/iu;

export const REPORTED =
  /\b(?:(?:he|she|they|it|docs?|documentation|readme|comment|message|error|spec|article|reviewer|copilot|bugbot) (?:says?|said|states?|told|mentions?|claims?|suggests?)|according to|i (?:thought|think|guess|assume[d]?|wonder|believe|remember|noticed|see|saw|feel|heard)|it seems|seems like|looks like|apparently)\b/iu;

const THING =
  'pr|branch|commit|file|test|function|class|method|module|issue|task|step|one|case|change|ticket|feature|bug|component|page|session|conversation|chat|example|version|table|directory|folder|line|call|query|endpoint|list|button|dialog|screen|script|hook|error|migration|release|plan|run|build|deploy|deployment|iteration|round|prompt|attempt|sprint|demo|exercise|spike|prototype|experiment|review|refactor(?:ing)?|request|answer';
export const TASK_LOCAL = new RegExp(
  `\\b(?:for now|right now|yet|this time|(?:just|only) this once|this once|today|tonight|tomorrow|yesterday|temporar(?:y|ily)|(?:for|at) the moment|meanwhile|(?:this|these|that|those) (?:${THING})s?|(?:issue|pr|ticket|bug|task|step|line|option|item|case|point|phase) ?#?\\d+|#\\d+|lines? \\d+|the current (?:pr|branch|task|file|test|change|issue)|(?:the )?(?:above|below)(?! (?:\\d|zero\\b|half\\b))|mentioned (?:above|earlier|before)|until (?:i|we|then|the)|before we (?:merge|release|ship)|for the (?:demo|release|migration|rest of (?:this|the)))\\b`,
  'iu',
);
/** A key of an issue tracker, but not the name of a standard. */
export const TICKET = /\b(?!UTF-|SHA-|ISO-|RFC-|AES-|PEP-|ES-|HTTP-|TLS-)[A-Z]{2,8}-\d{1,6}\b/u;

/** Said of this place, these are tasks: "in this repo, add a file". */
export const ONE_OFF =
  /^(?:add|build|change|check|convert|copy|create|debug|delete|develop|download|explain|explore|find|fix|generate|implement|inspect|install|investigate|look|make|migrate|move|open|refactor|remove|rename|replace|review|rewrite|scan|search|set|show|summari[sz]e|update|upgrade|write)$/iu;

/** After "always" or "never": a state, not an action. */
export const STATE_WORD =
  /^(?:the|a|an|this|that|these|those|been|good|nice|great|bad|right|wrong|true|false|null|empty|there|here|had|has|was|is|did|does|got|gets|seen|saw|heard|mind|ever|again|happy|welcome|worked|happened|happens|going|only|so|too|as|in|on|at|from|with|when|if|better|easier|possible|available|about|because|and|or|but|thought|knew|fully|really|actually|quite|enough|needed|happen|happening|occur|think|visible|sorted|able)$/iu;

/** Verbs that say what an agent does; most others say at least as often what a program should do. */
export const AGENT_VERB =
  /^(?:do|use|run|re-?run|commit|push|pull|ask|answer|respond|reply|explain|write|prefer|test|lint|format|document|review|verify|double-check|cross-check|check|rebase|squash|merge|install|import|mock|hardcode|hard-code|guess|assume|amend|edit|touch|modify|name|comment|deploy|follow|avoid|put|sign|force|force-push|stash|cite|suggest|propose|tell|invent|make|leave|finish|start|stop|refactor|reformat|rename|annotate|consult|choose|pick|work|talk|say|give|ping|create|branch|tag|release|bump|pin|upgrade|duplicate|copy|swallow|suppress|disable|skip|ignore)$/iu;
/** What work on code is about, or the person: with one of these, other verbs are the agent's, too. */
export const WORK_NOUN =
  /\b(?:me|us|commits?|commit messages?|branch(?:es)?|prs?|pull requests?|tests?|code|source files|functions|docs?|docstrings?|readme|changelog|dependenc(?:y|ies)|packages|imports?|exports?|migrations|comments?|ci|lint(?:er)?|logger|types?|type hints?|api keys?|secrets?|credentials|tokens|env(?:ironment)? (?:vars?|variables)|errors|exceptions|endpoints|modules|classes|components|handlers|interfaces|sql|config(?:uration)? files?|generated|vendor|before (?:you|committing|pushing|merging)|after (?:you|each|every)|todos?|urls?|regex(?:es)?|files?|pipelines?|pnpm|npm|yarn|git|docker)\b|`[^`]+`/iu;

/** "… when I ask about X": only the one who is asked can be told so. */
export const ASKED_BY_ME =
  /\b(?:when|whenever|if|any ?time|every time|each time|after|before) i (?:ask|request|inquire|question|talk|tell|say|mention|discuss|bring up|want to (?:know|see)|need (?:help|advice))\b/iu;

const MODAL =
  "should(?:n['’]?t)?|must(?:n['’]?t)?|need to|have to|may|can(?:not|['’]?t)?|shall|are (?:to|not to|allowed to|not allowed to)|['’]?re (?:to|not to)|(?:(?:not|never) )?allowed to|supposed to|not supposed to|will|do(?:n['’]?t| not)";
export const YOU_SHOULD = new RegExp(
  `^(?:you|claude|the agent|agents?|subagents?)(?:['’]re| are)?\\s+(?:${MODAL})(?: (?:please|also|only|not))?\\s+|^you (?=(?:always|never)\\s+(?:must|should|have to|need to)\\b)`,
  'iu',
);
export const I_WANT =
  /^i(?:['’]d| would| do| really| just)?(?: always| never| also)?\s+(?:want|need|expect|like|love|prefer|rather|ask)(?: for)?(?: that| it if)? (?:you|claude|agents?)(?: to| not to| never to| always to|(?= (?:always|never)))\s+|^(?:it['’]?s|it is) (?:very |really |super )?(?:important|crucial|essential|critical)(?: to me)? (?:that you|for you to|to) (?=(?:always|never)\b)/iu;
/** "I don't want you to ever …" */
export const I_NEVER_WANT =
  /^i (?:(?:do not|don['’]?t) (?:ever )?want you to ever|(?:do not|don['’]?t) ever want you to|never want you to)\s+/iu;
export const I_WANT_THING =
  /^i(?:['’]d| would)?(?: never| only| always)? (?:want|prefer|like|expect)\s+(?!to know|to understand|to see (?:the|a|how|what|if))/iu;
export const WE_DO =
  /^we(?: all)?(?: only)?\s+(always|never|only|use|do(?:n['’]?t| not)|prefer|follow|keep|write|avoid|put|name|run|commit|format|test|deploy|target|support|squash|rebase|merge|place|indent|document|tag|review|sign|pin|release)\s/iu;
export const WE_ACT =
  /^(?:use|write|run|commit|push|name|put|place|keep|prefer|test|format|squash|rebase|merge|branch|deploy|tag|document|import|avoid|follow|lint|review|sign|pin|version|log|mock|wrap|translate|release|indent|sort|type|publish|ship|prefix|add|create|update|store|generate|build|install|target|support)$/iu;

const NOUN =
  'commits?|commit messages?|commit titles?|branch(?:es)?|branch names?|prs?|pull requests?|pr (?:titles?|descriptions?)|tests?|test files?|migrations?|imports?|exports?|comments?|docs|docstrings?|doc comments?|changelogs?|changelog entries|release notes|releases|variables?|constants?|file ?names?|files?|folders?|components?|hooks?|endpoints?|routes?|handlers?|functions?|methods?|class(?:es)?|types?|interfaces|errors|error messages?|logs?|log messages?|strings|secrets?|credentials|dependencies|packages|scripts|fixtures|mocks|styles|translations|dates|timestamps|ids|answers?|replies|responses?|explanations?|summaries|code|sql|queries|configs?|env(?:ironment)? (?:vars?|variables)';
export const ARTEFACT = new RegExp(
  `^(?:all |every |each |any |new |our |the )?(?:\\w+[ -]){0,2}?(?:${NOUN})(?: always| never)? (?:must|should|shall|need|needs|have|has|gets?|go|goes|live|lives|belong|belongs|are|is|use|follow|start|end)\\b(?! (?:\\w+ing|broken|red|slow|missing|flaky|failed|stuck|wrong|gone|green|not found)\\b)`,
  'iu',
);
export const OBLIGES = /\b(?:must|should|shall|needs?|ha(?:s|ve) to|always|never|belongs?|lives?|goe?s?)\b/iu;
export const FORBIDS = /\b(?:(?:do|should|must|ca|wo)n['’]?t|not|never|cannot)\b/iu;
export const NEVER_EVER = /^(?:don['’]?t|do not) ever(?=\s)/iu;

/** A pronoun as the object: what it stands for is outside of the sentence. */
export const POINTER_OBJECT =
  /\b(?:that|this|it|those|these|them|so|there|here)(?=$|[\s]{0,2}[.,;!)]|\s+(?:again|anymore|ever|please|for|in|on|at|by|with|when|if|because|since|before|after|from|to|like|as|first|too|instead)\b)/iu;

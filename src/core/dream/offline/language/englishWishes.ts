/** Sentences in which people say how they want things to be, or how they already do them, without a word of time. */

/** "We explicitly don't want hardcoded fixtures": of a kind of thing, not of one that was pointed at. */
const FIRM =
  /^we (?:(?:explicitly|expressly|deliberately|intentionally|strictly) (?:do not |don['’]?t |never )?|(?:do not|don['’]?t) (?:explicitly|ever) )want (?!to\b|the\b|this\b|that\b|these\b|those\b|it\b|them\b|a\b|an\b|one\b|you\b|any (?:changes?|more)\b|him\b|her\b|anything\b|nothing\b)(?=\S+ \S)/iu;
/** "We always want to be given …": what is wanted always is wanted after this task, too. */
const ALWAYS =
  /^we (?:always|never) want (?!this\b|that\b|it\b|them\b|to (?:see|know|understand|hear|go back|do (?:this|that|it))\b)(?=\S+ \S+)/iu;
/** What a place or a time before it makes a rule of. */
const SCOPED = /^we (?:(?:do not|don['’]?t|only) )?want (?:to (\w{2,20})|all|every|no)\s/iu;

/** How texts around code are written: the things that a program does not act on by itself. */
const WRITTEN =
  'comments?|code comments|docstrings?|doc comments|commit messages?|commit titles?|branch names?|pr (?:titles?|descriptions?)|pull request (?:titles?|descriptions?)|changelog entries|release notes|test names?|(?:variable|function|method|class|file) names?|type hints';
const WRITES =
  '(?:(?:not|never|only) )?(?:link|reference|cite|explain|describe|say|state|tell|document|name|mention|start|begin|end|use|follow|stay|fit|have|contain|repeat|restate|be (?:in|inside|within|above|short|concise|brief|complete|full|written|one|lower ?case|imperative|self-explanatory|descriptive|prefixed|capitali[sz]ed))';
const TEXTS = new RegExp(
  `^(?:(?:all|our|code|inline|new|public|good) ){0,2}(?:${WRITTEN}) (?:should|must|need to|have to) ${WRITES}\\b(?=\\s\\S)`,
  'iu',
);
/** "Tests should not depend on …": how they are made, never whether they pass. */
const TESTS =
  /^(?:(?:all|our|unit|integration|e2e|new) ){0,2}tests (?:should|must|need to|have to) (?:(?:not|never|only) (?:depend|rely|hit|touch|share|sleep|mock|use|call|need|write|read|access|go|connect|test|assert)|(?:use|live|mirror|avoid|follow|be (?:deterministic|hermetic|independent|isolated|self-contained|named|placed|written|next to)))\b(?=\s\S|$)/iu;

/** "We use … everywhere else": a practice that is wider than what is worked on. */
const PRACTICE =
  /^we (?:use|write|keep|put|call|name|run|handle|avoid|prefer|log|test|import|wrap) (?!it\b|this\b|that\b|them\b|these\b|those\b|the (?:same|old|new)\b).{2,160}?(?<![\w-])(?:everywhere(?: else)?|elsewhere|in (?:all )?(?:the |our )?other (?:places|parts|modules|packages|services|commands|repos|projects)|throughout (?:the|our) [\w-]{3,20}|across (?:the|our) (?:board|code ?base|whole repo|repo|project))(?![\w-])/iu;
const OUTDATED = /\b(?:still|old|deprecated|legacy|but|though|too many|wrongly|by mistake|shouldn['’]t)\b/iu;

/** "Keep our notes in the wiki": keeping goes on; what is theirs together is more than this task. */
const KEEP_OURS =
  /^(?:please )?(?:keep|track|maintain) (?:all (?:of )?)?our (?!(?:\w+ )?(?:changes?|commits?|diffs?|approach|options?|focus|discussion|eyes?|current|existing|edits?|fix(?:es)?|branch(?:es)?|place)\b)(?:[\w-]{2,30} ){1,3}(?:in|on|under|inside) (?!mind\b|sync\b|place\b|line\b|check\b|this\b|that\b|these\b|it\b|one\b|an?\b|scope\b|memory\b|the (?:branch|current|same|pr|stash|meantime|loop|background|end)\b)(?:[\w./@-]{2,40})(?: [\w./@-]{2,40}){0,3}$/iu;

/** True if the sentence states a wish or a practice of the people here that outlasts the task. Pure, linear. */
export function isStandingWish(text: string): boolean {
  if (FIRM.test(text) || ALWAYS.test(text) || TEXTS.test(text) || TESTS.test(text)) return true;
  return KEEP_OURS.test(text) || (PRACTICE.test(text) && !OUTDATED.test(text));
}

/** The verb of "we want to …", '' if it wants things; undefined if it is no such sentence. */
export function scopedWish(text: string): string | undefined {
  const found = SCOPED.exec(text);
  return found === null ? undefined : (found[1] ?? '');
}

const ASKS =
  /^(?:(?:please|pls|ok(?:ay)?|and|also|then|can you|could you|can we|would you|let['’]?s|you (?:should|can)|i want you to)[,\s]{1,3}){0,4}(?:add|put|write|note|save|record|document|include|store|capture|remember|keep|make (?:a )?note of) (?:this|that|it|these|those)(?: (?:down|rule|convention|instruction|lesson|learning|in mind))?(?= (?:to|in|into|for|as|at|please|from)\b|[?.!\s]{0,4}$)/iu;
const WHERE =
  /\b(?:claude|agents|gemini)\.md\b|\b(?:your|the|project) (?:memory|memories|agent instructions|agent rules)\b|\bfor (?:the )?(?:next time|future sessions|next sessions?)\b|\bfor (?:the )?future(?=[?.!\s]{0,4}$)|\b(?:from now on|going forward)\b/iu;
const BARE = /^(?:please )?remember (?:this|that)(?: please)?[.!\s]{0,4}$/iu;

/** True for "add that to CLAUDE.md": it asks to remember what was said just before. */
export function asksToRemember(sentence: string): boolean {
  const text = sentence.trim();
  if (text.length > 160) return false;
  if (BARE.test(text)) return true;
  return ASKS.test(text) && WHERE.test(text);
}

/** Orders for one piece of work, as against orders that hold for all of a kind. */

const LET =
  /^(?:(?:ok(?:ay)?|so|and|then|now|please|also|just|actually|thinking again|on second thought|in that case|instead)[\s,:;–—-]{1,3}){0,4}(?:(?:let['’]?s|let us|can you|could you|we (?:should|can|could|need to|have to)|you (?:should|can|could|need to|have to)|i (?:want|need) you to|try to|go ahead and) )?(?:(?:just|also|completely|fully|entirely|simply|please|now|finally|quickly|actually|first|then) ){0,3}/iu;
const WORK =
  /^(?:remove|delete|drop|rename|merge|fix|add|revert|move|update|resolve|rebase|bump|clean ?up|clean|finish|implement|create|rework|rewrite|refactor|extract|inline|split|replace|undo|restore|bring back|get rid of|upgrade|downgrade|port|convert|investigate|debug|check out|cherry-pick|squash|push|pull|commit|deploy|release|publish|install|build|make|write|open|close|change|adjust|tweak|improve|simplify|optimi[sz]e|continue|proceed|start|set up|wire|hook up|integrate|migrate|copy|apply|enable|disable|expose|hide|show|reorder|rearrange|reduce|increase|extend|shorten|polish|sync|regenerate|re-?run|redo|try|handle|address|solve|look|have|take)(?= )/iu;
const OBJECT =
  /^(?:the|this|that|these|those|it|them|my|your|his|her|its|their|our|both|one of|all (?:of )?(?:the|these|those|them|my|your)|some|a|an|another|merge conflicts?|conflicts?|(?:the )?(?:failing|broken|missing|remaining|new|old|last|first|second|other|current|existing|unused|redundant|duplicate)|[\w./-]+\.(?:ts|js|py|go|rs|md|json|ya?ml|toml|java|rb|tsx|jsx|css|html)|[A-Z][\w-]+|`[^`]{1,60}`|(?:\w+ ){0,2}(?:with|from|into|onto|to) (?:main|master|develop|origin|upstream|it|this|that|the)\b)(?=$|[\s.,!])/u;
const LASTS =
  /\b(?:always|never|every|each|any|whenever|all (?:future|new)|from now|in general|generally|by default|instead of|rather than|unless|only when|only if|before (?:you|each|every|any|committing|pushing|merging)|after (?:each|every|any)|when(?:ever)? (?:you|we|adding|writing|creating|changing))\b|, not \w/iu;

/** True for an order to do one piece of work: "let's completely remove the start command". Pure, linear. */
export function isTask(text: string): boolean {
  const plain = text
    .trim()
    .replace(LET, '')
    .replace(/[.!\s]{1,20}$/u, '');
  const verb = WORK.exec(plain);
  if (verb === null || LASTS.test(plain)) return false;
  if (/^(?:have|take)\b/iu.test(plain))
    return /^(?:have|take) (?:an?|another|one more) (?:quick |close |closer |deep |second |fresh )?look\b/iu.test(
      plain,
    );
  return OBJECT.test(plain.slice(verb[0].length).trim());
}

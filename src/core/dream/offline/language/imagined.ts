/** What people only imagine, and what will hold only later: neither is a rule of today. */

/** "If this were mine", "had we more time", "in a perfect world", "if it were up to me". */
const COUNTERFACTUAL =
  /^(?:(?:even|only|and|but) )?if (?:only |ever )?(?:[\w'’-]{1,20} ){1,4}?(?:were|was|had|could|would|did|ran|owned|worked|started|built|knew|lived|got to|ever (?:have|get|move|switch|go))\b|^(?:had|were) (?:we|i|you|they|this|that|it|the \w+)\b|^(?:in|with) (?:an? |another |some |my )?(?:perfect|ideal|better|alternate|alternative|parallel|other|hypothetical|fantasy|dream) (?:world|universe|life|case|setup|situation|project|company)\b|^if (?:it|that) (?:were|was) (?:up to|for) |^if i (?:had|could have) my (?:way|say)\b|^(?:in|with) hindsight\b|^(?:assum(?:e|ing)|suppos(?:e|ing)|imagin(?:e|ing)|say|let['’]?s (?:say|assume|pretend|imagine)|pretend(?:ing)?|provided|picture|what if)(?: that)? (?:we|i|you|they|this|that|it|the|our|every|everyone|nobody|all)\b|^(?:one|you|somebody|someone|people|some) (?:could|might|may|would|can) (?:say|argue|think|claim|object)\b|^(?:for the sake of|hypothetically|theoretically|just thinking aloud|thought experiment)\b/iu;
/** "I would never use …" with a condition around it; asked for, it is another thing: "I would like you to …". */
const WOULD_IF =
  /\b(?:i|we|you|they|one|nobody|everyone) (?:would|['’]d|could|might)(?:n['’]t| not| never| always| only| still| rather)?\b(?! (?:like|love|rather|prefer|you))[^.]{2,120}\bif (?:we|i|you|they|it|this|that|the|there|only)\b/iu;
const WITH_IF =
  /^(?:if|unless|without|given|with)\b[^,]{3,80},? (?:i|we|you|they|one|nobody|everyone) (?:would|['’]d|could|might)(?:n['’]t| not| never| always| only| still)?\b(?! (?:like|love|rather|prefer))/iu;

const WORKS =
  '(?:add|write|create|introduce|change|touch|edit|rename|remove|delete|fix|commit|merge|push|open|review|release|deploy|test|build|refactor|document|update|bump|need|find|see|hit|run|use|log|call|store|make|do|work|finish|publish|tag|cut|import|mock|query|validate)';
const MODAL =
  "(?:should|will|['’]ll|could|can|would|shall|must|may|might|need to|have to|ought to|are going to|['’]re going to|won['’]t)";
/** "Once we are on the new cluster we should always …": it waits for something that has not come yet. */
const AWAITED = new RegExp(
  `^(?:(?:and |but )?(?:once|as soon as|by the time|the (?:day|moment|minute|week)(?: that)?|until|some ?day|one day|eventually|later(?: on)?,? when)) (?:we|they|the|our|this|that|it|everyone|everything|all|i|there)\\b(?! (?:all )?${WORKS}\\b)(?:['’]\\w{1,3})? [^,]{2,80}?,? (?:(?:then|maybe|perhaps) )?(?:we|you|i|they|it|everyone|everything|nobody|all|the [\\w-]+|there)(?: all| both)? ?${MODAL}`,
  'iu',
);
const AWAITED_STATE = new RegExp(
  `^(?:when|if|after) (?:we|they|the [\\w-]+(?: [\\w-]+)?|our [\\w-]+|this|it|everyone|i)(?: ever| finally| all| one day)?(?:['’](?:re|ve|s))? ?(?:(?:are|is|be|have|has|get|gets|reach|reaches|hit|go(?:es)? live|move|moves|migrate|migrates|switch|switches|upgrade|upgrades|launch|launches|ship|ships|land|lands|grow|grows|hire|own|adopt)\\b|['’](?:re|ve)\\b)(?! (?:an? |the )?(?:failing|open|merge|new (?:file|table|column|endpoint|route|test|class|module)))[^,]{0,80}?,? (?:(?:then|maybe|perhaps) )?(?:we|they|i|it|everyone|nobody)(?: all)? ?${MODAL}`,
  'iu',
);
const MAY_IMAGINE =
  /^(?:even|only|and|but|if|unless|without|given|had|were|in|with|assum\w*|suppos\w*|imagin\w*|say|let\S*|pretend\w*|provided|picture|what|one|you|somebody|someone|people|some|for|hypothetically|theoretically|just|thought|once|as|by|the|until|someday|eventually|later|when|after)(?![\w-])|\bif\b/iu;

/** True if a sentence imagines, or waits for what has not come yet. Pure, linear. */
export function isImagined(sentence: string): boolean {
  const text = sentence.trim().slice(0, 400);
  if (!MAY_IMAGINE.test(text)) return false;
  if (COUNTERFACTUAL.test(text) || AWAITED.test(text) || AWAITED_STATE.test(text)) return true;
  return WITH_IF.test(text) || WOULD_IF.test(text);
}

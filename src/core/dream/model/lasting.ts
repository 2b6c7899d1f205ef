/** Words that make more of a remark than one on the work at hand, in the languages that people most write prompts in. */
const LASTING =
  /(?<![\p{L}\p{N}])(?:always|never|every ?time|each time|when ?ever|from now on|in future|in the future|going forward|by default|as a rule|in general|generally|every|each|any ?more|again|in (?:this|our) (?:repo|repository|project|codebase)|we (?:use|do|don['’]?t|never|always)|immer|nie|niemals|ab jetzt|künftig|jedes mal|grunds[aä]tzlich|generell|bei uns|toujours|jamais|désormais|chaque fois|par défaut|siempre|nunca|jam[aá]s|a partir de ahora|cada vez|por defecto|sempre|a partir de agora|toda vez|mai|d['’]ora in poi|altijd|nooit|voortaan)(?![\p{L}\p{N}])|总是|永远|从不|绝不|以后|每次|一律|今後|毎回|必ず|いつも|絶対|二度と/iu;

/** True for words that are meant to last. */
export function isLasting(text: string): boolean {
  return LASTING.test(text.slice(0, 2_000));
}

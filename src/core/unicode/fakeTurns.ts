import { wordSpan, type FoundSpan } from './textFinding';

/** Who the words pretend to come from, as conversations with models are written down. */
const PATTERNS: readonly RegExp[] = [
  // The headings of turns, at the start of a line behind an empty one.
  /(?<=^|\n[ \t]{0,20}\r?\n)[ \t]{0,8}(?:\*\*|__)?(?:Human|Assistant|H|A)(?:\*\*|__)?:(?:\*\*|__)?(?=\s)/gu,
  /(?<=^|\n)[ \t>]{0,8}(?:\*\*|__)?(?:SYSTEM|DEVELOPER|OPERATOR|ADMIN)(?: (?:PROMPT|MESSAGE|NOTE|NOTICE|OVERRIDE|INSTRUCTIONS?))?(?:\*\*|__)?:(?=\s|\*|_)/gu,
  /(?<=^|\n)[ \t>]{0,8}#{2,4} ?(?:Instruction|Response|Human|Assistant|System|User)s?:(?=\s)/gu,
  /(?<=^|\n)[ \t>]{0,8}(?:[-=*#[(<]{1,10} ?)?(?:END|BEGIN|START)(?: OF)?(?: THE)? (?:MEMORY|MEMORIES|CONTEXT|SYSTEM|PROMPT|INSTRUCTIONS?|CONVERSATION|DOCUMENT|USER INPUT|UNTRUSTED|DATA)\b/gu,
  // Tokens that separate turns inside models.
  /<\|[a-z_]{2,40}\|>|<\uFF5C[^\uFF5C\n]{1,40}\uFF5C>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>|\[\/?(?:SYSTEM|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)[_A-Z]{0,20}\]/gu,
  // Tags in which agents wrap what is not the user's.
  /<\/?(?:antml:)?(?:system(?:[-_](?:reminder|prompt|message|instructions?|note|warning))?|assistant|human|developer|tool[-_](?:result|use|call|response|output)s?|function[-_](?:call|result)s?|function_calls|invoke|(?:user|session)[-_](?:message|prompt|prompt-submit-hook|start-hook)|command-(?:name|message|args|contents)|local-command-(?:stdout|stderr|caveat)|task-notification|end[-_]?(?:of[-_]?)?(?:memory|context|conversation)|\/?(?:agent-)?memor(?:y|ies)|budget:token_budget|max_thinking_length|thinking)(?=[\s>/])[^<>\n]{0,300}>/giu,
  /["']role["']\s{0,4}:\s{0,4}["'](?:system|developer|assistant|tool)["']/giu,
];

/** Words that pretend to be a turn of the conversation, or its frame. `text` is without its inline code. */
export function fakeTurns(text: string, limit: number): readonly FoundSpan[] {
  const found: FoundSpan[] = [];
  for (const pattern of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      if (found.length >= limit) return found;
      found.push(
        wordSpan('turn', { offset: match.index, length: match[0].length }, 'words that pose as another speaker'),
      );
    }
  }
  return found;
}

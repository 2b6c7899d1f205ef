/** The clauses of a message, and what a clause does: deny, give a value, tell a change, or answer. */

const MAX_CHARS = 6_000;
const SHORTEST = 9;
const BREAK =
  /(?<=[.!?])\s+|\n+|;\s+|,\s+(?=(?:and|but|so|which|because|since|considering|given|especially|as|while|though|although|can|could|also|or|how|what|is|do|i|it|even)(?:['’]\w{1,2})?\s)|\s+(?=(?:but|because|since|considering|given that|although|though|so that|while)\s)/iu;

/** Clauses of a message in order, code left out. */
export function clausesOf(text: string): readonly string[] {
  const prose = text
    .split('```')
    .filter((_, index) => index % 2 === 0)
    .join('\n')
    .slice(0, MAX_CHARS);
  return prose
    .split(BREAK)
    .map((clause) => clause.trim())
    .filter((clause) => clause.length >= SHORTEST);
}

/** "I have never …", "no prior experience with …". */
export function isDenial(clause: string): boolean {
  return /\b(?:never|haven['’]?t|no prior|no experience|not (?:yet|ever))\b/iu.test(clause);
}

/** A number, an amount, a day. */
export function valuesIn(clause: string): boolean {
  return /(?<![\p{L}\p{N}])[$€£]?\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)\b/iu.test(
    clause,
  );
}

/** It tells that something is otherwise than before. */
export function isChanged(clause: string): boolean {
  return /\b(?:now|recently|updated?|changed?|increas\w{1,4}|decreas\w{1,4}|reduc\w{1,4}|improv\w{1,6}|extend\w{0,3}|adjust\w{0,4}|new|moved|postponed|rescheduled|raised|lowered|dropped|grew|grown|reached|current(?:ly)?|latest|additional|added|instead|actually|switched|expanded|revised|shifted|upgraded|further|already|just)\b/iu.test(
    clause,
  );
}

/** The message takes up what it was told ("Got it, …"), instead of telling something. */
export function isAnswer(text: string): boolean {
  return /^\s{0,5}(?:got it|that(?:['’]s| is| was| sounds| makes| seems| really)|thanks|thank you|sure|yes|yeah|ok(?:ay)?|sounds|great|perfect|hmm|awesome|alright|right|absolutely|i see|cool|nice|looks|i appreciate|exactly|good|wow|oh|ah|i['’]ll|let['’]s)(?!\p{L})/iu.test(
    text,
  );
}

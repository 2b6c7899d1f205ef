/** A statement and the reason that was given with it, in the words of the speaker. */
export interface Reasoned {
  readonly claim: string;
  readonly reason?: string;
}

const TAILS: readonly RegExp[] = [
  /[,;]?\s(?:because|since|as(?= (?:it|we|the|they|there)\s)|(?<!say |told |stated |noted |specified |asked )otherwise|or else)[,]?\s(\S.{4,300})$/iu,
  /[,;]\s(?:sonst|weil|denn|da (?=wir|die|der|das|es))\s?(\S.{4,300})$/iu,
  /[,;]?\s(?:porque|ya que|si no,|sen(?:ã|a)o|j(?:á|a) que|pois)\s(\S.{4,300})$/iu,
  /[,;]?\s(?:parce qu(?:e\s|['’])|car\s|sinon,?\s|puisqu(?:e\s|['’]))(\S.{4,300})$/iu,
  /[，；](?:因为|否则|不然)(.{3,200})$/u,
];
const OPENING =
  /^(?:because|since|otherwise|or else|that['’]s because|the reason is(?: that)?|so that|weil|sonst|denn|porque|si no|sen(?:ã|a)o|car|parce que|sinon|因为|否则|不然|なぜなら)[,，\s]{0,2}(.{4,300})$/iu;

/** Cuts "…, because …" off a statement that has enough words of its own before it. Linear. */
export function splitReason(text: string): Reasoned {
  for (const tail of TAILS) {
    const found = tail.exec(text.slice(0, 1_000));
    if (found === null || !hasClaim(text.slice(0, found.index))) continue;
    return { claim: text.slice(0, found.index), reason: (found[1] ?? '').replace(/[.。!！\s]{1,20}$/u, '') };
  }
  return { claim: text };
}

/** The reason in a sentence of its own ("Otherwise …"), or undefined. */
export function reasonIn(sentence: string): string | undefined {
  return OPENING.exec(sentence.slice(0, 400))?.[1]?.replace(/[.。!！\s]{1,20}$/u, '');
}

function hasClaim(text: string): boolean {
  return /[\p{Script=Han}]/u.test(text) ? text.length >= 4 : text.trim().split(/\s+/u).length >= 3;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  colon: ':',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  lpar: '(',
  rpar: ')',
  sol: '/',
  num: '#',
  nbsp: '\u00A0',
  tab: '\t',
  newline: '\n',
  shy: '\u00AD',
  zwj: '\u200D',
  zwnj: '\u200C',
  lrm: '\u200E',
  rlm: '\u200F',
  zerowidthspace: '\u200B',
  negativethinspace: '\u200B',
  negativemediumspace: '\u200B',
  negativethickspace: '\u200B',
  negativeverythinspace: '\u200B',
  nobreak: '\u2060',
  applyfunction: '\u2061',
  invisibletimes: '\u2062',
  invisiblecomma: '\u2063',
};

/** An HTML entity, by number or by a name that matters here. */
export const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,22}));?/giu;

/** The character of an entity, or undefined for one that is not known. */
export function entityText(match: RegExpMatchArray): string | undefined {
  const [, decimal, hex, name] = match;
  if (name !== undefined) {
    const key = name.toLowerCase();
    return Object.hasOwn(NAMED, key) ? NAMED[key] : undefined;
  }
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** A text with its entities decoded, twice, because one layer may hide another. */
export function decodeEntities(text: string): string {
  return decodeOnce(decodeOnce(text));
}

function decodeOnce(text: string): string {
  if (!text.includes('&')) return text;
  let [decoded, from] = ['', 0];
  for (const match of text.matchAll(ENTITY)) {
    const character = entityText(match);
    if (character === undefined) continue;
    decoded += text.slice(from, match.index) + character;
    from = match.index + match[0].length;
  }
  return decoded + text.slice(from);
}

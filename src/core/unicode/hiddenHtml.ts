import { decodeEntities, ENTITY, entityText } from './entities';
import { unseenCharacters } from './hiddenRanges';
import { codePointsOf, wordSpan, type FoundSpan } from './textFinding';

/** Comments that only talk to a formatter or linter, with the names of rules behind them. */
const DIRECTIVE =
  /^(?:markdownlint-(?:disable|enable|capture|restore)(?:-line|-next-line|-file)?|prettier-ignore(?:-start|-end)?|eslint-(?:disable|enable)(?:-line|-next-line)?|textlint-(?:disable|enable)|vale (?:on|off)|c?spell:\s?(?:disable|enable)|lint (?:disable|enable)|(?:toc|tocstop|omit (?:in|from) toc|more))(?:[ ,]{1,3}(?:MD\d{3}|[a-z]{1,20}(?:[-/][a-z]{1,20}){1,6})){0,10}$/u;

const TAG_WORDS = 'a tag whose content is not shown';
const UNSHOWN_TAG =
  /<\/?(?:script|style|template|noscript|iframe|object|embed|applet|meta|link|base|svg|math|audio|video|portal|frameset|xmp|plaintext|textarea)(?=[\s/>])/giu;
const DECLARATION = /<(?:\?|!\[CDATA\[|![A-Z])/giu;
const HANDLER = /<[a-z][^<>]{0,400}?[\s"'/]on[a-z]{3,20}\s{0,5}=/giu;
const HIDDEN_ATTRIBUTE =
  /<[a-z][^<>]{0,400}?[\s"'](?:hidden(?=[\s=/>])|type\s{0,3}=\s{0,3}["']?hidden|aria-hidden\s{0,3}=\s{0,3}["']?true)/giu;
const HIDING_CLASS =
  /class\s{0,3}=\s{0,3}["'][^"'\n]{0,200}\b(?:sr-only|visually-hidden|invisible|d-none|display-none|hidden)\b/giu;
const FONT =
  /<font\s[^<>]{0,200}?(?:color\s{0,3}=\s{0,3}["']?(?:white|#fff(?:fff)?\b|transparent)|size\s{0,3}=\s{0,3}["']?0)/giu;
const STYLE = /\bstyle\s{0,5}=\s{0,5}(?:"([^"]{0,600})|'([^']{0,600})|([^\s"'>]{1,600}))/giu;
const HIDING_STYLE: readonly RegExp[] = [
  /display\s{0,5}:\s{0,5}none/iu,
  /visibility\s{0,5}:\s{0,5}(?:hidden|collapse)/iu,
  /opacity\s{0,5}:\s{0,5}(?:0(?:\.0\d{0,4})?|\.0\d{0,4}|[0-4]%)(?![\d.])/iu,
  /(?:font-size|line-height|zoom|max-height|max-width|height|width)\s{0,5}:\s{0,5}(?:0|0?\.\d{1,4}|1(?=px|pt))(?:px|pt|r?em|%|vh|vw)?(?![\d.])/iu,
  /(?:left|top|right|bottom|text-indent|margin(?:-[a-z]{3,6})?)\s{0,5}:\s{0,5}-\d{3,}/iu,
  /(?<![-a-z])color\s{0,5}:\s{0,5}(?:white|transparent|#f{3}\b|#f{6}\b|rgba?\(\s{0,3}255[\s,]{1,4}255[\s,]{1,4}255|rgba?\([^)]{0,40},\s{0,3}0?\.?0{1,3}\s{0,3}\)|#[0-9a-f]{3}0\b|#[0-9a-f]{6}00\b)/iu,
  /clip(?:-path)?\s{0,5}:\s{0,5}(?:rect|inset|circle|polygon)\(/iu,
  /transform\s{0,5}:\s{0,5}[^;]{0,60}(?:scale[xy3d]{0,2}\(\s{0,3}0|translate[xy3d]{0,2}\(\s{0,3}-\d{3,})/iu,
  /content-visibility\s{0,5}:\s{0,5}hidden/iu,
];

/** HTML in Markdown that no reader of the rendered page sees, or that does something. `text` is without its code. */
export function hiddenHtml(text: string, limit: number): readonly FoundSpan[] {
  const found: FoundSpan[] = [];
  if (text.includes('<')) {
    found.push(...comments(text, limit));
    found.push(...matches(text, UNSHOWN_TAG, TAG_WORDS, limit));
    found.push(...matches(text, DECLARATION, 'a declaration that is not shown', limit));
    found.push(...matches(text, HANDLER, 'an HTML event handler', limit));
    found.push(...matches(text, HIDDEN_ATTRIBUTE, 'a hidden HTML element', limit));
    found.push(...matches(text, HIDING_CLASS, 'a hidden HTML element', limit));
    found.push(...matches(text, FONT, 'HTML text that cannot be seen', limit));
    found.push(...hidingStyles(text, limit));
  }
  if (text.includes('&')) found.push(...hiddenEntities(text, limit));
  return found.slice(0, limit);
}

function matches(text: string, pattern: RegExp, words: string, limit: number): readonly FoundSpan[] {
  const found: FoundSpan[] = [];
  for (const match of text.matchAll(pattern)) {
    found.push(wordSpan('hidden-html', { offset: match.index, length: match[0].length }, words));
    if (found.length >= limit) break;
  }
  return found;
}

function comments(text: string, limit: number): readonly FoundSpan[] {
  const found: FoundSpan[] = [];
  let from = text.indexOf('<!--');
  while (from !== -1 && found.length < limit) {
    const close = text.indexOf('-->', from + 4);
    const end = close === -1 ? text.length : close + 3;
    const content = text.slice(from + 4, close === -1 ? undefined : close);
    if (content.length > 300 || !DIRECTIVE.test(content.trim())) {
      const words = close === -1 ? 'an HTML comment without an end' : 'an HTML comment';
      found.push(wordSpan('hidden-html', { offset: from, length: end - from }, words));
    }
    from = text.indexOf('<!--', end);
  }
  return found;
}

function hidingStyles(text: string, limit: number): readonly FoundSpan[] {
  const found: FoundSpan[] = [];
  for (const match of text.matchAll(STYLE)) {
    const value = withoutCssTricks(decodeEntities(match[1] ?? match[2] ?? match[3] ?? ''));
    if (!HIDING_STYLE.some((rule) => rule.test(value))) continue;
    found.push(
      wordSpan('hidden-html', { offset: match.index, length: match[0].length }, 'HTML text that cannot be seen'),
    );
    if (found.length >= limit) break;
  }
  return found;
}

/** CSS comments and escapes split words that a browser reads whole. */
function withoutCssTricks(value: string): string {
  return value.replace(/\/\*[^*]{0,200}\*\//gu, '').replace(/\\/gu, '');
}

function hiddenEntities(text: string, limit: number): readonly FoundSpan[] {
  const found: FoundSpan[] = [];
  for (const match of text.matchAll(ENTITY)) {
    const character = entityText(match);
    if (character === undefined || !unseenCharacters().test(character)) continue;
    const [entity] = match;
    const codePoints = codePointsOf(character);
    found.push({
      kind: 'hidden-html',
      offset: match.index,
      length: entity.length,
      codePoints,
      count: 1,
      words: 'a hidden character as HTML',
    });
    if (found.length >= limit) break;
  }
  return found;
}

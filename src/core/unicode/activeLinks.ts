import { decodeEntities } from './entities';
import { unseenCharacters } from './hiddenRanges';
import { wordSpan, type FoundSpan } from './textFinding';

/** Schemes that open a page, a mail or a remote in a program made for it. Everything else may act on this machine. */
const SAFE_SCHEMES: ReadonlySet<string> = new Set([
  ...['http', 'https', 'mailto', 'tel', 'sms', 'ftp', 'ftps', 'sftp', 'ssh', 'git', 'git+ssh', 'git+https'],
  ...['irc', 'ircs', 'xmpp', 'geo', 'urn', 'doi', 'news', 'webcal', 'ws', 'wss'],
]);
/** Programs that are mostly reached by links into them, where a file name with a colon looks alike. */
const ACTING_SCHEMES: ReadonlySet<string> = new Set(['vscode', 'file', 'data', 'command', 'javascript', 'vbscript']);

const MAX_DESTINATION = 300;
/** Where a destination begins: behind a link text, in an attribute, in a definition. */
const DESTINATION_STARTS: readonly RegExp[] = [
  /\]\(\s{0,20}</gu,
  /\]\(\s{0,20}(?!\s|<)/gu,
  /^ {0,3}\[[^\]\n]{1,400}\]:[ \t]{0,20}(?:\r?\n[ \t]{0,20})?<?/gmu,
  /\b(?:href|src|srcset|action|formaction|poster|background|cite|longdesc|xlink:href)\s{0,5}=\s{0,5}["']?\s{0,20}/giu,
];
const AUTOLINK = /<([a-z][a-z0-9+.-]{1,31}):[^\s<>]{0,400}>/giu;
const PLACEHOLDER = /\{\{|\$\{|\$\(|%7b%7b|\{[a-z_]{1,40}\}|<[a-z_-]{1,40}>|\[[a-z_ ]{1,40}\]/iu;
const IMAGE =
  /!\[[^[\]\n]{0,1000}\]\(\s{0,20}<?([^\s>)]{1,1000})|<img\s[^<>]{0,400}?\bsrc\s{0,5}=\s{0,5}["']?([^\s"'>]{1,1000})/giu;
const REMOTE = /^(?:https?:)?\/\//iu;
const LONG_QUERY = 200;

/** Links that would act on this machine, and pictures that would carry words away. `text` is without its code. */
export function activeLinks(text: string, limit: number): readonly FoundSpan[] {
  const found: FoundSpan[] = [];
  for (const start of DESTINATION_STARTS) {
    for (const match of text.matchAll(start)) {
      const offset = match.index + match[0].length;
      const scheme = actingScheme(text.slice(offset, offset + MAX_DESTINATION));
      if (scheme === undefined) continue;
      if (found.length >= limit) return found;
      const at = { offset: match.index, length: match[0].length + scheme.length + 1 };
      found.push(wordSpan('link', at, `a ${scheme}: link`));
    }
  }
  for (const match of text.matchAll(AUTOLINK)) {
    const scheme = actingScheme(match[0].slice(1));
    if (scheme !== undefined) {
      found.push(wordSpan('link', { offset: match.index, length: match[0].length }, `a ${scheme}: link`));
    }
  }
  return [...found, ...carryingImages(text)].slice(0, limit);
}

/** The scheme of a destination if it is not one of the safe ones, as a browser or editor would read it. */
function actingScheme(destination: string): string | undefined {
  if (!destination.includes(':') && !destination.includes('&')) return undefined;
  const read = decodeEntities(destination)
    .replace(/[\s\\]/gu, '')
    .replace(unseenCharacters(), '')
    .toLowerCase();
  const match = /^([a-z][a-z0-9+.-]{1,31}):([^)>"'\]]{0,20})/u.exec(read);
  const [, scheme = '', rest = ''] = match ?? [];
  if (scheme === '' || SAFE_SCHEMES.has(scheme)) return undefined;
  if (ACTING_SCHEMES.has(scheme)) return scheme;
  // `notes.md:12` and `setup:3` are places in files.
  return scheme.includes('.') || /^\d{1,7}(?::\d{1,7})?$/u.test(rest) ? undefined : scheme;
}

function carryingImages(text: string): readonly FoundSpan[] {
  const found: FoundSpan[] = [];
  for (const match of text.matchAll(IMAGE)) {
    const source = match[1] ?? match[2] ?? '';
    const query = source.search(/[?#]/u);
    const carries = PLACEHOLDER.test(source) || (query !== -1 && source.length - query > LONG_QUERY);
    if (!REMOTE.test(source) || !carries) continue;
    found.push(
      wordSpan('link', { offset: match.index, length: match[0].length }, 'a picture whose address carries words away'),
    );
  }
  return found;
}

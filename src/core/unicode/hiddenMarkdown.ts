import { wordSpan, type FoundSpan } from './textFinding';

const DEFINITION =
  /^ {0,3}\[([^\]\n]{1,400})\]:[ \t]{0,20}(<[^<>\n]{0,400}>|[^\s]{1,600})[ \t]{0,20}(["'(][^\n]{0,2000})?/gmu;
const EMPTY_LINK = /(?<!!)\[[\s\u00A0\u2800\u3000]{0,40}\](?:\([^)\n]{1,600}\)|\[[^\]\n]{1,200}\])/gu;
const LONG_TITLE = /\]\([^()\s]{1,600}[ \t]{1,10}"([^"\n]{120,2000})"/gu;
const LONG_ALT = /!\[[^[\]\n]{200,2000}\]/gu;
/** A file reads the words behind these as instructions: it imports another file of this machine. */
const IMPORT =
  /(?<=^|[\s(])@(?:~\/|\/(?:etc|home|root|Users|var|proc|tmp|private|mnt|opt|usr|dev|sys|run|Library|Volumes)\/|[A-Za-z]:[\\/]|file:)[^\s)]{0,300}/gmu;
/** Icons of the editor that say how something went. */
const STATUS_ICON =
  /\$\((?:check|check-all|pass|pass-filled|verified|verified-filled|error|warning|alert|info|zap|shield|lock|unlock|trusted|workspace-trusted|thumbsup|star-full|bell|question|circle-slash|testing-passed-icon|testing-failed-icon)(?:~[a-z]{1,10})?\)/gu;
const SECOND_FRONT_MATTER =
  /^(?:\uFEFF)?---[ \t]{0,20}\r?\n(?:(?!---)[^\n]{0,2000}\n){0,200}---[ \t]{0,20}\r?\n(?:[ \t]{0,20}\r?\n){0,5}(---[ \t]{0,20}\r?\n[\w"' -]{1,60}:[^\n]{0,2000}\n)/u;

/** Ways to keep words out of sight or to act that Markdown itself offers. `text` is without its code. */
export function hiddenMarkdown(text: string, limit: number): readonly FoundSpan[] {
  return [
    ...definitions(text),
    ...each(text, EMPTY_LINK, 'a link without a text'),
    ...each(text, LONG_TITLE, 'a long text that only shows on a link'),
    ...each(text, LONG_ALT, 'a long text behind a picture'),
    ...each(text, IMPORT, 'an import of a file of this machine'),
    ...each(text, STATUS_ICON, 'an icon of the editor'),
    ...secondFrontMatter(text),
  ].slice(0, limit);
}

function each(text: string, pattern: RegExp, words: string): readonly FoundSpan[] {
  return [...text.matchAll(pattern)].map((match) =>
    wordSpan('hidden-markdown', { offset: match.index, length: match[0].length }, words),
  );
}

/** Definitions are never rendered; those that point nowhere, or that nobody uses, only carry their text. */
function definitions(text: string): readonly FoundSpan[] {
  const all = [...text.matchAll(DEFINITION)];
  if (all.length === 0) return [];
  const used = usedLabels(text);
  return all
    .filter(([, label = '', destination = '', title = '']) => {
      if (label.startsWith('^')) return false;
      if (/^(?:#|<>|<#>|\/)$/u.test(destination)) return true;
      const unused = !used.has(fold(label));
      return title !== '' && (unused || title.length > 120);
    })
    .map((match) =>
      wordSpan('hidden-markdown', { offset: match.index, length: match[0].length }, 'a definition that hides its text'),
    );
}

function usedLabels(text: string): ReadonlySet<string> {
  const used = new Set<string>();
  for (const match of text.matchAll(/\[([^[\]\n]{1,400})\](?!:)/gu)) used.add(fold(match[1] ?? ''));
  return used;
}

function fold(label: string): string {
  return label
    .trim()
    .replace(/\s{1,40}/gu, ' ')
    .toLowerCase();
}

/** A second block of fields right behind the first looks like the fields of the file. */
function secondFrontMatter(text: string): readonly FoundSpan[] {
  if (!/^\uFEFF?---/u.test(text)) return [];
  const match = SECOND_FRONT_MATTER.exec(text);
  const block = match?.[1];
  if (match === null || block === undefined) return [];
  const offset = match[0].length - block.length;
  return [wordSpan('hidden-markdown', { offset, length: block.length }, 'a second block of front matter')];
}

import { asDescription, asRule } from '../dream/offline/rule';
import { sentencesOf } from '../dream/memoryText';
import { contentStems, words } from '../dream/text/words';
import type { Importable } from './bridge';

/** Where a text stands, and what is known of all that it says. */
export interface Told {
  readonly file: string;
  /** 1-based line of the file on which the text begins. */
  readonly firstLine: number;
  readonly paths?: readonly string[];
  readonly category?: string;
  readonly personal?: boolean;
}

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*)$/u;
const BULLET = /^ {0,3}[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)/u;
const STEP = /^ {0,3}\d{1,3}[.)][ \t]+(?=\S)/u;
const FENCE = /^ {0,3}(```|~~~)/u;
const INDENTED = /^(?: {2,}|\t)\S/u;
/** A line that does not go on with the one before it. */
const STARTS = /^\s{0,8}(?:[-*+>|]|\d{1,3}[.)]|#{1,6} |```|~~~)/u;
/** A heading that turns round what stands below it. */
const TURNS =
  /\b(?:don['’]?ts?|do not|never|avoid|forbidden|prohibited|not allowed|anti-?patterns?|mistakes?|wrong|bad)\b/iu;
const LIMITS = { item: 4_000, items: 2_000, description: 400, quote: 4_000 } as const;

/**
 * The statements of a Markdown text: each list item, each list of numbered steps, each paragraph with the code below it.
 * What only points elsewhere, tables and comments are left out. Never throws.
 */
export function markdownItems(text: string, told: Told): readonly Importable[] {
  const reader = new Reader(text.split('\n').map((line) => line.replace(/\r$/u, '')));
  const items: Importable[] = [];
  for (const piece of reader.pieces()) {
    const item = itemOf(piece, told);
    if (item !== undefined) items.push(item);
    if (items.length >= LIMITS.items) break;
  }
  return items;
}

interface Piece {
  /** Index of the first line. */
  readonly from: number;
  readonly raw: readonly string[];
  /** Without its marks. */
  readonly said: string;
  readonly headings: readonly string[];
  /** "Never:" above a list. */
  readonly lead: string;
  readonly steps: boolean;
}

class Reader {
  readonly #lines: readonly string[];
  readonly #pieces: Piece[] = [];
  #headings: string[] = [];
  #lead = '';
  #leadAt = 0;
  #at = 0;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  pieces(): readonly Piece[] {
    while (this.#at < this.#lines.length) this.#step(this.#line(this.#at));
    return this.#pieces;
  }

  #line(at: number): string {
    return this.#lines[at] ?? '';
  }

  #step(line: string): void {
    if (line.trim() === '') this.#at += 1;
    else if (line.trimStart().startsWith('<!--')) this.#skipComment();
    else if (FENCE.test(line)) this.#at = this.#fenceEnd(this.#at);
    else if (HEADING.test(line)) this.#heading(line);
    else if (/^ {0,3}[|<]/u.test(line) || /^ {0,3}(?:[-*_=] ?){3,}$/u.test(line)) this.#at += 1;
    else if (STEP.test(line)) this.#steps();
    else if (BULLET.test(line)) this.#bullet();
    else this.#paragraph();
  }

  #skipComment(): void {
    while (this.#at < this.#lines.length && !this.#line(this.#at).includes('-->')) this.#at += 1;
    this.#at += 1;
  }

  #heading(line: string): void {
    const [, marks = '', words = ''] = HEADING.exec(line) ?? [];
    this.#headings = [...this.#headings.slice(0, marks.length - 1)];
    while (this.#headings.length < marks.length - 1) this.#headings.push('');
    this.#headings.push(words.replace(/[ \t]+#{1,6}[ \t]*$/u, '').trim());
    this.#lead = '';
    this.#at += 1;
  }

  /** The index behind the code block that begins at `from`. */
  #fenceEnd(from: number): number {
    const mark = FENCE.exec(this.#line(from))?.[1] ?? '```';
    let at = from + 1;
    while (at < this.#lines.length && !this.#line(at).trimStart().startsWith(mark)) at += 1;
    return at + 1;
  }

  #bullet(): void {
    const from = this.#at;
    this.#at = this.#itemEnd(from);
    const said = this.#dedented(from).replace(BULLET, '');
    const next = this.#nextFull(this.#at);
    // People forget to indent the code that a list item announces.
    if (/[:：]$/u.test(said) && FENCE.test(this.#line(next))) this.#at = this.#fenceEnd(next);
    else {
      this.#add(from, said, false);
      return;
    }
    this.#add(from, `${said}\n\n${this.#lines.slice(next, this.#at).join('\n')}`, false);
  }

  #steps(): void {
    const from = this.#at;
    let end = this.#itemEnd(from);
    for (let next = this.#nextFull(end); STEP.test(this.#line(next)); next = this.#nextFull(end))
      end = this.#itemEnd(next);
    this.#at = end;
    // What the steps are for stands above them, and is a part of what is quoted.
    this.#add(this.#lead === '' ? from : this.#leadAt, this.#lines.slice(from, end).join('\n'), true);
    this.#lead = '';
  }

  /** The index behind a list item and everything that is indented below it. */
  #itemEnd(from: number): number {
    let at = from + 1;
    while (at < this.#lines.length) {
      const line = this.#line(at);
      if (line.trim() === '') {
        const next = this.#nextFull(at);
        if (!INDENTED.test(this.#line(next))) return at;
        at = next;
      } else if (INDENTED.test(line)) at += 1;
      else if (HEADING.test(line) || BULLET.test(line) || STEP.test(line) || FENCE.test(line)) return at;
      else at += 1;
    }
    return at;
  }

  #paragraph(): void {
    const from = this.#at;
    let at = from;
    while (at < this.#lines.length && this.#line(at).trim() !== '') {
      const line = this.#line(at);
      if (at > from && (HEADING.test(line) || BULLET.test(line) || STEP.test(line) || FENCE.test(line))) break;
      at += 1;
    }
    const said = this.#lines
      .slice(from, at)
      .map((line) => line.replace(/^ {0,3}> ?/u, '').trim())
      .join('\n');
    const next = this.#nextFull(at);
    this.#at = at;
    if (FENCE.test(this.#line(next))) {
      this.#at = this.#fenceEnd(next);
      this.#add(from, `${said}\n\n${this.#lines.slice(next, this.#at).join('\n')}`, false);
    } else if (/[:：]$/u.test(said) && (BULLET.test(this.#line(next)) || STEP.test(this.#line(next)))) {
      this.#lead = said;
      this.#leadAt = from;
    } else {
      this.#lead = '';
      this.#add(from, said, false);
    }
  }

  #nextFull(from: number): number {
    let at = from;
    while (at < this.#lines.length && this.#line(at).trim() === '') at += 1;
    return at;
  }

  /** The lines from `from` to here, with what is below the first moved to the left as far as all of it goes. */
  #dedented(from: number): string {
    const [first = '', ...rest] = this.#lines.slice(from, this.#at);
    const indents = rest.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/u.exec(line)?.[0].length ?? 0);
    const by = Math.min(8, ...indents);
    return [first.trimStart(), ...rest.map((line) => line.slice(by))].join('\n').trimEnd();
  }

  #add(from: number, said: string, steps: boolean): void {
    const raw = this.#lines.slice(from, this.#at);
    while (raw.at(-1)?.trim() === '') raw.pop();
    this.#pieces.push({ from, raw, said: said.trim(), headings: this.#headings, lead: this.#lead, steps });
  }
}

function itemOf(piece: Piece, told: Told): Importable | undefined {
  const { from, raw, said, headings, lead, steps } = piece;
  if (said.length > LIMITS.item || !isStatement(said)) return undefined;
  const heading = headings.findLast((one) => one !== '') ?? '';
  const context = contextOf(piece, heading);
  const body = withWhen(piece, context === '' ? said : steps ? `${context}:\n\n${said}` : `${context}: ${said}`);
  const first = steps && context !== '' ? context : body;
  return {
    file: told.file,
    line: told.firstLine + from,
    lastLine: told.firstLine + from + raw.length - 1,
    quote: raw.join('\n').slice(0, LIMITS.quote),
    description: descriptionOf(first),
    body,
    heading: [...headings.filter((one) => one !== ''), lead].join(' ').trim().slice(0, 500),
    ...(told.category === undefined ? {} : { category: told.category }),
    paths: told.paths ?? [],
    personal: told.personal ?? false,
  };
}

/** What has to be said with it: alone, "commit to main" would say the opposite of "Never: commit to main". */
function contextOf({ lead, said, steps }: Piece, heading: string): string {
  const above = lead === '' ? heading : withoutColon(lead);
  if (lead !== '' && (steps || isShortLead(lead))) return plainWords(above);
  return lead === '' && (steps || TURNS.test(heading) || words(said).length < 4) ? plainWords(above) : '';
}

/** "In the folder where the server lives:" above a list says when its items hold, and would drown each of them. */
function withWhen({ lead, steps }: Piece, body: string): string {
  if (lead === '' || steps || isShortLead(lead)) return body;
  return `${body}\n\n**Apply when:** ${withoutColon(lead).replace(/\s+/gu, ' ')}.`;
}

function isShortLead(lead: string): boolean {
  return TURNS.test(lead) || words(lead).length <= 4;
}

function withoutColon(lead: string): string {
  return lead.replace(/[\s:：]+$/u, '');
}

/** One line of at most 110 characters: the first sentence, without Markdown's marks. */
export function descriptionOf(text: string): string {
  const lines = text.trim().split('\n');
  const end = lines.findIndex((line, at) => at > 0 && (line.trim() === '' || STARTS.test(line)));
  const paragraph = lines.slice(0, end < 0 ? lines.length : end).join(' ');
  const [sentence = ''] = sentencesOf(plainWords(paragraph).slice(0, LIMITS.description));
  return asDescription(asRule(sentence.replace(/[:：]$/u, '')));
}

function plainWords(text: string): string {
  return text
    .replace(/\*\*|__/gu, '')
    .replace(/\[([^\]\n]{1,200})\]\([^)\n]{1,400}\)/gu, '$1')
    .trim();
}

/** Not a link, an import, a badge or a word alone: what nobody could act on. */
function isStatement(said: string): boolean {
  if (/^@\S+$/u.test(said) || /^!?\[[^\]]*\]\([^)]*\)[.,;]?$/u.test(said) || /^https?:\S+$/u.test(said)) return false;
  return words(said).length >= 3 && contentStems(said).size >= 2;
}

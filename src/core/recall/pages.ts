import { estimateTokens } from '../model/tokens';
import type { Hasher } from '../ports';
import { preface } from './preface';

export interface PageLimits {
  readonly hasher: Pick<Hasher, 'sha256'>;
  readonly maxTokens: number;
  readonly maxParts: number;
  readonly partCharacters: number;
  readonly reviewedOn: string | undefined;
}

/** What stands together under one heading, '' where it needs none. */
interface Section {
  readonly head: string;
  readonly linesHead: string;
}

interface Filled {
  readonly blocks: string[];
  readonly lines: string[];
}

interface Part {
  readonly sections: Map<number, Filled>;
  characters: number;
}

/** Room for the line that says how much more there is. */
const TAIL_ROOM = 240;
const GAP = '\n\n';
/** The most that a token stands for. */
const CHARACTERS_PER_TOKEN = 3.2;

function tokensIn(characters: number): number {
  return Math.floor(characters / CHARACTERS_PER_TOKEN);
}

/** Parts that are filled piece by piece and never grow past their limits. Their order means nothing. */
export class Pages {
  readonly #limits: PageLimits;
  readonly #sections: readonly Section[];
  readonly #parts: Part[] = [];
  readonly #prefaceText: string;
  #tokens = 0;

  constructor(limits: PageLimits, sections: readonly Section[]) {
    this.#limits = limits;
    this.#sections = sections;
    this.#prefaceText = this.#preface('00000000', 99, 99);
    if (this.#open() !== undefined) this.#tokens += estimateTokens('x'.repeat(TAIL_ROOM));
  }

  /** Tokens that are left for pieces, by the budget and by what the parts can hold; another part has a preface too. */
  get room(): number {
    const here = tokensIn(this.#parts.reduce((sum, { characters }) => sum + characters, 0));
    const further = tokensIn((this.#limits.maxParts - this.#parts.length) * this.largest);
    if (here >= this.#tokensLeft || further === 0) return Math.min(here, this.#tokensLeft);
    return Math.max(here, Math.min(here + further, this.#tokensLeft - estimateTokens(this.#prefaceText + GAP)));
  }

  get #tokensLeft(): number {
    return this.#limits.maxTokens - this.#tokens;
  }

  /** Characters that an empty part has for one piece. */
  get largest(): number {
    return this.#limits.partCharacters - this.#prefaceText.length - TAIL_ROOM - GAP.length;
  }

  /** False if a piece of so many characters certainly has no room any more: asking costs nothing. */
  mayHold(characters: number): boolean {
    if (characters / CHARACTERS_PER_TOKEN > this.room) return false;
    return this.#parts.length < this.#limits.maxParts || this.#parts.some((part) => part.characters >= characters);
  }

  /** Puts a piece into the first part that has room for it; false, and nothing changed, where none has or may. */
  put(section: number, kind: keyof Filled, text: string): boolean {
    for (const part of this.#parts) if (this.#putInto(part, section, kind, text)) return true;
    const tokens = this.#tokens;
    const part = this.#open();
    if (part === undefined) return false;
    if (this.#putInto(part, section, kind, text)) return true;
    this.#parts.pop();
    this.#tokens = tokens;
    return false;
  }

  /** The parts as they are printed, and the marker in each of them; nothing if nothing was put. */
  print(tail: string | undefined): { readonly parts: readonly string[]; readonly marker: string } {
    const bodies = this.#parts.map((part) => this.#body(part)).filter((body) => body !== '');
    if (tail !== undefined && this.#parts.length > 0) {
      const [first = '', ...more] = bodies;
      bodies.splice(0, bodies.length, [first, tail].filter((text) => text !== '').join(GAP), ...more);
    }
    if (bodies.length === 0) return { parts: [], marker: '' };
    const marker = this.#limits.hasher.sha256([this.#limits.reviewedOn ?? '', ...bodies].join('\0')).slice(0, 8);
    const parts = bodies.map((body, at) => [this.#preface(marker, at + 1, bodies.length), body].join(GAP));
    return { parts, marker };
  }

  #preface(marker: string, part: number, parts: number): string {
    const { reviewedOn } = this.#limits;
    return preface({ marker, part, parts, ...(reviewedOn === undefined ? {} : { reviewedOn }) });
  }

  #open(): Part | undefined {
    const tokens = estimateTokens(this.#prefaceText + GAP);
    const { maxParts, partCharacters } = this.#limits;
    if (this.#parts.length >= maxParts || tokens > this.#tokensLeft) return undefined;
    const tail = this.#parts.length === 0 ? TAIL_ROOM : 0;
    const part = { sections: new Map<number, Filled>(), characters: partCharacters - this.#prefaceText.length - tail };
    this.#parts.push(part);
    this.#tokens += tokens;
    return part;
  }

  #putInto(part: Part, section: number, kind: keyof Filled, text: string): boolean {
    const { head = '', linesHead = '' } = this.#sections[section] ?? {};
    const filled = part.sections.get(section);
    const heads = [
      ...(filled === undefined && head !== '' ? [head] : []),
      ...(kind === 'lines' && (filled?.lines.length ?? 0) === 0 ? [linesHead] : []),
    ];
    const added = [...heads, text].map((piece) => piece + GAP);
    const characters = added.reduce((sum, piece) => sum + piece.length, 0);
    const tokens = added.reduce((sum, piece) => sum + estimateTokens(piece), 0);
    if (characters > part.characters || tokens > this.#tokensLeft) return false;
    part.characters -= characters;
    this.#tokens += tokens;
    const place = filled ?? { blocks: [], lines: [] };
    place[kind].push(text);
    part.sections.set(section, place);
    return true;
  }

  #body({ sections }: Part): string {
    return [...sections]
      .sort(([a], [b]) => a - b)
      .flatMap(([at, { blocks, lines }]) => {
        const { head = '', linesHead = '' } = this.#sections[at] ?? {};
        const list = lines.length === 0 ? [] : [[linesHead, ...lines].join('\n')];
        return [...(head === '' ? [] : [head]), ...blocks, ...list];
      })
      .join(GAP);
  }
}

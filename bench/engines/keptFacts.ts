import type { RawPrompt } from '../capture/rawPrompts';
import { countRawPrompts } from '../capture/rawPrompts';
import type { RawFacts } from './rawFacts';
import type { Sent } from './sentTokens';

/** How much of something the raw logs hold is in what was sent. */
export interface Kept {
  readonly all: number;
  readonly whole: number;
  /** Head and tail are there; the middle of a long text is not. */
  readonly cut: number;
  /** Of the cut ones, those longer than 16,000 characters; others hold a paste. */
  readonly long: number;
  readonly missing: readonly string[];
}

export interface KeptFacts {
  readonly prompts: Kept;
  readonly corrections: Kept;
  readonly denials: Kept;
  readonly failures: Kept;
  readonly failedCommands: Kept;
  readonly lastWords: Kept;
}

/** A person sets something right, by its first words; apart from the product's own list of such words. */
const CORRECTS =
  /^(?:no\b|nope|not |don'?t|do not|stop|wrong|wait|actually|instead|that'?s (?:not|wrong)|this is (?:not|wrong)|it (?:still|doesn'?t)|you (?:forgot|missed|should)|why did you|revert|undo|hmm)/iu;
/** Ends of a cut text that have to be there. */
const END = 120;
const LONG = 16_000;

/** Holds the facts of the raw logs against the texts that were sent. */
export function keptFacts(folder: string, raw: RawFacts, sent: Sent): KeptFacts {
  const pool = new Pool(sent);
  const prompts = countRawPrompts(folder).prompts.filter(({ file }) => sent.sources.has(file));
  const texts = prompts.map(({ text }: RawPrompt) => text);
  return {
    prompts: pool.kept(texts),
    corrections: pool.kept(texts.filter((text) => CORRECTS.test(text.trim()))),
    denials: pool.kept(raw.denials.filter((text) => text !== '')),
    failures: pool.kept(raw.failures.map(({ text }) => text)),
    failedCommands: pool.kept(raw.failures.flatMap(({ command = '' }) => (command === '' ? [] : [command]))),
    lastWords: pool.kept(raw.lastWords),
  };
}

/** All that was sent, as one text without the labels of entries. */
class Pool {
  readonly #text: string;
  readonly #redact: (text: string) => string;

  constructor({ texts, redactor }: Sent) {
    this.#text = flat(texts.join('\n').replace(/^\[\d+ [^\]\n]{1,120}\] /gmu, ''));
    this.#redact = (text) => redactor.redact(text).text;
  }

  kept(texts: readonly string[]): Kept {
    let [whole, cut, long] = [0, 0, 0];
    const missing: string[] = [];
    for (const text of texts) {
      const how = this.#how(text);
      if (how === 'cut' && text.length > LONG) long += 1;
      if (how === 'whole') whole += 1;
      else if (how === 'cut') cut += 1;
      else missing.push(flat(text).slice(0, 300));
    }
    return { all: texts.length, whole, cut, long, missing };
  }

  #how(text: string): 'whole' | 'cut' | 'missing' {
    const redacted = this.#redact(plain(text));
    const wanted = flat(redacted);
    if (this.#text.includes(wanted)) return 'whole';
    // A paste stands apart from what was typed around it.
    const lines = redacted.split('\n').map(flat);
    if (lines.every((line) => this.#text.includes(line))) return 'whole';
    if (wanted.length <= 3 * END) return 'missing';
    // Two entries of what was one text: its ends stand in one line each.
    const filled = lines.filter((line) => line !== '');
    const ends = [filled[0]?.slice(0, END), filled.at(-1)?.slice(-END)];
    return ends.every((end) => this.#text.includes(end ?? '')) ? 'cut' : 'missing';
  }
}

/** Without what nobody can see, and the colours of a terminal. */
function plain(text: string): string {
  return text.replace(/\u001B\[[0-9;]{0,20}[A-Za-z]/gu, '').replace(/(?![\n\t])[\p{Cf}\p{Co}\p{Cc}]/gu, '');
}

function flat(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

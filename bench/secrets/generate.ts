/** Numbers in [0, 1) that are the same in every run (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const LETTERS = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
/** Repetitions without a small limit are as long as their least plus this. */
const MOST_EXTRA = 8;

/** Writes texts that a pattern matches: literals, classes, groups, alternatives and bounded repetitions. */
export function generate(source: string, random: () => number): string {
  let at = 0;

  function alternatives(): string {
    const branches = [sequence()];
    while (source[at] === '|') {
      at += 1;
      branches.push(sequence());
    }
    return branches[Math.floor(random() * branches.length)] ?? '';
  }

  function sequence(): string {
    let text = '';
    while (at < source.length && source[at] !== '|' && source[at] !== ')') text += repeated();
    return text;
  }

  function repeated(): string {
    const from = at;
    let text = atom();
    const to = at;
    const bounds = /^(?:\{(\d+)(?:,(\d+))?\}|(\?))/u.exec(source.slice(at));
    if (!bounds) return text;
    const least = bounds[3] === undefined ? Number(bounds[1]) : 0;
    const most = bounds[3] === undefined ? Number(bounds[2] ?? bounds[1]) : 1;
    const times = least + Math.floor(random() * (Math.min(most - least, MOST_EXTRA) + 1));
    text = '';
    for (let i = 0; i < times; i += 1) {
      at = from;
      text += atom();
    }
    at = to + bounds[0].length;
    return text;
  }

  function atom(): string {
    const letter = source[at] ?? '';
    if (letter === '(') return group();
    if (letter === '[') return member();
    at += letter === '\\' ? 2 : 1;
    if (letter !== '\\') return letter;
    const escape = source[at - 1] ?? '';
    return 'wd'.includes(escape) ? pick(new RegExp(`\\${escape}`, 'u')) : escape;
  }

  function group(): string {
    const [opening = '('] = /^\((?:\?(?::|<?[=!]|<\w+>))?/u.exec(source.slice(at)) ?? [];
    at += opening.length;
    const text = alternatives();
    at += 1;
    return /[=!]$/u.test(opening) ? '' : text;
  }

  function member(): string {
    const [set = ''] = /^\[(?:\\.|[^\]\\])+\]/u.exec(source.slice(at)) ?? [];
    at += set.length;
    return pick(new RegExp(set, 'u'));
  }

  function pick(set: RegExp): string {
    const letters = LETTERS.filter((letter) => set.test(letter));
    return letters[Math.floor(random() * letters.length)] ?? '';
  }

  return alternatives();
}

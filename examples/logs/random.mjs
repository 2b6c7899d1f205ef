// Identifiers that look like the client's and are the same on every run.

/** A small generator (mulberry32) seeded by a text. Returns whole numbers below `limit`. */
export function seededRandom(seed) {
  let state = [...seed].reduce((hash, letter) => (Math.imul(hash, 31) + letter.codePointAt(0)) | 0, 7);
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Identifiers of one session, in the forms the client uses. */
export function identifiers(seed) {
  const random = seededRandom(seed);
  const hex = (length) => Array.from({ length }, () => random(16).toString(16)).join('');
  return {
    hex,
    below: random,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[random(4)]}${hex(3)}-${hex(12)}`,
    message: () => `msg_${hex(24)}`,
    tool: () => `toolu_${hex(24)}`,
    request: () => `req_${hex(24)}`,
    agent: () => `a${hex(16)}`,
  };
}

import { createRandom, type Random } from './random';

/** A log as broken writers leave it, and what is whole in it. */
export interface MalformedLog {
  readonly bytes: Buffer;
  /** Ids of the records that are complete, in order. */
  readonly complete: readonly string[];
  /** Lines that are no single record. */
  readonly broken: number;
}

interface Built {
  readonly id: string;
  readonly bytes: Buffer;
}

type Damage = (a: Built, b: Built, random: Random) => { readonly line: Buffer; readonly complete: readonly Built[] };

const join = (...pieces: readonly (Buffer | string)[]): Buffer =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
const cutOf = ({ bytes }: Built, random: Random): number => 1 + random.below(bytes.length - 1);
const nul = (random: Random): Buffer => Buffer.alloc(1 + random.below(700));

const spliced: Damage = (a, b, random) => {
  const cut = cutOf(a, random);
  if (random.chance(0.8)) return { line: join(a.bytes.subarray(0, cut), b.bytes), complete: [b] };
  // Written into the middle of another, not at a place where it would be a value of that one.
  const at = a.bytes.indexOf('hello', 0, 'utf8') + 2;
  return { line: join(a.bytes.subarray(0, at), b.bytes, a.bytes.subarray(at)), complete: [b] };
};
const glued: Damage = (a, b) => ({ line: join(a.bytes, b.bytes), complete: [a, b] });
const nulRun: Damage = (a, b, random) =>
  random.pick<Damage>([
    () => ({ line: join(a.bytes.subarray(0, cutOf(a, random)), nul(random), b.bytes), complete: [b] }),
    () => ({ line: join(nul(random), b.bytes), complete: [b] }),
    () => ({ line: join(a.bytes, nul(random), b.bytes), complete: [a, b] }),
    () => ({ line: join(a.bytes, nul(random), b.bytes.subarray(0, cutOf(b, random))), complete: [a] }),
    () => ({ line: nul(random), complete: [] }),
  ])(a, b, random);
const others: readonly Damage[] = [
  (a, _b, random) => ({ line: a.bytes.subarray(0, cutOf(a, random)), complete: [] }),
  (a, _b, random) => ({ line: a.bytes.subarray(cutOf(a, random)), complete: [] }),
  (a) => ({ line: withInvalidUtf8(a.bytes), complete: [a] }),
  (a) => ({ line: join(a.bytes, '\r'), complete: [a] }),
  (a) => ({ line: join('\uFEFF', a.bytes), complete: [a] }),
  (_a, _b, random) => ({ line: Buffer.from('#'.repeat(1 + random.below(300))), complete: [] }),
  (_a, _b, random) => ({ line: Buffer.from(`"${'{"type":"user","uuid":'.repeat(random.below(60))}`), complete: [] }),
];

function withInvalidUtf8(bytes: Buffer): Buffer {
  const at = bytes.indexOf('hello', 0, 'utf8');
  return join(bytes.subarray(0, at), Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]), bytes.subarray(at));
}

/** 45 % spliced, 10 % without a line break between, 15 % with runs of NUL, the rest cut, not UTF-8, CRLF, BOM or garbage. */
function damageOf(random: Random): Damage {
  const share = random.below(100);
  if (share < 45) return spliced;
  if (share < 55) return glued;
  return share < 70 ? nulRun : random.pick(others);
}

/** A log of one session with that many malformed lines, and some that are whole in between. */
export function malformedLog(options: {
  readonly seed: number;
  readonly lines: number;
  readonly session: string;
  readonly cwd: string;
}): MalformedLog {
  const random = createRandom(options.seed);
  const build = recordsOf(options, random);
  const first = build();
  const pieces: Buffer[] = [join(first.bytes, '\n')];
  const complete = [first.id];
  for (let line = 0; line < options.lines; line += 1) {
    const made = damageOf(random)(build(), build(), random);
    pieces.push(join(made.line, '\n'));
    complete.push(...made.complete.map(({ id }) => id));
    if (random.chance(0.1)) {
      const whole = build();
      pieces.push(join(whole.bytes, '\n'));
      complete.push(whole.id);
    }
  }
  const tail = build();
  pieces.push(tail.bytes.subarray(0, cutOf(tail, random)));
  return { bytes: Buffer.concat(pieces), complete, broken: options.lines };
}

const WORDS = ['hello { "type" : 1 }', 'hello \n--- \\ "quoted" {"uuid":"x"}', 'hello naïve 日本 🙂', 'hello [1, {}]'];

/** Prompts and answers, some with objects inside that look like records. */
function recordsOf({ session, cwd }: { readonly session: string; readonly cwd: string }, random: Random): () => Built {
  let count = 0;
  return () => {
    count += 1;
    const id = `${count.toString(16).padStart(8, '0')}-0000-4000-8000-${random
      .below(2 ** 30)
      .toString(16)
      .padStart(12, '0')}`;
    const envelope = { sessionId: session, cwd, timestamp: new Date(1_790_000_000_000 + count * 1000).toISOString() };
    const text = `${random.pick(WORDS)} ${count} ${'.'.repeat(random.below(400))}`;
    const inner = { type: 'user', message: { role: 'user', content: 'inner' }, uuid: 'inner-uuid', timestamp: 'x' };
    const record = random.pick<() => Record<string, unknown>>([
      () => ({ parentUuid: null, type: 'user', message: { role: 'user', content: text }, uuid: id, ...envelope }),
      () => ({ ...envelope, type: 'user', uuid: id, message: { role: 'user', content: [{ type: 'text', text }] } }),
      () => ({
        type: 'user',
        message: { role: 'user', content: text },
        data: { message: inner },
        uuid: id,
        ...envelope,
      }),
      () => ({
        parentUuid: id,
        isSidechain: false,
        ...envelope,
        type: 'assistant',
        message: { id: `msg_${count}`, role: 'assistant', model: 'm', content: [{ type: 'text', text }] },
        uuid: id,
        toolUseResult: [inner, inner],
      }),
    ])();
    return { id, bytes: Buffer.from(JSON.stringify(record)) };
  };
}

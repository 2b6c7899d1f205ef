import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';

const WORDS = [
  'test',
  'module',
  'the',
  'fails',
  'because',
  'import',
  'path',
  'queue',
  'retry',
  'index',
  'value',
  'and',
];

/** Pseudo-random, so that two runs write the same log (Park and Miller, CACM 31(10), 1988). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function prose(random: () => number, length: number): string {
  const words: string[] = [];
  for (let size = 0; size < length;) {
    const word = WORDS[Math.floor(random() * WORDS.length)] ?? 'word';
    words.push(random() < 0.05 ? `${word}\n` : word);
    size += word.length + 1;
  }
  return words.join(' ');
}

/** Sizes of tool results as in real sessions: many small, few huge. */
function resultSize(random: () => number): number {
  const draw = random();
  if (draw < 0.6) return 400 + random() * 1_500;
  if (draw < 0.95) return 2_000 + random() * 12_000;
  return draw < 0.999 ? 20_000 + random() * 60_000 : 1_500_000;
}

/** Writes a log of about `bytes`, one turn after another, the way Claude Code does. */
export async function writeBigLog(file: string, cwd: string, bytes: number): Promise<void> {
  const random = createRandom(42);
  const out = createWriteStream(file);
  const sessionId = randomUUID();
  let written = 0;
  let time = Date.parse('2026-11-20T09:00:00Z');
  const write = async (record: Readonly<Record<string, unknown>>): Promise<void> => {
    time += 1_000;
    const envelope = {
      uuid: randomUUID(),
      timestamp: new Date(time).toISOString(),
      sessionId,
      cwd,
      version: '2.1.329',
    };
    const line = `${JSON.stringify({ ...record, ...envelope })}\n`;
    written += line.length;
    if (!out.write(line)) await once(out, 'drain');
  };
  for (let turn = 0; written < bytes; turn += 1) {
    await write({ type: 'user', message: { role: 'user', content: prose(random, 120) }, promptSource: 'typed' });
    for (let call = 0; call < 8; call += 1) {
      const id = `toolu_${turn}_${call}`;
      const usage = { input_tokens: 10, output_tokens: 20 };
      const message = { id: `msg_${turn}_${call}`, role: 'assistant', model: 'claude-opus-5-5', usage };
      const input = { command: prose(random, 60) };
      await write({
        type: 'assistant',
        message: { ...message, content: [{ type: 'text', text: prose(random, 200) }] },
      });
      await write({
        type: 'assistant',
        message: { ...message, content: [{ type: 'tool_use', id, name: 'Bash', input }] },
      });
      const content = prose(random, resultSize(random));
      const result = { type: 'tool_result', tool_use_id: id, content };
      await write({ type: 'user', message: { role: 'user', content: [result] }, toolUseResult: { stdout: content } });
    }
  }
  out.end();
  await once(out, 'finish');
}

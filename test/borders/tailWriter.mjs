// `node tailWriter.mjs <log> <session> <cwd> <records> <seed> <pauseMs>`: writes a log in slices of 1 to 4,096 bytes, with
// a pause after every 64th, as a live client may.
import { closeSync, openSync, writeSync } from 'node:fs';

const [file = '', sessionId = '', cwd = '', records = '0', seed = '1', pause = '0'] = process.argv.slice(2);
let state = Number(seed);
const random = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 4_294_967_296;
const still = new Int32Array(new SharedArrayBuffer(4));
const log = openSync(file, 'a');
let waiting = Buffer.alloc(0);
let slices = 0;

function flush(least) {
  while (waiting.length > least) {
    const size = Math.min(waiting.length, 1 + Math.floor(random() * 4_096));
    writeSync(log, waiting, 0, size);
    waiting = waiting.subarray(size);
    slices += 1;
    if (slices % 64 === 0) Atomics.wait(still, 0, 0, Number(pause));
  }
}

for (let number = 0; number < Number(records); number += 1) {
  const uuid = `${number.toString(16).padStart(8, '0')}-1111-4111-8111-111111111111`;
  const timestamp = new Date(1_790_000_000_000 + number * 1_000).toISOString();
  const content = `record ${number} ü ${'.'.repeat(Math.floor(random() * 120))}`;
  const record = { type: 'user', message: { role: 'user', content }, uuid, timestamp, sessionId, cwd };
  waiting = Buffer.concat([waiting, Buffer.from(`${JSON.stringify(record)}\n`)]);
  if (waiting.length > 65_536) flush(4_096);
}
flush(0);
closeSync(log);

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClaudeModel } from '../../../src/engines/claude/claudeModel';
import { heldScript } from '../../fakes/anthropic/held';
import { startAnthropic } from '../../fakes/anthropic/server';
import type { FakeAnthropic } from '../../fakes/anthropic/types';
import { ask, askInVain, GOOD } from '../engines/conformance/case';
import { QUESTION } from '../engines/conformance/world';

let folder = '';
let server: FakeAnthropic | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-held-'));
});
afterEach(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A model that is played by `play`, told the number of each request as it comes. */
async function held(play: (number: string) => void, pingMs = 10_000): Promise<ReturnType<typeof createClaudeModel>> {
  server = await startAnthropic({ pingMs });
  server.reply(await heldScript({ folder, onRequest: ({ number }) => play(number) }));
  return createClaudeModel({
    apiKey: 'key-of-nobody',
    baseUrl: server.url,
    wait: async () => await Promise.resolve(),
    times: { silenceMs: 400 },
  });
}

const file = (name: string): string => path.join(folder, name);

describe('a held model', () => {
  it('is given prompt, system and schema in files, and answers by one', async () => {
    const model = await held((number) => void writeFile(file(`${number}.answer.json`), JSON.stringify(GOOD)));
    const { reply } = await ask(model);
    expect(reply).toMatchObject({ kind: 'answer', value: GOOD });
    expect(JSON.parse(await readFile(file('0001.request.json'), 'utf8'))).toMatchObject({
      prompt: QUESTION.prompt,
      system: QUESTION.system,
      schema: QUESTION.schema,
    });
    expect(await readFile(file('0001.prompt.md'), 'utf8')).toContain(QUESTION.prompt);
  });

  it('may take longer than a client waits in silence', async () => {
    const model = await held((number) => {
      setTimeout(() => void writeFile(file(`${number}.answer.json`), JSON.stringify(GOOD)), 900);
    }, 50);
    const { reply, notices } = await ask(model);
    expect(reply.kind).toBe('answer');
    expect(notices).toEqual([]);
  });

  it('is not answered by half a file', async () => {
    const model = await held((number) => {
      void writeFile(file(`${number}.answer.json`), '{"findings": ["Use pn');
      setTimeout(() => void writeFile(file(`${number}.answer.json`), JSON.stringify(GOOD)), 100);
    });
    expect((await ask(model)).reply).toMatchObject({ kind: 'answer', value: GOOD });
  });

  it('may say what is no JSON, and may be in trouble', async () => {
    const model = await held((number) => {
      if (number === '0001') void writeFile(file(`${number}.answer.txt`), 'I would say pnpm.');
      else void writeFile(file(`${number}.reply.json`), JSON.stringify({ status: 402, message: 'Pay first.' }));
    });
    expect((await ask(model)).reply.kind).toBe('unreadable');
    const { error } = await askInVain(model, 'model-billing');
    expect(error.details['said']).toBe('Pay first.');
  });

  it('tells its trouble within a stream that has begun', async () => {
    const model = await held((number) => {
      const trouble = JSON.stringify({ status: 402, message: 'Pay first.' });
      setTimeout(() => void writeFile(file(`${number}.reply.json`), trouble), 300);
    }, 50);
    await askInVain(model, 'model-billing');
  });
});

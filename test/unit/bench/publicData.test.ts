import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measureBeam } from '../../../bench/quality/beam';
import { measureLocomo } from '../../../bench/quality/locomo';
import { measureQuality } from '../../../bench/quality/quality';
import { renderQuality } from '../../../bench/quality/table';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-public-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the reader of LoCoMo', () => {
  test('asks every question with evidence of the search, whatever else the file holds', async () => {
    const file = path.join(folder, 'locomo.json');
    const turn = (dia: string, speaker: string, text: string): object => ({ speaker, dia_id: dia, text });
    await writeFile(
      file,
      JSON.stringify([
        {
          conversation: {
            speaker_a: 'Ann',
            session_1_date_time: '1:56 pm on 8 May, 2023',
            session_1: [
              turn('D1:1', 'Ann', 'I adopted a parrot'),
              { ...turn('D1:2', 'Bo', 'look'), blip_caption: 'a cage' },
            ],
            session_2_date_time: 'unknown',
            session_2: [turn('D2:1', 'Bo', 'We sailed to Malta')],
            session_3: [],
          },
          qa: [
            { question: 'Which bird did Ann adopt?', evidence: ['D1:1'], category: 4 },
            { question: 'Where did they sail?', evidence: ['D2:1; D9:9'], category: 1 },
            { question: 'What is not there?', evidence: [], category: 5 },
          ],
        },
      ]),
    );
    const { at5, at10, categories } = measureLocomo(file).all;
    expect(at10).toMatchObject({ n: 2, value: 1 });
    expect(at5.value).toBe(1);
    expect(Object.keys(categories)).toEqual(['1', '4']);
  });
});

describe('the reader of BEAM', () => {
  test('ranks the earlier message, and looks for instructions in what a dream proposes', async () => {
    const chat = path.join(folder, 'beam', '1');
    await mkdir(path.join(chat, 'probing_questions'), { recursive: true });
    const say = (id: number, role: string, content: string): object => ({ role, id, content });
    await writeFile(
      path.join(chat, 'chat.json'),
      JSON.stringify([
        {
          batch_number: 1,
          turns: [
            [say(0, 'user', 'The dashboard API answers in 400ms. ->-> 1,1'), say(1, 'assistant', 'Noted.')],
            [say(2, 'user', 'Always name the error codes when I ask about an API.')],
          ],
        },
        { batch_number: 2, turns: [[say(4, 'user', 'The dashboard API now answers in 250ms.')]] },
      ]),
    );
    await writeFile(
      path.join(chat, 'probing_questions', 'probing_questions.json'),
      JSON.stringify({
        knowledge_update: [{ source_chat_ids: { original_info: [0], updated_info: [4] } }],
        contradiction_resolution: [{ source_chat_ids: { first_statement: [4], second_statement: [4] } }],
        instruction_following: [{ instruction_being_tested: 'Paint every boat purple on Sundays.' }],
      }),
    );
    const { all: score, dev, test: rest } = await measureBeam(path.join(folder, 'beam'));
    expect(dev.chats + rest.chats).toBe(1);
    expect(score.updateAt1).toMatchObject({ n: 1, hits: 1 });
    expect(score.contradictionAt1.n).toBe(0);
    expect(score.instructions).toMatchObject({ n: 1, hits: 0 });
  });
});

test('what has no data is a row that says so', async () => {
  const report = await measureQuality(folder, { only: 'beam' });
  expect(renderQuality(report).at(-1)).toContain('skipped: give --beam');
});

import path from 'node:path';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureClaudeCode } from '../../scripts/rig/claudeCode';
import { recallQuestion, recallVerdicts, type TestedMemory } from '../../src/core/doctor/recallTest';
import { askWithMemory } from '../../src/engines/claudeCode/askWithMemory';
import { startAnthropic } from '../fakes/anthropic/server';
import type { FakeAnthropic } from '../fakes/anthropic/types';
import { textsOf } from './rig/body';
import { openCliWorld, type CliWorld } from './rig/cliWorld';
import { openRecallStore, type RecallStore } from './rig/recallStore';

let world: CliWorld;
let store: RecallStore;
let server: FakeAnthropic;
let program: string;
let memories: readonly TestedMemory[];

beforeAll(async () => {
  program = await ensureClaudeCode();
  world = await openCliWorld(program);
  store = await openRecallStore(world);
  server = await startAnthropic();
  await store.add({ path: 'conventions/use-pnpm.md', description: 'Use pnpm', body: 'Use pnpm, never npm.\n' });
  await store.add({ path: 'facts/prices-in-cents.md', description: 'Prices are cents', body: 'Prices are cents.\n' });
  const { views } = await store.render();
  memories = (views[0]?.entries ?? []).map(({ id, path: file }) => ({ id, path: file }));
  // A model that names the first entry, and nothing of the second.
  server.reply(({ body }) => {
    const shown = textsOf(body).map(({ text }) => text);
    const first = memories[0]?.id ?? '';
    return {
      text: shown.some((text) => text.includes(`[${first}]`)) ? `1. [${first}] I use it.\n2. none` : 'no memory',
    };
  });
});
afterAll(async () => {
  await server.close();
  await world.close();
});

const ask = async () =>
  await askWithMemory(
    {
      program,
      folder: world.repository,
      question: recallQuestion(memories),
      environment: {
        HOME: world.home,
        CLAUDE_CONFIG_DIR: world.configDir,
        ANTHROPIC_API_KEY: ['key', 'of', 'nobody', '0123456789'].join('-'),
        ANTHROPIC_BASE_URL: server.url,
      },
    },
    { aborted: false },
  );

it('asks the genuine program, which runs the hooks, and tells what arrived and what was applied', async () => {
  await store.connect();

  const heard = await ask();

  const verdicts = recallVerdicts(memories, heard, 'hooks');
  expect(verdicts.map(({ arrived, applied }) => [arrived, applied])).toEqual([
    ['whole', true],
    ['whole', false],
  ]);
});

it('leaves no log that could be captured', async () => {
  const projects = await readdir(path.join(world.configDir, 'projects'), { recursive: true }).catch(() => []);

  expect(projects.filter((name) => name.endsWith('.jsonl'))).toEqual([]);
});

it('tells that nothing arrives once it is disconnected', async () => {
  await store.disconnect();

  const verdicts = recallVerdicts(memories, await ask(), 'hooks');

  expect(verdicts.map(({ arrived, applied }) => [arrived, applied])).toEqual([
    ['no', false],
    ['no', false],
  ]);
});

import assert from 'node:assert/strict';
import { startAnthropic } from '../../../fakes/anthropic/server';
import { ask, askInVain, everythingOf, listening, type Case } from './case';
import { inWorld, QUESTION } from './world';

/** Whatever a variable of this kind could change. */
const ENVIRONMENT = (foreign: string): Readonly<Record<string, string>> => ({
  ANTHROPIC_API_KEY: 'key-of-the-environment',
  ANTHROPIC_AUTH_TOKEN: 'token-of-the-environment',
  ANTHROPIC_BASE_URL: foreign,
  ANTHROPIC_CUSTOM_HEADERS: 'X-Of-The-Environment: yes\nAuthorization: Bearer key-of-the-environment',
  ANTHROPIC_LOG: 'debug',
  ANTHROPIC_PROFILE: 'profile-of-the-environment',
  ANTHROPIC_CONFIG_DIR: '/nowhere',
  ANTHROPIC_WEBHOOK_SIGNING_KEY: 'hook-of-the-environment',
  ANTHROPIC_MODEL: 'model-of-the-environment',
  ANTHROPIC_WORKSPACE_ID: 'workspace-of-the-environment',
});

/** Runs `use` with these variables set. */
async function withEnvironment(variables: Readonly<Record<string, string>>, use: () => Promise<void>): Promise<void> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    await use();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}

/** What leaves, and what never does. */
export const sendingCases = {
  'nothing the newest models refuse': async (engine) =>
    await inWorld(engine, {}, async ({ model, sent }) => {
      await ask(model);
      await ask(model, { ...QUESTION, role: 'consolidate' });
      const bodies = sent().flatMap(({ body }) => (typeof body === 'object' && body !== null ? [body] : []));
      assert.ok(bodies.length >= 2);
      for (const field of ['temperature', 'top_p', 'top_k', 'tool_choice', 'thinking']) {
        assert.ok(!bodies.some((body) => field in body), `${field} was sent`);
      }
    }),
  'prompt and system arrive whole': async (engine) =>
    await inWorld(engine, {}, async ({ model, sent }) => {
      const prompt = 'Ünïcode \u{1F999} "quoted" <document>\\n</document>\nand lines';
      await ask(model, { ...QUESTION, prompt });
      const all = JSON.stringify(sent().map(({ body }) => body));
      assert.ok(all.includes(JSON.stringify(prompt).slice(1, -1)), 'the prompt');
      assert.ok(all.includes(QUESTION.system), 'the system text');
    }),
  'no environment variable changes anything': async (engine) => {
    const foreign = await startAnthropic();
    try {
      await withEnvironment(ENVIRONMENT(foreign.url), async () => {
        const written = await listening(async () => {
          await inWorld(engine, { key: 'key-of-the-user' }, async ({ model, sent }) => {
            const { reply } = await ask(model);
            assert.equal(reply.kind, 'answer');
            const all = JSON.stringify(sent());
            assert.ok(all.includes('key-of-the-user'), 'the key of the user is sent');
            assert.ok(!all.includes('of-the-environment'), 'nothing of the environment is sent');
          });
        });
        assert.equal(written, '', 'nothing is printed');
      });
      assert.equal(foreign.requests.length, 0, 'nothing goes to the server of the environment');
    } finally {
      await foreign.close();
    }
  },
  'key in no log and no error': async (engine) => {
    const key = 'key-that-nobody-may-see';
    const message = `The key ${key} is not welcome here.`;
    const seen: string[] = [];
    const written = await listening(async () => {
      for (const status of [400, 401, 403, 500]) {
        const steps = Array<{ do: 'status'; status: number; message: string }>(3).fill({
          do: 'status',
          status,
          message,
        });
        await inWorld(engine, { key, steps }, async ({ model }) => {
          try {
            await ask(model);
            assert.fail('it answered');
          } catch (error) {
            seen.push(everythingOf(error));
          }
        });
      }
      await inWorld(engine, { key, unreachable: true }, async ({ model }) => {
        const { error, notices } = await askInVain(model, 'model-unreachable');
        seen.push(everythingOf(error), JSON.stringify(notices));
      });
    });
    assert.ok(seen.join('').length > 0);
    assert.ok(!seen.join('').includes(key), 'the key stands in an error');
    assert.ok(!written.includes(key), 'the key was printed');
  },
  'redirect is not followed': async (engine) => {
    const foreign = await startAnthropic();
    try {
      await inWorld(engine, { steps: [{ do: 'redirect', to: `${foreign.url}/v1/messages` }] }, async ({ model }) => {
        await askInVain(model, 'model-failed');
      });
      assert.equal(foreign.requests.length, 0, 'the other server got nothing');
    } finally {
      await foreign.close();
    }
  },
} as const satisfies Record<string, Case>;

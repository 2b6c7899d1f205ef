import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureClaudeCode } from '../../scripts/rig/claudeCode';
import { isOwnEnginePrompt } from '../../src/core/sessions/ownEngine';
import { createClaudeCodeModel } from '../../src/engines/claudeCode/claudeCodeModel';
import { checkClaudeCode, readClaudeCodeStatus } from '../../src/engines/claudeCode/status';
import { ask, askInVain, GOOD } from '../unit/engines/conformance/case';
import { CASES } from '../unit/engines/conformance/cases';
import { claudeCodeEngine, claudeCodeWorld } from '../unit/engines/conformance/claudeCodeEngine';
import type { Setup } from '../unit/engines/conformance/world';

const SIGNAL = { aborted: false };

let program = '';
beforeAll(async () => {
  program = await ensureClaudeCode();
});

type World = Awaited<ReturnType<typeof claudeCodeWorld>>;

async function inWorld(setup: Setup, use: (world: World) => Promise<void>): Promise<void> {
  const world = await claudeCodeWorld(program, setup);
  try {
    await use(world);
  } finally {
    await world.close();
  }
}

async function ownFolders(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('agent-dreams-claude-'));
}

/** Every file below a folder. */
async function filesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder, { recursive: true })).map((name) => path.join(folder, name));
}

describe('the engine claude-code, with the genuine program', () => {
  const { notApplicable } = claudeCodeEngine('');

  it.each(CASES.filter(([name]) => notApplicable[name] === undefined))('conforms: %s', async (_name, run) => {
    await run(claudeCodeEngine(program));
  });

  it.each([
    [400, 'model-failed'],
    [404, 'model-missing'],
  ] as const)('stops at a %i that stays: %s', async (status, code) => {
    const steps = Array(6).fill({ do: 'status', status, message: 'what was said' });
    await inWorld({ steps }, async ({ model }) => {
      const { notices } = await askInVain(model, code);
      expect(notices).toEqual([]);
    });
  });

  it('says within seconds that the login is not accepted, though the program would go on for minutes', async () => {
    const steps = Array(12).fill({ do: 'status', status: 401 });
    await inWorld({ steps, realWaits: true }, async ({ model, asked }) => {
      const before = performance.now();
      await askInVain(model, 'model-key');
      expect(performance.now() - before).toBeLessThan(10_000);
      expect(asked()).toBe(1);
    });
  });

  it('asks for a login where there is none, and sends nothing', async () => {
    await inWorld({}, async ({ home, asked }) => {
      const environment = { HOME: home, CLAUDE_CONFIG_DIR: home };
      const model = createClaudeCodeModel({ program, environment });
      const { error } = await askInVain(model, 'model-key');
      expect(error.details['said']).toMatch(/not logged in/iu);
      expect(asked()).toBe(0);
      await expect(checkClaudeCode({ program, environment }, { signal: SIGNAL })).rejects.toMatchObject({
        code: 'model-key',
      });
    });
  });

  it('tells its version and its login without a request', async () => {
    await inWorld({ key: 'key-of-nobody' }, async ({ home, asked }) => {
      const environment = { HOME: home, CLAUDE_CONFIG_DIR: home, ANTHROPIC_API_KEY: 'key-of-nobody' };
      const status = await readClaudeCodeStatus({ program, environment }, { signal: SIGNAL });
      expect(status).toEqual({ version: '2.1.329', loggedIn: true, method: 'api_key' });
      expect(asked()).toBe(0);
    });
  });

  it('leaves no session log, no folder of its own, and marks its prompt', async () => {
    const before = await ownFolders();
    await inWorld({}, async ({ model, home, sent }) => {
      await ask(model);
      expect((await filesIn(home)).filter((file) => file.endsWith('.jsonl'))).toEqual([]);
      const body = sent().find(({ path: where }) => where === '/v1/messages')?.body;
      const { messages } = body as { readonly messages: readonly { readonly content: unknown }[] };
      expect(isOwnEnginePrompt(String(messages[0]?.content))).toBe(true);
    });
    expect((await ownFolders()).filter((name) => !before.includes(name))).toEqual([]);
  });

  it("runs no hook, server or setting of the user's", async () => {
    await inWorld({ steps: [{ do: 'answer', value: GOOD }] }, async ({ model, home, sent }) => {
      const trace = path.join(home, 'hook-was-here');
      const command = { type: 'command', command: `touch ${trace}` };
      const hooks = Object.fromEntries(
        ['SessionStart', 'UserPromptSubmit', 'Stop', 'PreToolUse', 'PostToolUse', 'SessionEnd'].map((event) => [
          event,
          [{ matcher: '', hooks: [command] }],
        ]),
      );
      const settings = { hooks, env: { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' }, model: 'opus' };
      await writeFile(path.join(home, 'settings.json'), JSON.stringify(settings));
      await writeFile(path.join(home, 'CLAUDE.md'), 'Words of the user that a dream must not see.');
      const servers = { mcpServers: { trap: { command: 'touch', args: [trace] } } };
      await writeFile(path.join(home, '.claude.json'), JSON.stringify(servers));
      await mkdir(path.join(home, '.claude'));
      await writeFile(path.join(home, '.claude/settings.json'), JSON.stringify(settings));
      const { reply } = await ask(model);
      expect(reply).toMatchObject({ kind: 'answer', model: 'claude-haiku-5-5' });
      expect(
        sent()
          .map(({ text }) => text)
          .join(''),
      ).not.toContain('Words of the user');
      await expect(stat(trace)).rejects.toThrow();
    });
  });
});

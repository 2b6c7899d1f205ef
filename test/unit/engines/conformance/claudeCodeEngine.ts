import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClaudeCodeModel, type ClaudeCodeOptions } from '../../../../src/engines/claudeCode/claudeCodeModel';
import { anthropicWorld } from './anthropicWorld';
import { casesStarting } from './cases';
import type { EngineUnderTest, Setup, World } from './world';

/** The program has to start before it can ask, which takes seconds on a busy machine. */
const SLOWER = 30;

/** A world of the genuine program before the loopback Anthropic, with a home and a configuration folder of its own. */
export async function claudeCodeWorld(program: string, setup: Setup): Promise<World & { readonly home: string }> {
  const home = await mkdtemp(path.join(tmpdir(), 'agent-dreams-home-'));
  const world = await anthropicWorld(setup, (server) =>
    createClaudeCodeModel({ program, ...claudeCodeOptions(setup, server, home) }),
  );
  return {
    ...world,
    home,
    close: async () => {
      await world.close();
      await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

function claudeCodeOptions(
  { realWaits, silenceMs }: Setup,
  { url, key }: { readonly url: string; readonly key: string },
  home: string,
): Omit<ClaudeCodeOptions, 'program'> {
  return {
    environment: { HOME: home, CLAUDE_CONFIG_DIR: home, ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: key },
    ...(realWaits === true ? {} : { wait: async () => await Promise.resolve() }),
    times: silenceMs === undefined ? {} : { silenceMs: silenceMs * SLOWER },
  };
}

/** The column of the genuine program. */
export function claudeCodeEngine(program: string): EngineUnderTest {
  return {
    engine: 'claude-code',
    open: async (setup) => await claudeCodeWorld(program, setup),
    repeatsServer: false,
    notApplicable: {
      ...casesStarting('batch:', 'it asks one by one'),
      'tokens counted for free': 'the program has no such command',
      'rate limit used up by the last answer': 'the program shows no headers',
      '400 not well-formed': 'the program tries again with less in it',
      '404 no such model': 'the program tries again without streaming',
      'nothing the newest models refuse': 'the program chooses these fields, by the model',
      'redirect is not followed': 'the program trusts the server it is logged in to',
    },
  };
}

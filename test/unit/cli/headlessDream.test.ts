import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyExample } from '../../../scripts/start/example';
import { headlessDream } from '../../../src/cli/headlessDream';
import * as claudeBundle from '../../../src/engines/claudeBundle';
import * as claudeCodeBundle from '../../../src/engines/claudeCodeBundle';
import { startAnthropic } from '../../fakes/anthropic/server';

const isRoot = process.getuid?.() === 0;

describe('a headless dream', () => {
  let folder = '';
  let environment: Readonly<Record<string, string>> = {};

  beforeEach(async () => {
    environment = {};
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-cli-')));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs it as a process would and returns what it printed and its exit code. */
  async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
    const printed = { out: '', err: '' };
    const terminal = {
      cwd: folder,
      env: { CLAUDE_CONFIG_DIR: path.join(folder, 'claude'), ...environment },
      out: (text: string) => void (printed.out += text),
      err: (text: string) => void (printed.err += text),
    };
    const bundles = { claude: () => claudeBundle, claudeCode: () => claudeCodeBundle };
    const code = await headlessDream(args, terminal, { aborted: false }, bundles);
    return { code, ...printed };
  }

  async function writeLogs(count: number, text: (index: number) => string): Promise<void> {
    const logs = path.join(folder, 'claude/projects/x');
    await mkdir(logs, { recursive: true });
    await mkdir(path.join(folder, 'shop'), { recursive: true });
    for (let index = 0; index < count; index += 1) {
      await writeFile(path.join(logs, `00000000-0000-4000-8000-00000000000${index}.jsonl`), text(index));
    }
  }

  const prompt = (index: number): string =>
    `${JSON.stringify({
      type: 'user',
      uuid: `u${index}`,
      parentUuid: null,
      sessionId: `00000000-0000-4000-8000-00000000000${index}`,
      timestamp: `2026-11-0${index + 1}T10:00:00.000Z`,
      cwd: path.join(folder, 'shop'),
      message: { role: 'user', content: 'Always write the changelog in the words of a user.' },
    })}\n`;

  it('captures the example, dreams and prints the proposal, without touching the store', async () => {
    const workspace = await copyExample(folder, path.join(folder, 'claude'));

    const { code, out, err } = await run(workspace);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('14 session logs: 14 captured');
    expect(out).toMatch(/Dream \w+: \d+ changes proposed from 14 sessions\./);
    expect(existsSync(path.join(workspace, '.agent-memory/MEMORY.md'))).toBe(false);
    expect(existsSync(path.join(workspace, '.agent-memory/.local/.gitignore'))).toBe(true);
  });

  it('prints one JSON object and nothing else with --json', async () => {
    const workspace = await copyExample(folder, path.join(folder, 'claude'));

    const { code, out } = await run(workspace, '--json');
    const { capture, dream, proposal } = JSON.parse(out) as Record<string, Record<string, unknown>>;

    expect(code).toBe(0);
    expect(capture).toMatchObject({ found: 14, failed: [] });
    expect(dream).toMatchObject({ status: 'completed', trigger: 'cli', engine: 'offline' });
    expect(proposal?.['id']).toBe(dream?.['id']);
  });

  it('takes sessions of a moved folder only where it is asked to', async () => {
    await writeLogs(3, prompt);
    const moved = path.join(folder, 'moved');
    await mkdir(moved);

    const unasked = await run(moved);
    const asked = await run(moved, '--map-cwd', `${path.join(folder, 'shop')}=${moved}`);

    expect(unasked.code).toBe(3);
    expect(asked).toMatchObject({ code: 0, out: expect.stringContaining('3 session logs') as string });
  });

  it('says that there is no such workspace', async () => {
    expect(await run('nowhere')).toEqual({ code: 2, out: '', err: `there is no folder ${folder}/nowhere\n` });
  });

  it('says where it looked when there are no logs, and leaves nothing behind', async () => {
    await mkdir(path.join(folder, 'shop'));

    const { code, err } = await run('shop');

    expect(code).toBe(3);
    expect(err).toContain(`were found in ${folder}/claude`);
    expect(err).toContain('--map-cwd');
    expect(existsSync(path.join(folder, 'shop/.agent-memory/.local/sessions'))).toBe(false);
  });

  it('says how many sessions are missing', async () => {
    await writeLogs(1, prompt);

    expect(await run('shop')).toMatchObject({ code: 4, err: 'nothing to dream yet, 1 of 3 sessions\n' });
  });

  it('counts an empty log and goes on with the others', async () => {
    await writeLogs(4, (index) => (index === 3 ? '' : prompt(index)));

    expect(await run('shop')).toMatchObject({ code: 0, err: '' });
  });

  it('names the line that it could not read and goes on', async () => {
    await writeLogs(3, (index) => prompt(index) + (index === 0 ? '{"type": broken\n' : ''));

    const { code, out } = await run('shop');

    expect(code).toBe(0);
    expect(out).toContain('000000000000.jsonl:2 is not-json');
  });

  it.skipIf(isRoot || process.platform === 'win32')('names a log that it may not read', async () => {
    await writeLogs(4, prompt);
    await chmod(path.join(folder, 'claude/projects/x/00000000-0000-4000-8000-000000000003.jsonl'), 0o000);

    const { code, out } = await run('shop');

    expect(code).toBe(0);
    expect(out).toContain('000000000003.jsonl could not be read');
  });

  it('explains a wrong command line', async () => {
    const { code, err } = await run('shop', '--min-sessions', 'few');

    expect(code).toBe(2);
    expect(err).toContain('--min-sessions wants a whole number');
    expect(err).toContain('--help');
  });

  it('prints its usage', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes:') as string });
  });

  describe('over a model', () => {
    const key = ['key', 'of', 'the', 'loopback', 'server'].join('-');

    it('says what it will cost, asks the model, and says what it cost', async () => {
      await writeLogs(3, prompt);
      const anthropic = await startAnthropic({ acceptedKey: key });
      environment = { ANTHROPIC_API_KEY: key };
      try {
        const { code, out } = await run('shop', '--engine', 'claude', '--max-cost', '1', '--base-url', anthropic.url);

        expect(code).toBe(0);
        expect(out).toMatch(/estimate: 3 sessions, \d+ requests, \d+ tokens in, \$0\.\d+ of at most \$1\.00/);
        expect(out).toMatch(/It cost \$0\.\d+\./);
        const asked = anthropic.requests.filter((request) => request.path === '/v1/messages');
        expect(asked.length).toBeGreaterThanOrEqual(3);
        expect(asked.map(({ text }) => text).join('')).not.toContain(key);
      } finally {
        await anthropic.close();
      }
    });

    it('sends nothing of a session where that would pass the limit', async () => {
      await writeLogs(3, prompt);
      const anthropic = await startAnthropic();
      environment = { ANTHROPIC_API_KEY: key };
      try {
        const { code, err } = await run('shop', '--engine', 'claude', '--max-cost', '0', '--base-url', anthropic.url);

        expect(code).toBe(6);
        expect(err).toMatch(/it would cost about \$0\.\d+: raise --max-cost/);
        expect(anthropic.requests.map((request) => request.path)).toEqual(['/v1/models']);
      } finally {
        await anthropic.close();
      }
    });

    it('fails without a key, or without the program', async () => {
      await writeLogs(3, prompt);

      const claude = await run('shop', '--engine', 'claude', '--max-cost', '1');
      expect(claude).toMatchObject({ code: 7, err: expect.stringContaining('ANTHROPIC_API_KEY') as string });
      const code = await run('shop', '--engine', 'claude-code');
      expect(code).toMatchObject({ code: 7, err: expect.stringContaining('not on the PATH') as string });
    });
  });
});

import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createClaudeCodeModel } from '../../../../src/engines/claudeCode/claudeCodeModel';
import { checkClaudeCode, readClaudeCodeStatus } from '../../../../src/engines/claudeCode/status';
import { ask, askInVain } from '../conformance/case';
import { QUESTION } from '../conformance/world';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A program that stands in for `claude`: this body, run by Node. The genuine one is tested where the rig is. */
async function standIn(body: string): Promise<{ readonly program: string; readonly folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-stand-in-'));
  folders.push(folder);
  const program = path.join(folder, 'claude');
  await writeFile(program, `#!${process.execPath}\nconst folder = ${JSON.stringify(folder)};\n${body}\n`);
  await chmod(program, 0o755);
  return { program, folder };
}

const SAY =
  "const say = (line) => process.stdout.write((typeof line === 'string' ? line : JSON.stringify(line)) + '\\n');";
const ANSWER = `${SAY}
let input = '';
process.stdin.on('data', (text) => (input += text)).on('end', () => {
  say({ type: 'result', is_error: false, structured_output: { input, args: process.argv.slice(2), env: process.env, cwd: process.cwd() } });
});`;
const NO_WAIT = { wait: async () => await Promise.resolve() };

interface Told {
  readonly input: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

async function told(program: string, environment: Readonly<Record<string, string>> = {}): Promise<Told> {
  const { reply } = await ask(createClaudeCodeModel({ program, environment }));
  if (reply.kind !== 'answer') throw new Error(reply.kind);
  return reply.value as Told;
}

/** True while the process is there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(process.platform === 'win32')('the engine claude-code', () => {
  it('gives the program no tool, no setting of anybody and no log, and the texts not on its command line', async () => {
    const { program } = await standIn(ANSWER);
    const { args, input } = await told(program);
    for (const flag of ['--tools', '--setting-sources']) expect(args[args.indexOf(flag) + 1]).toBe('');
    expect(args).toEqual(expect.arrayContaining(['--strict-mcp-config', '--no-session-persistence']));
    expect(args).not.toContain('--bare');
    expect(args.join(' ')).not.toContain(QUESTION.prompt);
    expect(args.join(' ')).not.toContain(QUESTION.system.slice(0, 40));
    expect(input.startsWith('<!-- agent-dreams engine -->\n')).toBe(true);
    expect(input.endsWith(QUESTION.prompt)).toBe(true);
  });

  it('keeps the login of the user and nothing that leads elsewhere', async () => {
    const { program } = await standIn(ANSWER);
    const before = { ...process.env };
    Object.assign(process.env, {
      ANTHROPIC_API_KEY: 'x',
      ANTHROPIC_BASE_URL: 'x',
      NODE_OPTIONS: '',
      CLAUDE_CODE_USE_BEDROCK: '1',
      CLAUDE_CONFIG_DIR: '/home/somebody/.claude',
      CLAUDE_CODE_OAUTH_TOKEN: 'token-of-the-user',
    });
    try {
      const { env } = await told(program);
      expect(env).toMatchObject({
        CLAUDE_CONFIG_DIR: '/home/somebody/.claude',
        CLAUDE_CODE_OAUTH_TOKEN: 'token-of-the-user',
        CLAUDE_CODE_MAX_OUTPUT_TOKENS: '16000',
      });
      for (const name of ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', 'NODE_OPTIONS', 'CLAUDE_CODE_USE_BEDROCK'])
        expect(env).not.toHaveProperty(name);
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, before);
    }
  });

  it('works in an empty folder that is gone afterwards', async () => {
    const { program } = await standIn(ANSWER);
    const { cwd } = await told(program);
    expect(path.basename(cwd)).toBe('work');
    await expect(readFile(path.dirname(cwd))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('has an error that is called a success', async () => {
    const { program } = await standIn(
      `${SAY} say({ type: 'result', subtype: 'success', is_error: true, api_error_status: 402, result: 'API Error: 402 Pay first.' });`,
    );
    const { error } = await askInVain(createClaudeCodeModel({ program }), 'model-billing');
    expect(error.details['said']).toBe('Pay first.');
  });

  it.each([
    ['words that are no JSON', `${SAY} say('Welcome to Claude!');`, 'Welcome to Claude!'],
    ['nothing', 'process.exitCode = 3;', 'It ended with 3.'],
    ['a complaint', "process.stderr.write('It broke.'); process.exitCode = 1;", 'It broke.'],
    ['half a line', `process.stdout.write('{"type":"result","is_');`, '{"type":"result","is_'],
  ])('has a program that answers with %s', async (_, body, said) => {
    const { program } = await standIn(body);
    const { error } = await askInVain(createClaudeCodeModel({ program }), 'model-failed');
    expect(error.details['said']).toBe(said);
  });

  it('has a program that is too old for what is asked of it', async () => {
    const { program } = await standIn(
      `process.stderr.write("error: unknown option '--json-schema'"); process.exitCode = 1;`,
    );
    const { error } = await askInVain(createClaudeCodeModel({ program }), 'model-missing');
    expect(error.message).toMatch(/too old/u);
  });

  it('has no program there, no absolute path, or a script that only a shell could start', async () => {
    await askInVain(createClaudeCodeModel({ program: '/nowhere/claude' }), 'model-missing');
    expect(() => createClaudeCodeModel({ program: 'claude' })).toThrow(/absolute/u);
    expect(() => createClaudeCodeModel({ program: '/somewhere/claude.cmd' })).toThrow(/shell/u);
  });

  it('tries again when the program is killed from outside', async () => {
    const { program } = await standIn(`${SAY}
      const fs = require('node:fs');
      if (!fs.existsSync(folder + '/tried')) {
        fs.writeFileSync(folder + '/tried', '');
        process.kill(process.pid, 'SIGKILL');
      }
      say({ type: 'result', is_error: false, structured_output: { findings: [] } });`);
    const { reply, notices } = await ask(createClaudeCodeModel({ program, ...NO_WAIT }));
    expect(reply.kind).toBe('answer');
    expect(notices.map(({ kind }) => kind)).toEqual(['retrying']);
  });

  it('waits for the second refusal of a login that can be renewed, and only for the first of a key', async () => {
    const refusals = (source: string): string => `${SAY}
      say({ type: 'system', subtype: 'init', apiKeySource: '${source}' });
      for (const attempt of [1, 2, 3]) {
        require('node:fs').appendFileSync(folder + '/attempts', String(attempt));
        say({ type: 'system', subtype: 'api_retry', attempt, retry_delay_ms: 500, error_status: 401 });
      }
      say({ type: 'result', is_error: false, structured_output: { findings: ['after all'] } });
      setTimeout(() => undefined, 20_000);`;
    for (const source of ['none', 'ANTHROPIC_API_KEY']) {
      const { program } = await standIn(refusals(source));
      await askInVain(createClaudeCodeModel({ program }), 'model-key');
    }
    const once = await standIn(`${SAY}
      say({ type: 'system', subtype: 'api_retry', attempt: 1, retry_delay_ms: 500, error_status: 401 });
      say({ type: 'result', is_error: false, structured_output: { findings: ['after all'] } });`);
    expect((await ask(createClaudeCodeModel({ program: once.program }))).reply.kind).toBe('answer');
  });

  it('ends the program and all that it started when the dream is cancelled, though they do not want to', async () => {
    const { program, folder } = await standIn(`
      process.on('SIGTERM', () => undefined);
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => 0); setTimeout(() => 0, 60000)']);
      require('node:fs').writeFileSync(folder + '/pids', process.pid + ' ' + child.pid);
      process.stdout.write('{"type":"system"}\\n');
      setTimeout(() => undefined, 60_000);`);
    const controller = new AbortController();
    const asking = createClaudeCodeModel({ program }).ask(QUESTION, {
      signal: controller.signal,
      onNotice: () => undefined,
    });
    const pids = await expect
      .poll(async () => await readFile(path.join(folder, 'pids'), 'utf8').catch(() => ''), { timeout: 5000 })
      .toMatch(/^\d+ \d+$/u)
      .then(async () => (await readFile(path.join(folder, 'pids'), 'utf8')).split(' ').map(Number));
    const before = performance.now();
    controller.abort();
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - before).toBeLessThan(1000);
    await expect.poll(() => pids.filter(isAlive), { timeout: 6000 }).toEqual([]);
  });

  it('refuses a prompt that the program would not read to its end', async () => {
    const { program } = await standIn(ANSWER);
    const asking = ask(createClaudeCodeModel({ program }), { ...QUESTION, prompt: 'x'.repeat(10_000_001) });
    await expect(asking).rejects.toMatchObject({ code: 'too-large' });
  });

  it('repeats no secret of the environment that the program names', async () => {
    const { program } = await standIn(
      `${SAY} say({ type: 'result', is_error: true, api_error_status: 403, result: 'API Error: 403 ' + process.env.ANTHROPIC_API_KEY + ' is not welcome' });`,
    );
    const environment = { ANTHROPIC_API_KEY: 'key-that-nobody-may-see' };
    const { error } = await askInVain(createClaudeCodeModel({ program, environment }), 'model-forbidden');
    expect(error.details['said']).toBe('[key] is not welcome');
  });
});

describe.skipIf(process.platform === 'win32')('the readiness of claude-code', () => {
  const SIGNAL = { signal: { aborted: false } };
  const status = (loggedIn: boolean): string =>
    `if (process.argv[2] === '--version') console.log('2.1.329 (Claude Code)');
     else console.log(JSON.stringify({ loggedIn: ${loggedIn}, authMethod: 'claude.ai' }, null, 2));`;

  it('is read from the program itself', async () => {
    const { program } = await standIn(status(true));
    expect(await checkClaudeCode({ program }, SIGNAL)).toEqual({
      version: '2.1.329',
      loggedIn: true,
      method: 'claude.ai',
    });
  });

  it('asks for a login', async () => {
    const { program } = await standIn(status(false));
    await expect(checkClaudeCode({ program }, SIGNAL)).rejects.toMatchObject({ code: 'model-key' });
  });

  it('knows another program, and none', async () => {
    const { program } = await standIn("console.log('a cat');");
    await expect(readClaudeCodeStatus({ program }, SIGNAL)).rejects.toMatchObject({ code: 'model-missing' });
    await expect(readClaudeCodeStatus({ program: '/nowhere/claude' }, SIGNAL)).rejects.toMatchObject({
      code: 'model-missing',
    });
  });
});

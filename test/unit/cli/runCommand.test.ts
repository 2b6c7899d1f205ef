import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../../../src/cli/runCommand';

let folder = '';
const home = process.env['HOME'];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-command-'));
  // The user's key lives below the home folder.
  process.env['HOME'] = path.join(folder, 'home');
});
afterEach(async () => {
  process.env['HOME'] = home;
  await rm(folder, { recursive: true, force: true });
});

async function run(args: readonly string[], lines: readonly string[] = []) {
  let [out, err] = ['', ''];
  const code = await runCommand(args, {
    cwd: folder,
    input: Readable.from(lines.map((line) => `${line}\n`)),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { code, out, err };
}

describe('the command of hooks and agents', () => {
  test.each([[[]], [['nonsense']], [['toString']]])('says what there is after %j', async (args) => {
    expect(await run(args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('capture') as string });
  });

  test.each([
    ['--help', 'Usage: agent-dreams <command>'],
    ['-h', 'Usage: agent-dreams <command>'],
    ['capture --help', 'Usage: agent-dreams capture'],
    ['memory-tool --help', 'Usage: agent-dreams memory-tool'],
  ])('%s says how it is used', async (args, words) => {
    const { code, out } = await run(args.split(' '));
    expect(code).toBe(0);
    expect(out).toContain(words);
  });

  test('captures only where Claude Code was connected', async () => {
    expect(await run(['capture', '.'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('not connected') as string,
    });
  });

  test('answers the memory tool by lines, and says where its library is', async () => {
    const view = '{"command":"view","path":"/memories"}';
    expect((await run(['memory-tool', '.'], [view])).out).toMatch(/^\{"content":/u);
    expect((await run(['memory-tool'])).out).toMatch(/memory-tool\.js\n$/u);
  });

  test('sends whoever wants a dream without an editor to the repository', async () => {
    const { code, err } = await run(['dream', folder]);
    expect(code).toBe(2);
    expect(err).toContain('npm run dream');
  });
});

import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installSteps, removalSteps, runMcpSteps, shellLine } from '../../../../src/node/claude/mcpInstall';

describe('installing the server in Claude Code', () => {
  it('adds it for this user and this folder only, in the place of an older one', () => {
    expect(installSteps('/home/a b/agent-dreams')).toEqual([
      ['mcp', 'remove', 'agent-dreams', '--scope', 'local'],
      ['mcp', 'add', 'agent-dreams', '--scope', 'local', '--', '/home/a b/agent-dreams', 'mcp'],
    ]);
  });

  it('shows a line that a shell understands', () => {
    const step = ['mcp', 'add', '--', "/home/o'neil/x y", 'mcp'];
    expect(shellLine(step, 'linux')).toBe(`claude mcp add -- '/home/o'\\''neil/x y' mcp`);
    expect(shellLine(step, 'win32')).toBe(`claude mcp add -- "/home/o'neil/x y" mcp`);
  });
});

describe.skipIf(process.platform === 'win32')('the program of the user', () => {
  let folder = '';
  let program = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-install-'));
    program = path.join(folder, 'claude');
    const script = '#!/bin/sh\necho "$PWD|$CLAUDE_CONFIG_DIR|$GIT_DIR|$*" >> "$0.log"\n[ "$2" = add ]\n';
    await writeFile(program, script);
    await chmod(program, 0o755);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('runs in the folder, without what redirects git, and only its last step decides', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { CLAUDE_CONFIG_DIR: '/config', GIT_DIR: '/elsewhere' });
    try {
      expect(await runMcpSteps(program, installSteps('/bin/agent-dreams'), folder)).toMatchObject({ ok: true });
      expect(await runMcpSteps(program, removalSteps(), folder)).toMatchObject({ ok: false });
    } finally {
      process.env = before;
    }
    const lines = (await readFile(`${program}.log`, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/\|\/config\|\|mcp add agent-dreams --scope local -- \/bin\/agent-dreams mcp$/u);
  });

  it('that cannot be started is told, not thrown', async () => {
    const done = await runMcpSteps(path.join(folder, 'none'), removalSteps(), folder);
    expect(done.ok).toBe(false);
    expect(done.said).toContain('ENOENT');
  });
});

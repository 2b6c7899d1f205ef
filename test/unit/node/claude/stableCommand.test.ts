import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stableCommandPath, writeStableCommand } from '../../../../src/node/claude/stableCommand';

describe.skipIf(process.platform === 'win32')('the command that outlives updates', () => {
  let folder = '';
  let script = '';

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "agent dreams' command-"));
    script = path.join(folder, 'cli $HOME.js');
    await writeFile(script, 'process.stdout.write(JSON.stringify(process.argv.slice(2)))');
    await writeStableCommand({ program: process.execPath, script }, { folder });
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('runs the command line with its arguments', () => {
    const said = execFileSync(stableCommandPath(folder), ['capture', "a 'b' $c"], { encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual(['capture', "a 'b' $c"]);
  });

  it('says that the extension is gone, and breaks nothing', async () => {
    await rm(script);
    const { status, stderr } = spawnSync(stableCommandPath(folder), ['capture', '.'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('not installed') as string });
  });

  it('leads to where the extension is now', async () => {
    await writeStableCommand({ program: process.execPath, script: '/nowhere/command.js' }, { folder });
    expect(await readFile(stableCommandPath(folder), 'utf8')).toContain("script='/nowhere/command.js'");
  });

  it('is a batch file on Windows', async () => {
    await writeStableCommand(
      { program: 'C:\\100%\\Code.exe', script: 'C:\\x\\command.js' },
      { folder, platform: 'win32' },
    );
    const text = await readFile(`${stableCommandPath(folder)}.cmd`, 'utf8');
    expect(text).toContain('set "program=C:\\100%%\\Code.exe"\r\n');
    expect(text).toContain('set ELECTRON_RUN_AS_NODE=1\r\n');
  });
});

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../src/cli/commandLine';

const HERE = path.resolve('/work');

describe('the command line of a headless dream', () => {
  it('needs only a workspace, which may be relative', () => {
    expect(parseCommandLine(['shop'], HERE)).toEqual({
      workspace: path.join(HERE, 'shop'),
      configDirs: [],
      logFolders: [],
      mapCwd: [],
      instructions: undefined,
      minSessions: 3,
      engine: 'offline',
      maxCostUsd: 0,
      baseUrl: undefined,
      json: false,
      verbose: false,
    });
  });

  it('takes repeated folders and maps', () => {
    const parsed = parseCommandLine(
      ['shop', '--logs', 'a', '--logs', 'b', '--map-cwd', '/old/x=shop', '--config-dir', '/c'],
      HERE,
    );

    expect(parsed).toMatchObject({
      logFolders: [path.join(HERE, 'a'), path.join(HERE, 'b')],
      mapCwd: [{ from: '/old/x', to: path.join(HERE, 'shop') }],
      configDirs: [path.resolve('/c')],
    });
  });

  it('keeps a Windows path on the old side of a map as it stands in the logs', () => {
    expect(parseCommandLine(['shop', '--map-cwd', 'C:\\dev\\shop=/srv/shop'], HERE)).toMatchObject({
      mapCwd: [{ from: 'C:\\dev\\shop' }],
    });
  });

  it('takes an engine with its limit', () => {
    const args = ['shop', '--engine', 'claude-batch', '--max-cost', '0.5', '--base-url', 'http://127.0.0.1:1'];
    expect(parseCommandLine(args, HERE)).toMatchObject({
      engine: 'claude-batch',
      maxCostUsd: 0.5,
      baseUrl: 'http://127.0.0.1:1',
    });
    expect(parseCommandLine(['shop', '--engine', 'claude-code'], HERE)).toMatchObject({ maxCostUsd: 0 });
  });

  it('prints help whatever else is asked', () => {
    expect(parseCommandLine(['--help'], HERE)).toBe('help');
  });

  it.each([
    [[], /name the workspace/],
    [['a', 'b'], /one workspace only/],
    [['a', '--map-cwd', 'x'], /--map-cwd wants <old>=<new>, not "x"/],
    [['a', '--map-cwd', 'x=y=z'], /--map-cwd wants/],
    [['a', '--min-sessions', '0'], /--min-sessions wants a whole number/],
    [['a', '--min-sessions', 'two'], /--min-sessions wants a whole number/],
    [['a', '--instructions', 'x'.repeat(4_097)], /4096 characters, not 4097/],
    [['a', '--engine', 'gpt'], /--engine wants one of offline, claude, claude-batch, claude-code, not "gpt"/],
    [['a', '--engine', 'claude'], /spends money: name a limit with --max-cost/],
    [['a', '--engine', 'claude', '--max-cost', 'all'], /--max-cost wants dollars from 0 to 1000/],
    [['a', '--engine', 'claude', '--max-cost', '1001'], /--max-cost wants dollars/],
    [['a', '--colour'], /--colour/],
  ])('refuses %j and says why', (args, message) => {
    expect(() => parseCommandLine(args, HERE)).toThrow(message);
  });
});

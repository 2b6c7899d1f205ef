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
    [['a', '--colour'], /--colour/],
  ])('refuses %j and says why', (args, message) => {
    expect(() => parseCommandLine(args, HERE)).toThrow(message);
  });
});

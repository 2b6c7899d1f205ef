import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../../../src/vscode/config/describeProblem';
import { effectiveValue } from '../../../../src/vscode/config/layers';
import { DEFAULT_SETTINGS, parseSettings, type SettingKey } from '../../../../src/vscode/config/parseSettings';
import { settingKeys } from '../../../../src/vscode/ids';
import { plainTranslate as t } from '../../../../src/vscode/translate';

const parse = (values: Readonly<Record<string, unknown>>) => parseSettings((key) => values[key]);

describe('settings', () => {
  it('are the defaults where nothing is set', () => {
    expect(parse({})).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
  });

  it('are read as they are where they are valid', () => {
    const { settings, problems } = parse({
      'capture.enabled': false,
      'capture.logFolders': ['/logs'],
      'capture.pathMaps': { '/old': '/new' },
      'capture.excludePaths': ['tmp/**'],
      'capture.excludeEntrypoints': ['sdk-cli'],
      'capture.maxSizeMb': 10,
      'dream.minSessions': 1,
      'findings.share': true,
      'findings.author': 'git',
      'schedule.cadence': 'weekly',
      'schedule.timeOfDay': '23:05',
      'schedule.weekday': 'friday',
      'review.codeLens': false,
      'statusBar.enabled': false,
    });
    expect(problems).toEqual([]);
    expect(settings).toEqual({
      capture: {
        enabled: false,
        logFolders: ['/logs'],
        pathMaps: [{ from: '/old', to: '/new' }],
        excludePaths: ['tmp/**'],
        excludeEntrypoints: ['sdk-cli'],
        maxSizeMb: 10,
      },
      dream: { minSessions: 1 },
      findings: { share: true, author: 'git' },
      schedule: { cadence: 'weekly', timeOfDay: { hour: 23, minute: 5 }, weekday: 'friday' },
      review: { codeLens: false },
      statusBar: { enabled: false },
      secrets: { rules: [], allow: [] },
      trustGit: false,
    });
  });

  it.each<[SettingKey, unknown, string]>([
    ['capture.enabled', 'yes', 'agentDreams.capture.enabled must be true or false; the default is used.'],
    ['capture.logFolders', '/logs', 'agentDreams.capture.logFolders must be a list of texts; it is ignored.'],
    ['capture.logFolders', [1], 'agentDreams.capture.logFolders must be a list of texts; it is ignored.'],
    ['capture.excludePaths', [''], 'agentDreams.capture.excludePaths must be a list of texts; it is ignored.'],
    ['capture.pathMaps', ['/a'], 'agentDreams.capture.pathMaps must map old folders to new ones; it is ignored.'],
    ['capture.pathMaps', { '/a': 1 }, 'agentDreams.capture.pathMaps must map old folders to new ones; it is ignored.'],
    [
      'dream.minSessions',
      0,
      'agentDreams.dream.minSessions must be a whole number from 1 to 100; the default is used.',
    ],
    [
      'dream.minSessions',
      2.5,
      'agentDreams.dream.minSessions must be a whole number from 1 to 100; the default is used.',
    ],
    [
      'schedule.cadence',
      'daly',
      'agentDreams.schedule.cadence must be one of manual, hourly, daily, weekly; the default is used.',
    ],
    [
      'schedule.timeOfDay',
      '25:00',
      'agentDreams.schedule.timeOfDay must be a time as HH:MM on a 24-hour clock; the default is used.',
    ],
    [
      'schedule.timeOfDay',
      9,
      'agentDreams.schedule.timeOfDay must be a time as HH:MM on a 24-hour clock; the default is used.',
    ],
  ])('%s = %j is refused by name', (key, value, message) => {
    const { settings, problems } = parse({ [key]: value });
    expect(settings).toEqual(DEFAULT_SETTINGS);
    expect(problems.map((problem) => describeProblem(problem, t))).toEqual([message]);
  });

  it('never throw, whatever is written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(settingKeys)), fc.anything(), (key, value) => {
        const { problems } = parse({ [key]: value });
        // A list of rules has a problem for each that cannot be used.
        expect(problems.filter((problem) => problem.key !== key)).toEqual([]);
      }),
    );
  });
});

describe('the layers of a setting', () => {
  it('of the machine are read from the user alone', () => {
    const layers = { workspaceFolderValue: 'hourly', workspaceValue: 'daily' };
    expect(effectiveValue('schedule.cadence', layers)).toBeUndefined();
    expect(effectiveValue('schedule.cadence', { ...layers, globalValue: 'weekly' })).toBe('weekly');
    expect(effectiveValue('capture.logFolders', { workspaceValue: ['/etc'] })).toBeUndefined();
    expect(effectiveValue('capture.pathMaps', { workspaceValue: { '/a': '/b' } })).toBeUndefined();
  });

  it('can only switch capture off', () => {
    expect(effectiveValue('capture.enabled', { workspaceValue: true, globalValue: false })).toBe(false);
    expect(effectiveValue('capture.enabled', { workspaceFolderValue: false, globalValue: true })).toBe(false);
    expect(effectiveValue('capture.enabled', { workspaceValue: true, globalValue: true })).toBe(true);
    expect(effectiveValue('capture.enabled', {})).toBeUndefined();
  });

  it('add up where they exclude', () => {
    const layers = { workspaceValue: ['b', 'a'], globalValue: ['a'] };
    expect(effectiveValue('capture.excludePaths', layers)).toEqual(['b', 'a']);
  });

  it('hand a wrong value on, so that it is named', () => {
    expect(effectiveValue('capture.enabled', { workspaceValue: 'no', globalValue: true })).toBe('no');
    expect(effectiveValue('capture.excludePaths', { workspaceValue: 'x', globalValue: ['a'] })).toBe('x');
  });

  it('otherwise count from the nearest', () => {
    const layers = { workspaceFolderValue: 1, workspaceValue: 2, globalValue: 3 };
    expect(effectiveValue('dream.minSessions', layers)).toBe(1);
    expect(effectiveValue('dream.minSessions', { globalValue: 3 })).toBe(3);
  });
});

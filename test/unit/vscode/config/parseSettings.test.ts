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
      'dream.maxCostUsd': 2.5,
      engine: 'claude-batch',
      'claude.baseUrl': 'https://gateway.example/anthropic',
      'claude.extractModel': 'claude-haiku-5-5',
      'claudeCode.path': '/usr/local/bin/claude',
      'findings.share': true,
      'findings.author': 'git',
      'recall.maxTokens': 9_000,
      'recall.subagents': 'filtered',
      'recall.pathRules': false,
      stores: [
        { path: '/srv/team/', name: 'Team', instructions: ' House rules. ', access: 'read_write' },
        { path: '/srv/org' },
      ],
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
      dream: { minSessions: 1, maxCostUsd: 2.5 },
      engine: 'claude-batch',
      claude: {
        baseUrl: 'https://gateway.example/anthropic',
        extractModel: 'claude-haiku-5-5',
        consolidateModel: '',
        prices: {},
      },
      claudeCode: { path: '/usr/local/bin/claude' },
      vscodeLm: { model: '' },
      findings: { share: true, author: 'git' },
      schedule: { cadence: 'weekly', timeOfDay: { hour: 23, minute: 5 }, weekday: 'friday' },
      review: { codeLens: false },
      statusBar: { enabled: false },
      secrets: { rules: [], allow: [] },
      trustGit: false,
      recall: { maxTokens: 9_000, subagents: 'filtered', pathRules: false },
      stores: [
        { path: '/srv/team', name: 'Team', instructions: 'House rules.', access: 'read_write' },
        { path: '/srv/org', name: 'org', access: 'read_only' },
      ],
    });
  });

  it.each<[SettingKey, unknown, string]>([
    ['capture.enabled', 'yes', 'agentDreams.capture.enabled must be true or false; the default is used.'],
    [
      'recall.maxTokens',
      10,
      'agentDreams.recall.maxTokens must be a whole number from 500 to 50000; the default is used.',
    ],
    ['recall.subagents', 'none', 'agentDreams.recall.subagents must be one of full, filtered; the default is used.'],
    ['stores', {}, 'agentDreams.stores must be a list of texts; it is ignored.'],
    ['stores', ['/srv'], 'agentDreams.stores: store 1 is ignored: it must be an object with a "path".'],
    ['stores', [{ path: 'srv' }], 'agentDreams.stores: store 1 is ignored: its path must be absolute.'],
    [
      'stores',
      [{ path: '/srv', name: 7 }],
      'agentDreams.stores: store 1 is ignored: its name or its instructions are no text, or too long.',
    ],
    [
      'stores',
      [{ path: '/srv', access: 'all' }],
      'agentDreams.stores: store 1 is ignored: its access must be read_only or read_write.',
    ],
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
    [
      'engine',
      'gpt',
      'agentDreams.engine must be one of auto, offline, claude, claude-batch, claude-code, vscode-lm, managed; the default is used.',
    ],
    [
      'dream.maxCostUsd',
      -1,
      'agentDreams.dream.maxCostUsd must be an amount in US dollars from 0 to 1000; no limit counts as set.',
    ],
    [
      'claude.prices',
      { 'claude-haiku-5-5': { input: -1 } },
      'agentDreams.claude.prices must give models prices in US dollars per million tokens; it is ignored.',
    ],
    [
      'claude.extractModel',
      'two words',
      'agentDreams.claude.extractModel must be the id of a model; the default is used.',
    ],
  ])('%s = %j is refused by name', (key, value, message) => {
    const { settings, problems } = parse({ [key]: value });
    expect(settings).toEqual(DEFAULT_SETTINGS);
    expect(problems.map((problem) => describeProblem(problem, t))).toEqual([message]);
  });

  it('keep the first of two stores in one folder', () => {
    const { settings, problems } = parse({ stores: [{ path: '/srv' }, { path: '/srv/' }] });
    expect(settings.stores).toEqual([{ path: '/srv', name: 'srv', access: 'read_only' }]);
    expect(problems.map(({ reason }) => reason)).toEqual([{ kind: 'not-a-store', at: 2, fault: 'twice' }]);
  });

  it.each([
    'http://gateway.example',
    'https://user:word@gateway.example',
    'https://gateway.example/?key=1',
    'http://127.0.0.1.example',
    'ftp://gateway.example',
    'gateway.example',
    42,
  ])('send nothing where the address of the API is %j, least of all to the default one', (address) => {
    const { settings, problems } = parse({ 'claude.baseUrl': address });
    expect(settings.claude.baseUrl).toBeNull();
    expect(problems.map((problem) => describeProblem(problem, t))).toEqual([
      'agentDreams.claude.baseUrl must be an address with https, or with http on this machine. Nothing is sent until it is.',
    ]);
  });

  it.each(['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:4000', 'https://api.anthropic.com', ''])(
    'take %j for the address of the API',
    (address) => {
      expect(parse({ 'claude.baseUrl': address })).toMatchObject({
        settings: { claude: { baseUrl: address } },
        problems: [],
      });
    },
  );

  it('start no program by a relative path', () => {
    const { settings, problems } = parse({ 'claudeCode.path': 'bin/claude' });
    expect(settings.claudeCode.path).toBeNull();
    expect(problems).toHaveLength(1);
  });

  it('tell a limit of nothing from no limit', () => {
    expect(parse({ 'dream.maxCostUsd': 0 }).settings.dream.maxCostUsd).toBe(0);
    expect(parse({ 'dream.maxCostUsd': null }).settings.dream.maxCostUsd).toBeNull();
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

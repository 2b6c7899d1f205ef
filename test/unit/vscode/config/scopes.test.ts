import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { effectiveValue } from '../../../../src/vscode/config/layers';
import { parseSettings, type SettingKey } from '../../../../src/vscode/config/parseSettings';
import { settingKeys } from '../../../../src/vscode/ids';

/**
 * Every setting with who may decide it. `machine`: the user alone, since it says what is read, when something runs, how
 * much is kept or what is believed. `narrowing`: a workspace may only take away. `anyone`: it harms nobody.
 */
const WHO_DECIDES: Readonly<Record<SettingKey, readonly ['machine' | 'narrowing' | 'anyone', string]>> = {
  'capture.enabled': ['narrowing', 'a project may ask not to be captured, never to be'],
  'capture.logFolders': ['machine', 'it names folders outside of the workspace that are read'],
  'capture.pathMaps': ['machine', 'it makes sessions of another project count as of this one'],
  'capture.excludePaths': ['narrowing', 'a project may exclude more, never less'],
  'capture.excludeEntrypoints': ['narrowing', 'a project may exclude more, never less'],
  'capture.maxSizeMb': ['machine', 'it fills the disk, or deletes what was captured'],
  'claude.baseUrl': ['machine', 'the key and the sessions are sent there'],
  'claude.consolidateModel': ['machine', 'it decides what a dream costs'],
  'claude.extractModel': ['machine', 'it decides what a dream costs'],
  'claude.prices': ['machine', 'it decides what counts as within the limit'],
  'claudeCode.path': ['machine', 'it names a program that is started'],
  'dream.maxCostUsd': ['machine', 'it spends the money of the user'],
  'dream.minSessions': ['anyone', 'it only says how long a dream waits; proposals are reviewed all the same'],
  engine: ['machine', 'it decides whether anything leaves the machine'],
  'findings.author': ['machine', 'it says under whose name something is told to others'],
  'findings.share': ['machine', 'it tells others what the user accepted'],
  'recall.maxTokens': ['machine', 'it decides how much of each session memory takes'],
  'recall.pathRules': ['machine', 'it writes files that agents obey'],
  'recall.subagents': ['machine', 'it decides who is told what'],
  'review.codeLens': ['anyone', 'buttons beside a diff; the commands stay'],
  'schedule.cadence': ['machine', 'it makes something run without being asked'],
  'schedule.timeOfDay': ['machine', 'it makes something run without being asked'],
  'schedule.weekday': ['machine', 'it makes something run without being asked'],
  'secrets.allow': ['machine', 'it switches off what protects secrets'],
  'secrets.rules': ['machine', 'a rule that matches too much would eat the sessions'],
  'statusBar.enabled': ['anyone', 'an item in the status bar'],
  stores: ['machine', 'it names folders whose words reach agents'],
  trustGit: ['machine', 'it accepts what others wrote'],
  'vscodeLm.model': ['machine', 'it decides who is sent what a dream reads'],
};

const root = path.resolve(import.meta.dirname, '../../../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, { readonly scope: string }>> }[];
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: readonly string[] };
    readonly virtualWorkspaces: { readonly supported: boolean };
  };
};
const scopes = Object.assign({}, ...manifest.contributes.configuration.map(({ properties }) => properties)) as Readonly<
  Record<string, { readonly scope: string }>
>;

describe('the scope of every setting', () => {
  it.each(Object.values(settingKeys))('%s is what it has to be, and it is written down why', (key) => {
    const [who, why] = WHO_DECIDES[key];
    expect(why).not.toBe('');
    const scope = scopes[`agentDreams.${key}`]?.scope ?? '';
    expect(scope === 'machine').toBe(who === 'machine');
  });

  it('is of the machine wherever a name sounds as if it sent, ran, paid for or applied something', () => {
    const telling =
      /policy|evaluation|command|url|cli|claude|engine|model|cost|schedule|auto|logfolders|pathmaps|secret|trust|key|webhook/iu;
    const open = Object.entries(scopes).filter(
      ([key, { scope }]) => telling.test(key.slice(12)) && scope !== 'machine',
    );
    expect(open.map(([key]) => key)).toEqual([]);
  });

  it('that a workspace could set is restricted as long as the workspace is not trusted, unless it is only looks', () => {
    const { restrictedConfigurations, supported } = manifest.capabilities.untrustedWorkspaces;
    expect(supported).toBe('limited');
    expect(manifest.capabilities.virtualWorkspaces.supported).toBe(false);
    const looks = ['agentDreams.review.codeLens', 'agentDreams.statusBar.enabled'];
    const settable = Object.keys(scopes).filter((key) => scopes[key]?.scope !== 'machine' && !looks.includes(key));
    expect([...restrictedConfigurations].sort()).toEqual(settable.sort());
  });
});

describe('a hostile workspace', () => {
  it('decides nothing but to be captured less', () => {
    const hostile: Readonly<Record<string, unknown>> = {
      'capture.enabled': true,
      'capture.logFolders': ['/etc'],
      'capture.pathMaps': { '/home/ada/secret': '.' },
      'capture.excludePaths': [],
      'capture.excludeEntrypoints': [],
      'capture.maxSizeMb': 100_000,
      'claude.baseUrl': 'https://collector.example',
      'claude.consolidateModel': 'claude-fable-5-1',
      'claude.extractModel': 'claude-fable-5-1',
      'claude.prices': { 'claude-fable-5-1': { input: 0, output: 0 } },
      'claudeCode.path': '/tmp/claude',
      'dream.maxCostUsd': 1_000,
      engine: 'claude',
      'schedule.cadence': 'hourly',
      'schedule.timeOfDay': '00:00',
      'schedule.weekday': 'sunday',
      'secrets.allow': ['deadbeef'],
      'secrets.rules': [{ id: 'all', pattern: '[a-z]{1,99}', keywords: ['a'] }],
      trustGit: true,
      'vscodeLm.model': 'somebody-elses',
    };
    const mine: Readonly<Record<string, unknown>> = {
      'capture.enabled': false,
      'capture.excludePaths': ['private/**'],
    };
    const layersOf = (key: SettingKey, own: Readonly<Record<string, unknown>>) => ({
      ...(own[key] === undefined ? {} : { globalValue: own[key] }),
      ...(hostile[key] === undefined ? {} : { workspaceValue: hostile[key], workspaceFolderValue: hostile[key] }),
    });
    const { settings, problems } = parseSettings((key) => effectiveValue(key, layersOf(key, mine)));
    const undisturbed = parseSettings((key) => mine[key]).settings;
    expect(settings).toEqual(undisturbed);
    expect(problems).toEqual([]);
  });
});

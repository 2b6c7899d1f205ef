import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/vscode/config/parseSettings';
import { formatTimeOfDay } from '../../../src/core/schedule/cadence';
import {
  contextKeys,
  reviewCommands,
  settingKeys,
  settingsSection,
  shellCommands,
  viewContainer,
  views,
  walkthrough,
} from '../../../src/vscode/ids';

const root = path.resolve(import.meta.dirname, '../../..');
const text = readFileSync(path.join(root, 'package.json'), 'utf8');
const words = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Readonly<Record<string, string>>;

interface Property {
  readonly default?: unknown;
  readonly type?: string;
  readonly scope?: string;
  readonly order?: number;
  readonly markdownDescription?: string;
}
interface Contributes {
  readonly commands: readonly { command: string; title: string; category: string; icon?: string }[];
  readonly views: Readonly<Record<string, readonly { id: string }[]>>;
  readonly viewsWelcome: readonly { view: string; contents: string; when: string }[];
  readonly menus: Readonly<Record<string, readonly { command: string; when?: string; group?: string }[]>>;
  readonly keybindings?: readonly { command: string }[];
  readonly configuration: readonly { title: string; properties: Readonly<Record<string, Property>> }[];
  readonly walkthroughs: readonly {
    id: string;
    steps: readonly { media: { markdown: string }; completionEvents: readonly string[]; description: string }[];
  }[];
}
const { contributes, capabilities } = JSON.parse(text) as {
  contributes: Contributes;
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: readonly string[] } };
};

const commandIds: readonly string[] = [...Object.values(shellCommands), ...Object.values(reviewCommands)];
const sorted = (items: readonly string[]): readonly string[] => [...items].sort();
const properties = Object.assign({}, ...contributes.configuration.map((group) => group.properties)) as Readonly<
  Record<string, Property>
>;
const ours = (id: string): boolean => id.startsWith('agentDreams.') && !id.endsWith('.focus');

describe('the manifest and the code', () => {
  it('know the same commands', () => {
    expect(sorted(contributes.commands.map(({ command }) => command))).toEqual(sorted(commandIds));
  });

  it('know the same views, container and walkthrough', () => {
    expect(Object.keys(contributes.views)).toEqual([viewContainer]);
    expect(contributes.views[viewContainer]?.map(({ id }) => id)).toEqual(Object.values(views));
    expect(contributes.walkthroughs.map(({ id }) => id)).toEqual([walkthrough]);
  });

  it('know the same settings, with the same defaults', () => {
    const expected = Object.values(settingKeys).map((key) => `${settingsSection}.${key}`);
    expect(sorted(Object.keys(properties))).toEqual(sorted(expected));
    const { capture, dream, engine, claude, claudeCode, vscodeLm } = DEFAULT_SETTINGS;
    const { schedule, findings, review, secrets, statusBar, trustGit, recall, stores } = DEFAULT_SETTINGS;
    const defaults = Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, property.default]));
    expect(defaults).toEqual({
      'agentDreams.capture.enabled': capture.enabled,
      'agentDreams.capture.logFolders': capture.logFolders,
      'agentDreams.capture.pathMaps': {},
      'agentDreams.capture.excludePaths': capture.excludePaths,
      'agentDreams.capture.excludeEntrypoints': capture.excludeEntrypoints,
      'agentDreams.capture.maxSizeMb': capture.maxSizeMb,
      'agentDreams.dream.minSessions': dream.minSessions,
      'agentDreams.dream.maxCostUsd': dream.maxCostUsd,
      'agentDreams.engine': engine,
      'agentDreams.claude.baseUrl': claude.baseUrl,
      'agentDreams.claude.extractModel': claude.extractModel,
      'agentDreams.claude.consolidateModel': claude.consolidateModel,
      'agentDreams.claude.prices': claude.prices,
      'agentDreams.claudeCode.path': claudeCode.path,
      'agentDreams.vscodeLm.model': vscodeLm.model,
      'agentDreams.findings.share': findings.share,
      'agentDreams.findings.author': findings.author,
      'agentDreams.recall.maxTokens': recall.maxTokens,
      'agentDreams.recall.pathRules': recall.pathRules,
      'agentDreams.recall.subagents': recall.subagents,
      'agentDreams.stores': stores,
      'agentDreams.schedule.cadence': schedule.cadence,
      'agentDreams.schedule.timeOfDay': formatTimeOfDay(schedule.timeOfDay),
      'agentDreams.schedule.weekday': schedule.weekday,
      'agentDreams.review.codeLens': review.codeLens,
      'agentDreams.statusBar.enabled': statusBar.enabled,
      'agentDreams.secrets.allow': secrets.allow,
      'agentDreams.secrets.rules': secrets.rules,
      'agentDreams.trustGit': trustGit,
    });
  });

  it('know the same context keys', () => {
    const settings = Object.keys(properties);
    const used = [...text.matchAll(/"(?:when|enablement)": "([^"]*)"/g)].flatMap(([, when]) =>
      [...(when ?? '').matchAll(/(?<!== )\bagentDreams\.[\w.]+/g)].map(([key]) => key),
    );
    const keys: readonly string[] = Object.values(contextKeys);
    expect(used.filter((key) => !keys.includes(key) && !settings.includes(key))).toEqual([]);
  });

  it('agree that menus, keys, welcome texts and walkthrough name existing commands', () => {
    const inMenus = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
    const inKeys = (contributes.keybindings ?? []).map(({ command }) => command);
    const inTexts = [...JSON.stringify(words).matchAll(/command:(agentDreams\.\w+)/g)].map(([, id]) => id ?? '');
    const inEvents = contributes.walkthroughs
      .flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents))
      .filter((event) => event.startsWith('onCommand:'))
      .map((event) => event.slice('onCommand:'.length));
    const named = [...inMenus, ...inKeys, ...inEvents, ...inTexts].filter(ours);
    const viewFocus = Object.values(views).map((id) => id);
    expect(named.filter((id) => !commandIds.includes(id) && !viewFocus.includes(id as never))).toEqual([]);
  });
});

describe('the manifest', () => {
  it('has every word in package.nls.json, and uses all of them', () => {
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');
    expect(used.filter((key) => words[key] === undefined)).toEqual([]);
    expect(Object.keys(words).filter((key) => !used.includes(key))).toEqual([]);
  });

  it('gives every command a category and a title from the words', () => {
    for (const { command, title, category } of contributes.commands) {
      expect(title, command).toMatch(/^%command\.\w+\.title%$/);
      expect(category, command).toBe('%category%');
    }
  });

  it('gives an icon to every command with a button', () => {
    const buttons = Object.entries(contributes.menus).flatMap(([menu, items]) =>
      items.filter(({ group }) => group?.startsWith(menu === 'view/item/context' ? 'inline' : 'navigation') === true),
    );
    const icons = new Map(contributes.commands.map(({ command, icon }) => [command, icon]));
    expect(buttons.filter(({ command }) => icons.get(command) === undefined)).toEqual([]);
  });

  it('describes, orders and scopes every setting', () => {
    for (const [key, property] of Object.entries(properties)) {
      expect(property.markdownDescription, key).toMatch(/^%setting\..+%$/);
      expect(property.order, key).toBeTypeOf('number');
      expect(property.scope, key).toMatch(/^(machine|resource|window)$/);
    }
  });

  it('keeps from workspaces what a workspace must not decide', () => {
    const machine = Object.keys(properties).filter((key) => properties[key]?.scope === 'machine');
    expect(sorted(machine)).toEqual([
      'agentDreams.capture.logFolders',
      'agentDreams.capture.maxSizeMb',
      'agentDreams.capture.pathMaps',
      'agentDreams.claude.baseUrl',
      'agentDreams.claude.consolidateModel',
      'agentDreams.claude.extractModel',
      'agentDreams.claude.prices',
      'agentDreams.claudeCode.path',
      'agentDreams.dream.maxCostUsd',
      'agentDreams.engine',
      'agentDreams.findings.author',
      'agentDreams.findings.share',
      'agentDreams.recall.maxTokens',
      'agentDreams.recall.pathRules',
      'agentDreams.recall.subagents',
      'agentDreams.schedule.cadence',
      'agentDreams.schedule.timeOfDay',
      'agentDreams.schedule.weekday',
      'agentDreams.secrets.allow',
      'agentDreams.secrets.rules',
      'agentDreams.stores',
      'agentDreams.trustGit',
      'agentDreams.vscodeLm.model',
    ]);
    const restricted = capabilities.untrustedWorkspaces.restrictedConfigurations;
    expect(restricted.filter((key) => properties[key] === undefined)).toEqual([]);
  });

  it('welcomes in every view, whatever is missing', () => {
    for (const view of Object.values(views)) {
      const texts = contributes.viewsWelcome.filter((welcome) => welcome.view === view);
      expect(
        texts.some(({ when }) => when === 'workspaceFolderCount == 0'),
        view,
      ).toBe(true);
      expect(
        texts.some(({ when }) => when.includes('!isWorkspaceTrusted')),
        view,
      ).toBe(true);
      expect(texts.length, view).toBeGreaterThan(3);
    }
  });

  it('shows media that exists in the walkthrough', () => {
    const media = contributes.walkthroughs.flatMap(({ steps }) => steps.map((step) => step.media.markdown));
    expect(media.length).toBe(6);
    expect(media.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });
});

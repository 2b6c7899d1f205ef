import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parse, type ParseError } from 'jsonc-parser';
import type { SettingsLayer, SettingsValues } from '../../core/doctor/facts';
import { errnoOf } from '../fileErrors';
import { gitPlace } from '../claude/gitPlace';

/** Where Claude Code looks for settings. */
export interface SettingsPlaces {
  /** The workspace folder. */
  readonly root: string;
  readonly configDir: string;
  /** What an organisation prescribes; by default where Claude Code looks on this system. */
  readonly managedFolder?: string;
  /** False in an untrusted folder: git is not asked about it. */
  readonly askGit: boolean;
}

/** Variables that switch something off that memory needs. */
export const VARIABLES = [
  'CLAUDE_CODE_SKIP_PROMPT_HISTORY',
  'CLAUDE_CODE_SIMPLE',
  'CLAUDE_CODE_SAFE_MODE',
  'CLAUDE_CODE_DISABLE_AUTO_MEMORY',
] as const;

const MAX_BYTES = 4 * 1024 * 1024;
const NOTHING: SettingsValues = { variables: [] };

/** Where an organisation's settings are. */
function managedFolder(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return '/Library/Application Support/ClaudeCode';
  return platform === 'win32' ? 'C:\\Program Files\\ClaudeCode' : '/etc/claude-code';
}

/** Every settings file that a session in the workspace obeys and that exists, the strongest layer first. */
export async function readSettingsLayers(places: SettingsPlaces): Promise<readonly SettingsLayer[]> {
  const { root, configDir, askGit } = places;
  const managed = places.managedFolder ?? managedFolder();
  const main = (askGit ? await gitPlace(root) : undefined)?.mainRoot ?? root;
  const roots = [...new Set([main, root])];
  const files: readonly (readonly [SettingsLayer['layer'], string])[] = [
    ['managed', path.join(managed, 'managed-settings.json')],
    ...(await dropIns(path.join(managed, 'managed-settings.d'))).map((file) => ['managed', file] as const),
    ['managed', path.join(configDir, 'remote-settings.json')],
    ...roots.map((folder) => ['local', path.join(folder, '.claude', 'settings.local.json')] as const),
    ['project', path.join(root, '.claude', 'settings.json')],
    ['user', path.join(configDir, 'settings.json')],
  ];
  const layers = await Promise.all(files.map(([layer, file]) => readLayer(layer, file)));
  return layers.filter((layer) => layer !== undefined);
}

async function dropIns(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .sort()
    .map((name) => path.join(folder, name));
}

async function readLayer(layer: SettingsLayer['layer'], file: string): Promise<SettingsLayer | undefined> {
  try {
    if ((await stat(file)).size > MAX_BYTES) return { layer, file, state: 'unreadable', values: NOTHING };
    return { layer, file, ...readSettingsText(await readFile(file, 'utf8')) };
  } catch (error) {
    const gone = ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '');
    return gone ? undefined : { layer, file, state: 'unreadable', values: NOTHING };
  }
}

/** What the checks need of the text of a settings file. Claude Code wants plain JSON, after a byte order mark at most. */
export function readSettingsText(text: string): Pick<SettingsLayer, 'state' | 'values'> {
  const body = text.replace(/^\uFEFF/u, '');
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) ? { state: 'read', values: valuesOf(parsed) } : { state: 'invalid', values: NOTHING };
  } catch {
    const errors: ParseError[] = [];
    const tolerated: unknown = parse(body, errors, { allowTrailingComma: true });
    return { state: errors.length === 0 && isRecord(tolerated) ? 'comments' : 'invalid', values: NOTHING };
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valuesOf(settings: Readonly<Record<string, unknown>>): SettingsValues {
  const flag = (name: string): { readonly [key: string]: boolean } => {
    const value = settings[name];
    return typeof value === 'boolean' ? { [name]: value } : {};
  };
  const days = settings['cleanupPeriodDays'];
  const directory = settings['autoMemoryDirectory'];
  const plugins = settings['strictPluginOnlyCustomization'];
  return {
    ...flag('disableAllHooks'),
    ...flag('allowManagedHooksOnly'),
    ...flag('autoMemoryEnabled'),
    ...flag('autoDreamEnabled'),
    ...(plugins === true || (Array.isArray(plugins) && plugins.includes('hooks'))
      ? { hooksFromPluginsOnly: true }
      : {}),
    ...(days === undefined
      ? {}
      : { cleanupPeriodDays: typeof days === 'number' ? days : JSON.stringify(days).slice(0, 40) }),
    ...(typeof directory === 'string' && directory !== '' ? { autoMemoryDirectory: directory.slice(0, 4_096) } : {}),
    variables: variablesIn(isRecord(settings['env']) ? settings['env'] : {}),
  };
}

/** Names of variables of interest that are set to something that counts as on. */
export function variablesIn(environment: Readonly<Record<string, unknown>>): readonly string[] {
  return VARIABLES.filter((name) => {
    const value = environment[name];
    return typeof value === 'string' && !/^(?:|0|false|no|off)$/iu.test(value.trim());
  });
}

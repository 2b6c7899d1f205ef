// Writes docs/reference.md from package.json and package.nls.json: every command, key, setting and view.
//   node build/makeReference.mjs           writes it
//   node build/makeReference.mjs --check   fails if the committed page differs
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const page = path.join(root, 'docs/reference.md');

async function readJson(name) {
  return JSON.parse(await readFile(path.join(root, name), 'utf8'));
}

/** Replaces every `%key%` by its English text; an unknown key is an error of the manifest. */
function translate(value, words) {
  if (typeof value === 'string') {
    const key = /^%(.+)%$/.exec(value)?.[1];
    if (key === undefined) return value;
    const word = words[key];
    if (word === undefined) throw new Error(`package.nls.json has no ${key}`);
    return typeof word === 'string' ? word : word.message;
  }
  if (Array.isArray(value)) return value.map((item) => translate(item, words));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, translate(item, words)]));
}

const cell = (text) =>
  String(text)
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ');
const row = (...cells) => `| ${cells.map(cell).join(' | ')} |`;
const table = (head, rows) => [row(...head), row(...head.map(() => '---')), ...rows].join('\n');
const code = (text) => `\`${text}\``;
const byOrder = (a, b) => (a[1].order ?? 0) - (b[1].order ?? 0);

function keysOf(command, keybindings) {
  const keys = keybindings
    .filter((binding) => binding.command === command)
    .map(({ key, mac }) => (mac && mac !== key ? `${code(key)} (macOS ${code(mac)})` : code(key)));
  return keys.join(', ');
}

function whereShown(command, menus) {
  const hidden = (menus.commandPalette ?? []).some((item) => item.command === command && item.when === 'false');
  const places = Object.entries(menus)
    .filter(([menu, items]) => menu !== 'commandPalette' && items.some((item) => item.command === command))
    .map(([menu]) => placeNames[menu] ?? menu);
  return [...(hidden ? [] : ['Command Palette']), ...places].join(', ');
}

const placeNames = {
  'view/title': 'view title',
  'view/item/context': 'tree',
  'editor/title': 'editor title',
  'editor/context': 'editor menu',
  'explorer/context': 'Explorer',
  'multiDiffEditor/resource/title': 'multi-diff title',
  'scm/title': 'Source Control',
};

function commandSection({ commands, keybindings = [], menus = {} }) {
  const rows = commands.map(({ command, category, title }) =>
    row(
      category ? `${category}: ${title}` : title,
      code(command),
      keysOf(command, keybindings),
      whereShown(command, menus),
    ),
  );
  return ['## Commands', table(['command', 'id', 'keys', 'where'], rows)];
}

const scopes = {
  application: 'application',
  machine: 'machine',
  'machine-overridable': 'machine, workspace may override',
  resource: 'folder',
  window: 'window',
};

function limits({ minimum, maximum, enum: values, maxLength }) {
  if (values) return `one of ${values.map(code).join(', ')}`;
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maxLength === undefined ? '' : `at most ${maxLength} characters`;
}

function settingSections(configuration) {
  const groups = [configuration].flat();
  return [
    '## Settings',
    'The scope says where a setting is read from: *application* and *machine* settings never come from a workspace.',
    ...groups.flatMap((group) => {
      const rows = Object.entries(group.properties)
        .sort(byOrder)
        .map(([key, setting]) => {
          const text = setting.markdownDescription ?? setting.description ?? '';
          const bounds = limits(setting);
          return row(
            code(key),
            code(JSON.stringify(setting.default)),
            scopes[setting.scope ?? 'window'],
            bounds ? `${text} (${bounds})` : text,
          );
        });
      const title = groups.length > 1 && group.title ? [`### ${group.title}`] : [];
      return [...title, table(['setting', 'default', 'scope', 'what it does'], rows)];
    }),
  ];
}

function viewSection(views) {
  const rows = Object.values(views).flatMap((list) => list.map(({ id, name }) => row(name, code(id))));
  return ['## Views', table(['view', 'id'], rows)];
}

function configurationDefaults(defaults) {
  if (!defaults) return [];
  const rows = Object.entries(defaults).flatMap(([scope, values]) =>
    Object.entries(values).map(([key, value]) => row(code(scope), code(key), code(JSON.stringify(value)))),
  );
  return [
    '## Defaults it sets for its own language',
    'They apply to the documents of a proposal and to nothing else; your own settings win.',
    table(['language', 'setting', 'value'], rows),
  ];
}

async function makeReference() {
  const manifest = translate(await readJson('package.json'), await readJson('package.nls.json'));
  const { contributes } = manifest;
  const sections = [
    '# Reference',
    'All commands, keys, settings and views of Agent Dreams. Generated from `package.json` by `build/makeReference.mjs`; change it there.',
    ...commandSection(contributes),
    ...settingSections(contributes.configuration),
    ...viewSection(contributes.views),
    ...configurationDefaults(contributes.configurationDefaults),
  ];
  return `${sections.join('\n\n')}\n`;
}

const text = await makeReference();
if (process.argv.includes('--check')) {
  const present = await readFile(page, 'utf8').catch(() => '');
  if (present !== text) {
    process.stderr.write('docs/reference.md is out of date: run node build/makeReference.mjs\n');
    process.exitCode = 1;
  }
} else {
  await writeFile(page, text);
}

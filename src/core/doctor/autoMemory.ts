import { hasSameMeaning } from '../dream/knowledge';
import { contentStems } from '../dream/text/words';
import type { AutoMemoryFacts, DoctorFacts, SettingsLayer } from './facts';
import type { DoctorFinding } from './finding';
import { ifKnown, valueOf } from './known';

const OFF = 'CLAUDE_CODE_DISABLE_AUTO_MEMORY';
const ORDER: readonly SettingsLayer['layer'][] = ['managed', 'local', 'project', 'user'];

/** What the layers and the environment say of Claude Code's own memory. It is on unless somebody says otherwise. */
export function isAutoMemoryOn(layers: readonly SettingsLayer[], variables: readonly string[]): boolean {
  const off = variables.includes(OFF) || layers.some(({ values }) => values.variables.includes(OFF));
  return !off && (inForce(layers, (values) => values.autoMemoryEnabled)?.value ?? true);
}

function inForce<T>(
  layers: readonly SettingsLayer[],
  read: (values: SettingsLayer['values']) => T | undefined,
): { readonly value: T; readonly layer: SettingsLayer } | undefined {
  for (const name of ORDER) {
    for (const layer of layers.filter((one) => one.layer === name)) {
      const value = read(layer.values);
      if (value !== undefined) return { value, layer };
    }
  }
  return undefined;
}

/** Claude Code's own notes: that they are not written into the store, not rewritten behind its back, not the same again. */
export function checkAutoMemory(
  facts: Pick<DoctorFacts, 'autoMemory' | 'settings' | 'conflicts'>,
): readonly DoctorFinding[] {
  const layers = valueOf(facts.settings) ?? [];
  return ifKnown('autoMemory', facts.autoMemory, (value): readonly DoctorFinding[] => [
    ...ignored(layers),
    ...(isAutoMemoryOn(layers, value.variables)
      ? [...inStore(value, layers), ...dreaming(value, layers), ...overlap(value, facts)]
      : []),
  ]);
}

/** A folder that Claude Code does not understand is passed over in silence. */
function ignored(layers: readonly SettingsLayer[]): readonly DoctorFinding[] {
  return layers.flatMap(({ file, values: { autoMemoryDirectory: named }, layer }) => {
    if (named === undefined || /^(?:\/|~[\\/]|[A-Za-z]:[\\/]|\\\\)/u.test(named)) return [];
    const fix =
      layer === 'managed'
        ? ({ id: 'openFile', target: file } as const)
        : ({ id: 'removeClaudeSetting', target: file, at: 'autoMemoryDirectory' } as const);
    const about = { file, value: named.slice(0, 200) };
    return [{ check: 'autoMemory', kind: 'auto-memory-ignored', severity: 'warning', about, fix } as const];
  });
}

function isInside(file: string, folder: string): boolean {
  const [inner, outer] = [file, folder].map((one) => one.replace(/[\\/]{1,8}/gu, '/').replace(/\/$/u, ''));
  return inner === outer || (inner ?? '').startsWith(`${outer ?? ''}/`);
}

function endangers({ directory, store, inbox }: AutoMemoryFacts): boolean {
  const reaches = isInside(directory, store) || isInside(store, directory);
  return reaches && !isInside(directory, inbox);
}

function settingFile(layers: readonly SettingsLayer[]): SettingsLayer | undefined {
  return inForce(layers, (values) => values.autoMemoryDirectory)?.layer;
}

function inStore(value: AutoMemoryFacts, layers: readonly SettingsLayer[]): readonly DoctorFinding[] {
  if (!endangers(value)) return [];
  const layer = settingFile(layers);
  const about = { directory: value.directory, file: layer?.file ?? '' };
  const fix =
    layer === undefined || layer.layer === 'managed'
      ? undefined
      : ({ id: 'removeClaudeSetting', target: layer.file, at: 'autoMemoryDirectory' } as const);
  return [
    {
      check: 'autoMemory',
      kind: 'auto-memory-in-store',
      severity: 'problem',
      about,
      ...(fix === undefined ? {} : { fix }),
    },
  ];
}

function dreaming(value: AutoMemoryFacts, layers: readonly SettingsLayer[]): readonly DoctorFinding[] {
  const on = inForce(layers, (values) => values.autoDreamEnabled);
  if (on?.value !== true) return [];
  const { file, layer } = on.layer;
  const about = { file, directory: value.directory };
  const severity = endangers(value) ? 'problem' : isInside(value.directory, value.inbox) ? 'warning' : 'note';
  const fix =
    layer === 'managed'
      ? ({ id: 'openFile', target: file } as const)
      : ({ id: 'removeClaudeSetting', target: file, at: 'autoDreamEnabled' } as const);
  return [{ check: 'autoMemory', kind: 'auto-dream', severity, about, fix }];
}

/** Notes that say what a memory says: the agent reads it twice, and only one of the two is reviewed. */
function overlap(value: AutoMemoryFacts, { conflicts }: Pick<DoctorFacts, 'conflicts'>): readonly DoctorFinding[] {
  const memories = (valueOf(conflicts)?.memories ?? []).map(({ path, description }) => ({
    path,
    stems: contentStems(description),
  }));
  const twice = value.notes.flatMap(({ file, text }) => {
    const stems = contentStems(noteClaim(text));
    const same = stems.size < 3 ? undefined : memories.find((memory) => hasSameMeaning(stems, memory.stems));
    return same === undefined ? [] : [{ file, path: same.path }];
  });
  const [first] = twice;
  if (first === undefined) return [];
  const about = { count: twice.length, note: first.file, path: first.path, directory: value.directory };
  const fix = { id: 'openFile', target: first.file } as const;
  return [{ check: 'autoMemory', kind: 'auto-memory-overlap', severity: 'note', about, fix }];
}

/** What a note is about: its description, else its first line of text. */
function noteClaim(text: string): string {
  const described = /^description:\s{0,8}(.{1,400})$/mu.exec(text.slice(0, 4_000))?.[1];
  const body = text.replace(/^---\r?\n[\s\S]{0,4000}?\n---\r?\n/u, '').trim();
  return described ?? body.split('\n', 1)[0] ?? '';
}

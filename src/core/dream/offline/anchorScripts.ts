import type { WorkspaceProbe } from '../../ports';
import type { Runner } from './anchors';

/** The commands that a file of the workspace defines. */
export interface Defined {
  /** The file that was read. */
  readonly file: string;
  /** undefined where the file brings in what cannot be told from here, or cannot be read. */
  readonly names: ReadonlySet<string> | undefined;
}

const FILES: Readonly<Record<Runner, readonly string[]>> = {
  'package.json': ['package.json'],
  Makefile: ['GNUmakefile', 'makefile', 'Makefile'],
  justfile: ['justfile', 'Justfile', '.justfile'],
  mise: ['mise.toml', '.mise.toml', '.config/mise.toml'],
  Taskfile: ['Taskfile.yml', 'Taskfile.yaml', 'taskfile.yml', 'taskfile.yaml'],
  'composer.json': ['composer.json'],
  'pyproject.toml': ['pyproject.toml'],
};

/** What the first file of a runner at the root defines; undefined if there is none. Never throws. */
export async function definedBy(runner: Runner, probe: WorkspaceProbe): Promise<Defined | undefined> {
  for (const file of FILES[runner]) {
    const text = await probe.readText(file);
    if (text !== undefined) return { file, names: namesIn(runner, text) };
  }
  return undefined;
}

function namesIn(runner: Runner, text: string): ReadonlySet<string> | undefined {
  switch (runner) {
    case 'package.json':
    case 'composer.json':
      return scriptsOfJson(text);
    case 'Makefile':
      return /^-?s?include\s|^[^\t#\n]{0,200}[%$][^\n]{0,200}:/mu.test(text) ? undefined : targetsOf(text);
    case 'justfile':
      return /^(?:import|mod)\b/mu.test(text) ? undefined : recipesOf(text);
    case 'Taskfile':
      return /^includes:/mu.test(text) ? undefined : tasksOfYaml(text);
    case 'mise':
      return /^\s{0,8}(?:includes|task_config)\b|^\[task_config\]/mu.test(text) ? undefined : tableKeys(text, MISE);
    case 'pyproject.toml':
      return tableKeys(text, PYTHON);
  }
}

function scriptsOfJson(json: string): ReadonlySet<string> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || !('scripts' in value)) return new Set();
    const { scripts } = value;
    return new Set(typeof scripts === 'object' && scripts !== null ? Object.keys(scripts) : []);
  } catch {
    return undefined;
  }
}

function targetsOf(makefile: string): ReadonlySet<string> {
  const lines = makefile.split(/\r?\n/u).map((line) => line.slice(0, 400));
  return new Set(
    lines.flatMap(
      (line) =>
        /^([\w./-][\w./ -]{0,300}):(?!=)/u
          .exec(line)?.[1]
          ?.trim()
          .split(/ {1,20}/u) ?? [],
    ),
  );
}

function recipesOf(justfile: string): ReadonlySet<string> {
  const lines = justfile.split(/\r?\n/u).map((line) => line.slice(0, 400));
  return new Set(
    lines.flatMap((line) => {
      const match = /^alias ([\w-]{1,80})\s{0,4}:=|^@?([A-Za-z_][\w-]{0,80})(?:\s[^:\n]{0,200})?:(?!=)/u.exec(line);
      return match?.[1] ?? match?.[2] ?? [];
    }),
  );
}

function tasksOfYaml(yaml: string): ReadonlySet<string> {
  const names = new Set<string>();
  let inTasks = false;
  let depth: number | undefined;
  for (const line of yaml.split(/\r?\n/u)) {
    if (/^\S/u.test(line) && !line.startsWith('#')) inTasks = /^tasks:/u.test(line);
    const key = inTasks ? /^( {1,8})["']?([\w:.-]{1,80})["']?:(?:\s|$)/u.exec(line.slice(0, 400)) : null;
    if (key === null) continue;
    depth ??= key[1]?.length;
    if (key[1]?.length === depth) names.add(key[2] ?? '');
  }
  return names;
}

/** Tables of which each key is a name, and whose subtables are names, too. */
const MISE = /^tasks$/u;
const PYTHON =
  /^(?:tool\.poe\.tasks|tool\.pdm\.scripts|tool\.hatch\.envs\.[\w-]{1,40}\.scripts|project\.scripts|tool\.poetry\.scripts)$/u;

function tableKeys(toml: string, wanted: RegExp): ReadonlySet<string> {
  const names = new Set<string>();
  let table = '';
  for (const whole of toml.split(/\r?\n/u)) {
    const line = whole.slice(0, 400);
    const header = /^\s{0,8}\[\[?([^\]\n]{1,200})\]/u.exec(line)?.[1];
    if (header !== undefined) {
      table = header.replace(/["'\s]/gu, '');
      const cut = table.lastIndexOf('.');
      if (cut > 0 && wanted.test(table.slice(0, cut))) names.add(table.slice(cut + 1));
      continue;
    }
    const key = /^\s{0,8}["']?([\w:.-]{1,80})["']?\s{0,8}=/u.exec(line)?.[1];
    if (key !== undefined && wanted.test(table)) names.add(key.split('.')[0] ?? key);
  }
  return names;
}

import type { WorkspaceProbe } from '../../ports';
import { objectOf, parseJsonObject } from '../../sessions/json';
import type { CheckEvidence } from '../finding';

/** The scripts that a folder of the workspace defines now. */
export interface Scripts {
  /** `unknown` where nothing says which scripts there are. */
  verdict(form: string): 'fresh' | 'gone' | 'unknown';
  /** The commands that a script stands for, where the workspace tells. */
  body(form: string): string | undefined;
  /** A check that speaks for the command, if the workspace defines it. */
  evidence(form: string, now: string): readonly CheckEvidence[];
}

const SCRIPT =
  /^(?:npm|pnpm|yarn|bun)(?: (?:--filter|-F|-C|--prefix|-w|--workspace) \S{1,60})? run(?:-script)? ([\w:.-]{1,80})(?: |$)|^(?:npm|pnpm|yarn) (test)(?: |$)/u;
const TARGET = /^(make|just) ([\w:.-]{1,80})(?: |$)/u;
const ELSEWHERE = / (?:--filter|-F|-C|--prefix|-w|--workspace|-f|--file)[ =]/u;
const RULE = /^@?([A-Za-z0-9_][\w.-]{0,80})\s{0,4}(?:[^:=\n]{0,120}):(?!=)/u;

/** Reads package.json, Makefile and justfile of a folder of the project. Never throws. */
export async function scriptsIn(directory: string, probe: WorkspaceProbe): Promise<Scripts> {
  const at = (name: string): string => (directory === '' ? name : `${directory}/${name}`);
  const bodies = await bodiesIn(directory, probe);
  const known = new Map<string, ReadonlySet<string> | undefined>([
    ['script', scriptNames(await probe.readText(at('package.json')))],
    ['make', await targets(probe, [at('Makefile'), at('makefile'), at('GNUmakefile')])],
    ['just', await targets(probe, [at('justfile'), at('Justfile'), at('.justfile')])],
  ]);
  const verdict = (form: string): 'fresh' | 'gone' | 'unknown' => {
    const script = SCRIPT.exec(form);
    const target = TARGET.exec(form);
    const name = script?.[1] ?? script?.[2] ?? target?.[2];
    const names = known.get(script === null ? (target?.[1] ?? '') : 'script');
    if (name === undefined || names === undefined || ELSEWHERE.test(form)) return 'unknown';
    return names.has(name) ? 'fresh' : 'gone';
  };
  return {
    verdict,
    body: (form) => bodyOf(form, bodies),
    evidence: (form, now) =>
      verdict(form) === 'fresh'
        ? [{ kind: 'check', subject: form, verdict: 'fresh', detail: `The workspace defines ${form}.`, at: now }]
        : [],
  };
}

const CALLED = /^(npm|pnpm|yarn|bun|composer|deno)(?: (?:run|run-script|task))? ([\w:.-]{1,80})(?: |$)/u;

/** True for a call of a script by its name, which the workspace may define. */
export function callsScript(form: string): boolean {
  return CALLED.test(form);
}

function bodyOf(form: string, bodies: ReadonlyMap<string, ReadonlyMap<string, string>>): string | undefined {
  const called = CALLED.exec(form);
  if (called === null || ELSEWHERE.test(form)) return undefined;
  const tool = called[1] ?? '';
  return bodies.get(tool === 'composer' || tool === 'deno' ? tool : 'node')?.get(called[2] ?? '');
}

/** What the scripts of package.json, composer.json and deno.json stand for, by name. */
async function bodiesIn(
  directory: string,
  probe: WorkspaceProbe,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const found = new Map<string, ReadonlyMap<string, string>>();
  for (const [tool, file, field] of BODIES) {
    const text = await probe.readText(directory === '' ? file : `${directory}/${file}`);
    if (text !== undefined) found.set(tool, textsIn(text, field));
  }
  return found;
}

const BODIES = [
  ['node', 'package.json', 'scripts'],
  ['composer', 'composer.json', 'scripts'],
  ['deno', 'deno.json', 'tasks'],
  ['deno', 'deno.jsonc', 'tasks'],
] as const;

function textsIn(text: string, field: string): ReadonlyMap<string, string> {
  const scripts = objectOf(parseJsonObject(text), field) ?? {};
  return new Map(Object.entries(scripts).flatMap(([name, body]) => (typeof body === 'string' ? [[name, body]] : [])));
}

async function targets(probe: WorkspaceProbe, files: readonly string[]): Promise<ReadonlySet<string> | undefined> {
  for (const file of files) {
    const text = await probe.readText(file);
    if (text === undefined) continue;
    // What another file brings in cannot be told from here.
    if (/^-?(?:include|import|mod)\b/mu.test(text)) return undefined;
    return new Set(text.split(/\r?\n/u).flatMap((line) => RULE.exec(line.slice(0, 400))?.[1] ?? []));
  }
  return undefined;
}

function scriptNames(text: string | undefined): ReadonlySet<string> | undefined {
  const scripts = objectOf(parseJsonObject(text ?? ''), 'scripts');
  return scripts === undefined ? undefined : new Set(Object.keys(scripts));
}

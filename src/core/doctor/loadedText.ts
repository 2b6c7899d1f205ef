import { readEffectiveStore } from '../memory/effective';
import type { CorePorts } from '../ports';
import { entryIds } from '../recall/entryId';
import { readPathRules } from '../recall/pathRules';
import { RECALL_FOLDER } from '../recall/recallFiles';
import { readRecallReport, type RecalledView } from '../recall/recallReport';
import { appliesTo, viewOf, type SubagentViews } from '../recall/view';
import { contextOf } from './hooks';

/** One text as it would be loaded, and where it comes from. */
export interface LoadedPart {
  readonly from: string;
  readonly text: string;
}

/** All that a session is given at its start. */
export interface LoadedText {
  readonly parts: readonly LoadedPart[];
  readonly tokens: number;
  readonly entries: RecalledView['entries'];
}

/** A viewer as the report of rendering names it: `main`, `any`, `rules`, or `agent <type>`. */
export type ViewName = string;

/** Names a view in a way that can be written into an address. */
export function viewName({ viewer }: Pick<RecalledView, 'viewer'>): ViewName {
  return viewer.kind === 'agent' ? `agent ${viewer.agent}` : viewer.kind;
}

/** The views that are rendered, the main agent's first. */
export async function renderedViews(ports: CorePorts): Promise<readonly RecalledView[]> {
  return (await readRecallReport(ports))?.views ?? [];
}

/** What hooks would print for this view now, to the letter, from the very files; undefined if there is no such view. */
export async function loadedText(ports: CorePorts, name: ViewName): Promise<LoadedText | undefined> {
  const view = (await renderedViews(ports)).find((one) => viewName(one) === name);
  if (view === undefined) return undefined;
  const event = name === 'main' ? 'SessionStart' : 'SubagentStart';
  const parts: LoadedPart[] = [];
  for (const file of view.files) {
    const bytes = await ports.files.read(`${RECALL_FOLDER}/${file}`);
    const raw = bytes === undefined ? '' : ports.text.decode(bytes).text;
    const text = file.endsWith('.json') ? (contextOf(raw, event) ?? raw) : raw;
    if (text !== '') parts.push({ from: file, text });
  }
  return { parts, tokens: view.tokens, entries: view.entries };
}

/** What a session knows of one file. */
export interface LoadedForFile {
  /** Rules that load when the file is touched. */
  readonly rules: readonly LoadedPart[];
  /** Memories of the main view that are about this file or about any, by id. */
  readonly applies: readonly { readonly id: string; readonly path: string; readonly scoped: boolean }[];
}

/** What applies to a file, relative to the workspace. */
export async function loadedForFile(
  ports: CorePorts,
  file: string,
  options: { readonly subagents: SubagentViews },
): Promise<LoadedForFile> {
  const { memories, waiting } = await readEffectiveStore(ports);
  const ids = entryIds(
    ports.hasher,
    [...memories, ...waiting].map(({ path }) => path),
  );
  const byPath = new Map(memories.map((memory) => [memory.path, memory]));
  const rules = (await readPathRules(ports, options)).filter(({ path }) => {
    const memory = byPath.get(path);
    return memory !== undefined && appliesTo(memory, file);
  });
  return {
    rules: rules.map(({ name, text }) => ({ from: name, text })),
    applies: viewOf(memories, { kind: 'main' }, { ...options, path: file }).map(({ path, paths }) => ({
      id: ids.get(path) ?? '',
      path,
      scoped: paths.length > 0,
    })),
  };
}

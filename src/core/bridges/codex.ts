import { toSlug } from '../memory/slug';
import type { BridgeFormat, Importable, Rendered, SourceFile } from './bridge';
import { renderEntries } from './entries';
import { markdownItems } from './markdownItems';
import { renderOwnFile } from './ownFile';

const HANDBOOK = 'MEMORY.md';
/** Codex merges the notes of this folder into its memory when it next tidies up; nothing else there may be written. */
const NOTES = 'extensions/ad_hoc/notes/';
const LIMIT = 12_000;
const NOTE = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-agent-memory-([a-z0-9-]{1,80})\.md$/u;
const SECTIONS: readonly { readonly about: RegExp; readonly category: string }[] = [
  { about: /^user preferences/iu, category: 'preferences' },
  { about: /^failures/iu, category: 'pitfalls' },
  { about: /^reusable knowledge/iu, category: 'facts' },
];

/**
 * Codex's memories, one folder for all projects of a person: the handbook `MEMORY.md` in groups that each say which
 * working directory they apply to. What is for other folders is never read. Written is a note beside it.
 */
export const codex: BridgeFormat = {
  id: 'codex',
  root: 'codex',
  places: [HANDBOOK, NOTES],
  blocks: [],
  makes: false,
  globs: 'words',
  reads: (path) => path === HANDBOOK,
  owns: (path, { project }) => path.startsWith(NOTES) && NOTE.exec(path.slice(NOTES.length))?.[1] === toSlug(project),
  parse: (file, { root }) =>
    groupsOf(file.text).flatMap((group) => (appliesTo(group, root) ? itemsOf(file, group) : [])),
  render: (memories, { hasher, project, root, now }): readonly Rendered[] => {
    if (memories.length === 0) return [];
    const day = now.slice(0, 19).replaceAll(':', '-');
    const scope = `Applies to work in \`${root.replaceAll('`', '')}\` and nowhere else. Keep these facts as they are.`;
    const text = renderOwnFile([], `${scope}\n\n${renderEntries(memories, LIMIT)}`, hasher);
    return [{ kind: 'file', path: `${NOTES}${day}-agent-memory-${toSlug(project)}.md`, text }];
  },
};

interface Group {
  readonly lines: readonly string[];
  /** 1-based. */
  readonly firstLine: number;
}

function groupsOf(text: string): readonly Group[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/u, ''));
  const starts = lines.flatMap((line, index) => (/^# Task Group:/iu.test(line) ? [index] : []));
  return starts.map((from, at) => ({ lines: lines.slice(from, starts[at + 1]), firstLine: from + 1 }));
}

/** True if the working directory of the group is this folder or one below it. */
function appliesTo({ lines }: Group, root: string): boolean {
  const line = lines.slice(0, 12).find((one) => /^applies_to:/iu.test(one)) ?? '';
  const named = /cwd\s{0,3}=\s{0,3}([^;]{1,1000})/iu.exec(line)?.[1] ?? '';
  const here = folder(root);
  return named
    .split(/,|\s\|\s|\sor\s/u)
    .map((one) => folder(one.trim().replace(/^[`"']|[`"']$/gu, '')))
    .some((cwd) => cwd.split('/').length > 2 && (cwd === here || cwd.startsWith(`${here}/`)));
}

/** One form for a path of Windows and of the others. */
function folder(path: string): string {
  return path.replaceAll('\\', '/').replace(/\/{1,8}$/u, '');
}

/** What is said in the sections about people and facts; the list of tasks and key words only finds them again. */
function itemsOf({ shown }: SourceFile, { lines, firstLine }: Group): readonly Importable[] {
  const starts = lines.flatMap((line, index) => (/^## /u.test(line) ? [index] : []));
  return starts.flatMap((from, at) => {
    const title = (lines[from] ?? '').slice(3).trim();
    const section = SECTIONS.find(({ about }) => about.test(title));
    if (section === undefined) return [];
    const text = lines.slice(from + 1, starts[at + 1]).join('\n');
    const { category } = section;
    const told = { file: shown, firstLine: firstLine + from + 1, category, personal: category === 'preferences' };
    return markdownItems(text, told).map((item) => ({ ...item, heading: title }));
  });
}

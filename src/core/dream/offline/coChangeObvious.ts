const LOCK =
  /^(?:package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|Cargo\.lock|go\.sum|poetry\.lock|uv\.lock|Gemfile\.lock|composer\.lock|mix\.lock|Pipfile\.lock)$/u;
const BARREL = /^(?:index\.[cm]?[jt]sx?|mod\.rs|lib\.rs|__init__\.py)$/u;
const SNAPSHOT = /\.snap$|(?:^|\/)__snapshots__\//u;
/** Notes of the work itself: they change with everything. */
const JOURNAL =
  /^(?:CHANGELOG|CHANGES|HISTORY|TODO|PLAN|NOTES|PROGRESS|TASKS|README|CLAUDE(?:\.local)?|AGENTS|GEMINI|MEMORY)(?:(?:\.[\w-]{1,20}){0,2}\.(?:mdx?|markdown|txt|rst|adoc|org))?$/iu;

/** True for notes of the work, locks, indices and snapshots: they change with everything. */
export function isOfEverything(path: string): boolean {
  const name = baseOf(path);
  return JOURNAL.test(name) || LOCK.test(name) || BARREL.test(name) || SNAPSHOT.test(path);
}

/** Why nobody needs to be told that two files (or classes of files) change together; undefined where it is news. */
export function isObviousPair(a: string, b: string): string | undefined {
  const [nameA, nameB] = [baseOf(a), baseOf(b)];
  if (LOCK.test(nameA) || LOCK.test(nameB)) return 'a lock file changes with its manifest';
  if (SNAPSHOT.test(a) || SNAPSHOT.test(b)) return 'a snapshot is written by its test';
  if (BARREL.test(nameA) || BARREL.test(nameB)) return 'an index changes with what it lists';
  if (JOURNAL.test(nameA) || JOURNAL.test(nameB)) return 'notes of the work change with everything';
  if (nameA.startsWith('*') && nameB.startsWith('*')) return 'two folders are no pair that can be told';
  if (nameA.startsWith('*') || nameB.startsWith('*'))
    return folderOf(a) === folderOf(b) ? 'they lie in one folder' : undefined;
  const [stemA, stemB] = [stemOf(nameA), stemOf(nameB)];
  if (stemA === stemB) return 'their names say it';
  const [short, long] = stemA.length < stemB.length ? [stemA, stemB] : [stemB, stemA];
  return short.length >= 4 && long.split('-').join('').startsWith(short.split('-').join(''))
    ? 'their names say it'
    : undefined;
}

/** The name without endings and without what marks a test, a style sheet, a type or a story of it. */
function stemOf(name: string): string {
  return name
    .replace(/\..{0,60}$/u, '')
    .replace(/([a-z0-9])([A-Z])/gu, '$1-$2')
    .toLowerCase()
    .replace(/[_\s]/gu, '-')
    .replace(/^(?:test|tests|spec)-|-(?:test|tests|spec|types|stories|styles|mock|fixture)s?$/gu, '');
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

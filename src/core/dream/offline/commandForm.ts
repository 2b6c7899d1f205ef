/** The form in which a command can be told to somebody else: without the file, the filter and the verbosity of the day. */

const SELECTORS = new Set([
  '-run', '--run', '-k', '-t', '--filter', '--grep', '-g', '--testnamepattern', '--test-name-pattern', '-m', '--match',
  '--timeout', '-timeout', '-n', '--maxfail', '--testtimeout', '--reporter', '--only', '--spec', '--shard', '-count', '--seed', '-o', '--output', '--outfile', '--out',
]); // prettier-ignore
const IDLE_FLAG =
  /^(?:-v+|-q+|-y|--yes|--non-interactive|--no-interaction|--no-input|--verbose|--quiet|--silent|--no-color|--color(?:=.*)?|-count=\d+|-timeout[= ].*|--timeout[= ].*|-run[= ].*|--reporter[= ].*|--maxfail[= ].*|-x|--bail(?:=.*)?|--tb[= ].*|--no-header|-s|--watch=false|-j\d*|--stacktrace)$/iu;
const FILE =
  /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|swift|c|cc|cpp|h|md|json|ya?ml|toml|sql|html?|css|txt|snap)(?::.*)?$/iu;
const VALUE_FLAGS = new Set([
  '-c',
  '--config',
  '-p',
  '--project',
  '-f',
  '--file',
  '-C',
  '--cwd',
  '--prefix',
  '--dir',
  '-w',
  '--workspace',
  '--package',
  '-F',
  '-pl',
  '-E',
  '-e',
  '--env-file',
  '--profile',
  '--manifest-path',
]);
/** Tools for which a flag that elsewhere picks a test picks a package or a target. */
const KEEPS: Readonly<Record<string, RegExp>> = {
  pnpm: /^--filter$/u,
  turbo: /^--filter$/u,
  lerna: /^--(?:scope|filter)$/u,
  nx: /^-t$/u,
  vitest: /^--run$/u,
  docker: /^-[tm]$/u,
};

/** The form that is told where the same folder was named each time. */
export function folderForm(words: readonly string[]): string | undefined {
  return commandForm(words.map((word, at) => (at > 0 && isFolder(word) ? `${FOLDER}${word}` : word)))?.replaceAll(
    FOLDER,
    '',
  );
}

/** Marks a folder that is kept; no character of a command. */
const FOLDER = '\u0002';

function isFolder(word: string): boolean {
  return /^(?:\.\/)?[\w@-][\w@.-]{0,60}\/(?:[\w@.-]{1,60}\/){0,6}[\w@.-]{0,60}$/u.test(word) && !FILE.test(word);
}

/** The tellable form, or undefined if nothing of the command survives. */
export function commandForm(words: readonly string[]): string | undefined {
  const kept: string[] = [];
  for (let at = 0; at < words.length && at < 40; at += 1) {
    const word = words[at] ?? '';
    const use = useOf(words, at);
    if (use === 'end') break;
    if (use === 'code') return tellable([...kept, word, '…']);
    if (use === 'skip with value') at += 1;
    else if (use === 'keep') kept.push(/[\s"'$*]/u.test(word) ? `'${word.replace(/'/gu, '')}'` : word);
  }
  return tellable(withoutBranch(kept));
}

function useOf(words: readonly string[], at: number): 'keep' | 'skip' | 'skip with value' | 'code' | 'end' {
  const word = words[at] ?? '';
  if (at === 0) return 'keep';
  if (word === '--') return 'end';
  if (isInlineCode(words, at)) return 'code';
  if (words.slice(0, at).some((before) => KEEPS[before]?.test(word) === true)) return 'keep';
  if (SELECTORS.has(word.toLowerCase()) && !isModuleFlag(words, at))
    return /^-/u.test(words[at + 1] ?? '-') ? 'skip' : 'skip with value';
  return IDLE_FLAG.test(word) || isTarget(words, at) ? 'skip' : 'keep';
}

/** The branch of the day is no part of how branches are pushed. */
function withoutBranch(kept: readonly string[]): readonly string[] {
  const at = kept.findIndex((word) => word === '-u' || word === '--set-upstream');
  return kept[0] === 'git' && kept[1] === 'push' && at > 0 ? ['git', 'push', kept[at] ?? '', 'origin', '…'] : kept;
}

function tellable(kept: readonly string[]): string | undefined {
  const form = kept.join(' ');
  return form === '' || form.length > 120 || /[()`\n\r]/u.test(form) ? undefined : form;
}

/** The form without its flags: what two variants of one command share. */
export function bareForm(form: string): string {
  return form
    .split(' ')
    .filter((word) => !word.startsWith('-'))
    .join(' ');
}

/** What anybody tries first in such a project: not worth a memory unless it replaced something that fails. */
export function isObvious(form: string): boolean {
  return OBVIOUS.some((pattern) => pattern.test(form));
}

const OBVIOUS: readonly RegExp[] = [
  /^npm (?:test|t|start|run (?:test|start|build|dev))$/u,
  /^(?:pnpm|yarn|bun)(?: run)? (?:start|dev)$/u,
  /^go (?:build|test|vet|fmt|run|mod tidy)(?: (?:\.|\.\/\.\.\.))?(?: -race)?$/u,
  /^(?:gofmt|goimports)(?: -[wl]+)?(?: \.)?$/u,
  /^cargo (?:build|test|run|check|fmt|clippy)(?: --(?:all|workspace|release|all-targets))*$/u,
  /^make(?: (?:run|all))?$/u,
  /^(?:python3? -m )?(?:pytest|unittest|mypy|black|ruff(?: check| format)?|flake8|pylint)(?: \.)?(?: --fix| --check)?$/u,
  /^(?:npx |bunx |pnpm (?:exec |dlx )?|yarn )?(?:tsc|vitest|jest|eslint|prettier|mocha|playwright test|next (?:build|dev|lint)|vite(?: build)?)(?: run)?(?: --run| --noemit| --write| --check| --fix| \.| -p \.)*$/iu,
  /^(?:\.\/)?(?:mvn|mvnw|gradle|gradlew)(?: (?:test|build|clean|compile|package|verify|install|check))*$/u,
  /^(?:dotnet|swift|mix|rails|flutter|dart|zig|sbt|lein|stack|cabal|deno) (?:build|test|run|format|analyze|compile|check|lint|fmt)$/u,
  /^(?:rspec|rubocop|phpunit|shellcheck|golangci-lint(?: run)?(?: \.\/\.\.\.)?)$/u,
  /^(?:python3?|node|ruby|bash|sh|tsx)(?: \S{1,60})?$/u,
  /^docker(?:-compose| compose)? (?:up|build|run)(?: -d)?$/u,
]; // prettier-ignore

/** `python -c` and `node -e` are followed by a program, not by words. */
function isInlineCode(words: readonly string[], at: number): boolean {
  return (
    /^-(?:c|e|p)$/u.test(words[at] ?? '') &&
    words.slice(0, at).some((word) => /^(?:python\d?|node|ruby|perl|bash|sh|zsh|php|deno|bun|tsx)$/u.test(word))
  );
}

function isModuleFlag(words: readonly string[], at: number): boolean {
  return words[at] === '-m' && /^python\d?(?:\.\d+)?$/u.test(words[at - 1] ?? '');
}

/** A file or folder of the day, unless the flag before it asks for one. */
function isTarget(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (word.startsWith('-') || word === './...' || word === '//...' || word === '.' || word.startsWith(FOLDER))
    return false;
  const before = words[at - 1] ?? '';
  if (VALUE_FLAGS.has(before) || words.slice(0, at).some((one) => KEEPS[one]?.test(before) === true)) return false;
  if (at === 1 && /^(?:python\d?|node|bash|sh|tsx|ruby)$/u.test(words[0] ?? '')) return false;
  // The number of a flag is its value; any other is a ticket of the day.
  if (/^\d+$/u.test(word) && before.startsWith('--')) return false;
  if (/^(?:#?\d+|[0-9a-f]{7,40}|HEAD[~^\d]*)$/u.test(word)) return true;
  return FILE.test(word) || (word.includes('/') && !word.startsWith('@')) || /[*[\]{}|^]/u.test(word);
}

import { rememberingOf } from '../text/remembering';
import { inlineCode, isCodeFlag } from './intentWords';

/** The form in which a command can be told to somebody else: without the file, the filter and the verbosity of the day. */

/** Flags with which one picks a test, each with the word after it. */
const SELECTORS = new Set([
  '-run', '--run', '-k', '-t', '--grep', '-g', '--testnamepattern', '--test-name-pattern', '--only',
]); // prettier-ignore
/** Flags whose value says how long, how loud or where to, with the word after it. */
const IDLE_WITH_VALUE = new Set([
  '--timeout', '-timeout', '--maxfail', '--testtimeout', '--reporter', '--shard', '-count', '--seed', '-o', '--output', '--outfile', '--out',
]); // prettier-ignore
const IDLE_FLAG =
  /^(?:-v+|-q+|-y|--yes|--non-interactive|--no-interaction|--no-input|--verbose|--quiet|--silent|--no-color|--color(?:=.*)?|-count=\d+|-timeout[= ].*|--timeout[= ].*|-run[= ].*|--reporter[= ].*|--maxfail[= ].*|-x|--bail(?:=.*)?|--tb[= ].*|--no-header|-s|--watch=false|-j\d*|--stacktrace|--nocapture)$/iu;
const FILE =
  /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|swift|c|cc|cpp|h|md|json|ya?ml|toml|sql|html?|css|txt|snap)(?::.*)?$/iu;
/** Flags that take no word with them: a path after them is a file of the day. */
const SWITCHES =
  /^-(?:[hrRlwdav]|-(?:run|watch|fix|check|write|noemit|no-emit|coverage|all|workspace|release|strict|unsafe|parallel|bail|silent|runinband|passwithnotests|nocapture|changed|staged|cached|debug|force|json|list|lib|bins|tests|ui|headed|update|no-[\w-]{1,30}))$/iu;
/** Tools for which a flag that elsewhere picks a test picks a package or a target. */
const KEEPS: Readonly<Record<string, RegExp>> = {
  pnpm: /^--filter$/u,
  turbo: /^--filter$/u,
  lerna: /^--(?:scope|filter)$/u,
  nx: /^-t$/u,
  vitest: /^--run$/u,
  docker: /^-[tm]$/u,
};

/** What in a command is of the day: a folder, or a file, a test's name or a number. */
export type DayParts = 'none' | 'folder' | 'other';

/**
 * What runs of one command share: its words without the file, the filter and the verbosity of the day; undefined if
 * nothing survives. It need not have run in this form: what is proposed is {@link exactForm}.
 */
export function commandForm(words: readonly string[]): string | undefined {
  return partsOf(words).form;
}

/** What of the command differs from day to day. */
export function dayParts(words: readonly string[]): DayParts {
  return partsOf(words).day;
}

interface Parts {
  readonly form: string | undefined;
  readonly day: DayParts;
}

const partsOf = rememberingOf(readParts);

function readParts(words: readonly string[]): Parts {
  const kept: string[] = [];
  let day: DayParts = 'none';
  for (let at = 0; at < words.length && at < 40; at += 1) {
    const word = words[at] ?? '';
    const use = useOf(words, at);
    if (use === 'code') {
      const code = inlineCode(words);
      if (code === undefined) return { form: tellable([...kept, word, '…']), day: 'other' };
      // One short line of code is what is asked for, as a sub-command would be.
      kept.push(word, quoted(code));
      at += 1;
      continue;
    }
    day = worse(day, dayPartOf(use, word));
    if (use.endsWith('with value')) at += 1;
    else if (use === 'keep') kept.push(quoted(word));
  }
  if (kept.at(-1) === '--') kept.pop();
  return { form: tellable(withoutBranch(kept)), day };
}

function quoted(word: string): string {
  return /[\s"'$*()]/u.test(word) ? `'${word.replace(/'/gu, '')}'` : word;
}

function dayPartOf(use: Use, word: string): DayParts {
  if (!use.startsWith('day')) return 'none';
  return use === 'day' && isFolder(word) ? 'folder' : 'other';
}

function worse(a: DayParts, b: DayParts): DayParts {
  return a === 'other' || b === 'none' ? a : b;
}

function isFolder(word: string): boolean {
  return /^(?:\.\/)?[\w@-][\w@.-]{0,60}\/(?:[\w@.-]{1,60}\/){0,6}[\w@.-]{0,60}$/u.test(word) && !FILE.test(word);
}

type Use = 'keep' | 'idle' | 'idle with value' | 'day' | 'day with value' | 'code';

function useOf(words: readonly string[], at: number): Use {
  const word = words[at] ?? '';
  if (at === 0 || word === '--') return 'keep';
  if (isCodeFlag(words, at)) return 'code';
  if (words.slice(0, at).some((before) => KEEPS[before]?.test(word) === true)) return 'keep';
  const bare = /^-/u.test(words[at + 1] ?? '-');
  if (IDLE_WITH_VALUE.has(word.toLowerCase())) return bare ? 'idle' : 'idle with value';
  if (isSelector(words, at)) return bare ? 'day' : 'day with value';
  // `-s` and a plain word pick a session or a scenario; alone it silences, or lets output through.
  if (word === '-s' && /^[A-Za-z][\w-]{1,40}$/u.test(words[at + 1] ?? '')) return 'keep';
  if (IDLE_FLAG.test(word)) return 'idle';
  return isTarget(words, at) ? 'day' : 'keep';
}

function isSelector(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  return SELECTORS.has(word.toLowerCase()) || (word === '-m' && words[0] === 'git');
}

/** The branch of the day is no part of how branches are pushed. */
function withoutBranch(kept: readonly string[]): readonly string[] {
  const at = kept.findIndex((word) => word === '-u' || word === '--set-upstream');
  return kept[0] === 'git' && kept[1] === 'push' && at > 0 ? ['git', 'push', kept[at] ?? '', 'origin', '…'] : kept;
}

function tellable(kept: readonly string[]): string | undefined {
  const form = kept.join(' ');
  return form === '' || form.length > 120 || /[()`\n\r]/u.test(withoutQuoted(form)) ? undefined : form;
}

/** The brackets of a line of code in quotation marks are nothing of the shell's; substitutions in double ones are. */
export function withoutQuoted(form: string): string {
  return form.replace(/( -{1,2}[A-Za-z]{1,10} )(?:'[^'`\n\r]{0,100}'|"[^"`$\n\r]{0,100}")/gu, "$1''");
}

/** The form without its flags: what two variants of one command share. */
export function bareForm(form: string): string {
  return form
    .split(' ')
    .filter((word) => !word.startsWith('-'))
    .join(' ');
}

/** True where the second one has a flag by which a check writes what it finds: it passes then, whatever was wrong. */
export function writesInstead(checking: readonly string[], words: readonly string[]): boolean {
  return words.some((word) => WRITES.test(word) && !checking.includes(word));
}

const WRITES = /^--?(?:u|fix|write|update[\w-]{0,20}|bless|accept|apply|in-place)(?:=|$)/iu;

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

/** A file or folder of the day, unless the flag before it asks for one. */
function isTarget(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (word.startsWith('-') || word === './...' || word === '//...' || word === '.') return false;
  const before = words[at - 1] ?? '';
  if (takesWord(before)) return false;
  if (isProgram(words, at)) return false;
  if (/^(?:#?\d+|[0-9a-f]{7,40}|HEAD[~^\d]*)$/u.test(word)) return true;
  return FILE.test(word) || (word.includes('/') && !word.startsWith('@')) || /[*[\]{}|^]/u.test(word);
}

/** The script that an interpreter runs is what is run, not what it is run on. */
function isProgram(words: readonly string[], at: number): boolean {
  const runner = words.findIndex((word) => RUNNER.test(word));
  const from = runner >= 0 && words[runner + 1] === 'run' ? runner + 1 : runner;
  if (runner < 0 || from >= at || (from === runner && ONLY_WITH_RUN.test(words[runner] ?? ''))) return false;
  return words.slice(from + 1, at).every((word) => word.startsWith('-'));
}

const RUNNER =
  /^(?:python\d?(?:\.\d+)?|node|bash|sh|zsh|tsx|ts-node|ruby|perl|php|lua|Rscript|julia|elixir|pwsh|deno|bun|uv|go)$/u;
const ONLY_WITH_RUN = /^(?:deno|bun|uv|go)$/u;

/** A word after a flag is its value, unless the flag is known to take none. */
function takesWord(flag: string): boolean {
  return /^--?[\w-]/u.test(flag) && !flag.includes('=') && !SWITCHES.test(flag) && !IDLE_FLAG.test(flag);
}

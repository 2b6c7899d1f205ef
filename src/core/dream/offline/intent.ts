import { rememberingOf } from '../text/remembering';
import { codeIntent, flagIntent, inlineCode, nameIntent, wordIntent } from './intentWords';
import type { Intent } from './intentWords';

const SCRIPT_RUNNERS = new Set([
  'npm',
  'pnpm',
  'yarn',
  'bun',
  'mise',
  'just',
  'task',
  'make',
  'rake',
  'nx',
  'turbo',
  'deno',
  'composer',
  'tox',
  'nox',
  'hatch',
  'pdm',
  'rye',
  'moon',
  'invoke',
]);
const PREFIXES = new Set([
  'npx',
  'bunx',
  'pnpx',
  'uvx',
  'uv',
  'poetry',
  'pipenv',
  'bundle',
  'pnpm',
  'yarn',
  'npm',
  'hatch',
  'pdm',
  'rye',
  'dotenv',
  'direnv',
  'nix',
]);
/** Looks at things or moves about: what it fails at is the agent's own, and its form is known to everybody. */
const LOOKS = new Set(
  (
    'ls cat cd pwd echo printf head tail less more grep rg egrep fgrep find fd sed awk cut sort uniq wc tr tee xargs which ' +
    'whereis type file stat du df ps kill pkill top free date whoami hostname env export set unset source . sleep true ' +
    'false test [ mkdir rmdir rm mv cp touch ln chmod chown diff cmp tree history man clear open code vim nano basename ' +
    'dirname realpath readlink md5sum sha256sum seq bc dig ping lsof for while if until do done then else fi case ' +
    'function read wait jobs fg bg trap eval exit return osascript claude zip unzip tar'
  ).split(' '),
);
/** Tools that every agent knows: no memory tells that they exist, though one may tell what of them fails here. */
const KNOWN_TOOLS = new Set(['git', 'gh', 'curl', 'wget', 'ssh', 'scp', 'rsync', 'jq', 'yq']);

const BY_TOOL: readonly (readonly [RegExp, Intent])[] = [
  [/^(?:pytest|py\.test|vitest|jest|mocha|ava|rspec|phpunit|pest|paratest|ctest|nextest|playwright|cypress|bats|gotestsum|ginkgo|karma|tox|nox|behave|minitest)$/u, 'test'],
  [/^(?:eslint|oxlint|golangci-lint|staticcheck|flake8|pylint|shellcheck|rubocop|stylelint|markdownlint|markdownlint-cli2|hadolint|clippy|ktlint|detekt|swiftlint|phpstan|psalm|credo|biome|actionlint|tflint|yamllint|ansible-lint|vale|checkstyle|spotbugs|sqlfluff|pre-commit|clang-tidy|knip|standardrb)$/u, 'lint'],
  [/^(?:tsc|vue-tsc|mypy|pyright|basedpyright|ty|svelte-check|dialyzer|sorbet|srb)$/u, 'typecheck'],
  [/^(?:prettier|gofmt|gofumpt|goimports|black|rustfmt|isort|shfmt|clang-format|dprint|yapf|swiftformat|scalafmt|pint|php-cs-fixer)$/u, 'format'],
  [/^(?:sqlc|protoc|orval|openapi-generator(?:-cli)?|graphql-codegen|mockgen|wire)$/u, 'generate'],
  [/^(?:alembic|goose|dbmate|flyway|liquibase|migrate)$/u, 'migrate'],
  [/^(?:goreleaser|semantic-release|release-it|changeset)$/u, 'release'],
]; // prettier-ignore

/** Flags before a sub-command that take a word with them. */
const WITH_VALUE =
  /^(?:-F|--filter|-C|--cwd|--dir|--prefix|-w|--workspace|-p|--package|--project|-pl|-f|--file|--env-file|--manifest-path|--profile|-E|-n|--namespace|-c|--config|-t|--target|-e|--only-group|--group|--extra|--with|--python)$/u;
/** Words between a tool and what it is asked for. */
const BETWEEN = new Set(
  'run exec task compose run-script affected run-many tool turbo nx workspaces foreach'.split(' '),
);

/** The intent of a simple command, or undefined where it has none worth remembering. */
export const intentOf: (words: readonly string[]) => Intent | undefined = rememberingOf(readIntent);

function readIntent(words: readonly string[]): Intent | undefined {
  if (words.some((word) => /^(?:--?help|-h|--?version|-V)$/u.test(word))) return undefined;
  const rest = withoutPrefix(words);
  const head = baseName(rest[0] ?? '');
  if (head === '' || isNoise(rest) || KNOWN_TOOLS.has(head)) return undefined;
  const byTool = BY_TOOL.find(([pattern]) => pattern.test(head))?.[1];
  if (byTool !== undefined) return intentOfTool(byTool, head, rest);
  if (head === 'ruff') return rest[1] === 'format' ? 'format' : 'lint';
  const inner = DRIVERS.test(head) || OTHERWISE_BUSY.test(head) ? undefined : launched(rest);
  if (inner !== undefined) return intentOf(inner);
  const byName = INTERPRETER.test(head)
    ? interpreterIntent(rest)
    : (intentOfWord(head, rest) ?? intentOfUnknown(head, rest));
  // What formats and only looks is a linter.
  return byName === 'format' && rest.some((word) => ONLY_LOOKS.test(word)) ? 'lint' : byName;
}

/** Of a program that no list knows, its flags, its code or its name may tell. */
function intentOfUnknown(head: string, rest: readonly string[]): Intent | undefined {
  if (OTHERWISE_BUSY.test(head) || DRIVERS.test(head)) return undefined;
  const code = inlineCode(rest);
  if (code !== undefined) return codeIntent(code);
  return rest.some((word) => LISTS.test(word)) ? undefined : (flagIntent(rest) ?? nameIntent(head));
}

const LISTS = /^--?(?:list|show|print|info|dump|describe)/u;
/** Programs that build and test by themselves: what stands before one of them, or before `--`, only starts it. */
const DRIVERS =
  /^(?:cargo|go|npm|pnpm|yarn|bun|npx|deno|node|python\d?|poetry|uv|pytest|flutter|dart|dotnet|mix|gradlew?|mvnw?|make|just|task|rake|bundle|rails|php|composer|artisan|swift|zig|sbt|lein|stack|cabal|cmake|ninja|meson|bazel|bazelisk|Rscript|julia|elixir|ruby|docker|podman|docker-compose)$/u;

/** The command that a launcher starts: `xvfb-run -a npm test`, `conda run -n web pytest`, `doppler run -- make dev`. */
function launched(rest: readonly string[]): readonly string[] | undefined {
  const dashes = rest.indexOf('--');
  const last = dashes > 0 ? rest.slice(dashes + 1) : [];
  if (intentOf(last) !== undefined) return last;
  const at = rest.findIndex(
    (_word, index) => index > 0 && index < 8 && (startsAnother(rest, index) || isOwn(rest, index)),
  );
  return at > 0 && startsAnother(rest, at) ? rest.slice(at) : undefined;
}

function startsAnother(rest: readonly string[], at: number): boolean {
  const [word = '', before = ''] = [rest[at], rest[at - 1]];
  if (before === '--') return true;
  return !TAKES_NAME.test(before) && (DRIVERS.test(word) || BY_TOOL.some(([pattern]) => pattern.test(word)));
}

/** A word that asks the program itself for something: what follows belongs to it. */
function isOwn(rest: readonly string[], at: number): boolean {
  const [word = '', before = ''] = [rest[at], rest[at - 1]];
  return !word.startsWith('-') && !BETWEEN.has(word) && (at === 1 || !before.startsWith('-'));
}

/** Flags whose word is the name of a thing, even where a tool has the same name. */
const TAKES_NAME = /^--?(?:name|tag|target|image|file|profile|project|package|with|t|f)$/u;

const ONLY_LOOKS = /^--?(?:check|list-different|dry-run|verify|verify-no-changes)$/u;

function intentOfTool(byTool: Intent, head: string, rest: readonly string[]): Intent | undefined {
  if (
    byTool === 'format' &&
    rest.some((word) => /^(?:-l|-d|--check|-c|--list-different|--test|--dry-run)$/u.test(word))
  )
    return 'lint';
  if (head === 'biome' && rest[1] === 'format') return 'format';
  if (/^(?:playwright|cypress|pre-commit)$/u.test(head) && /^(?:install|open|show-report|codegen)/u.test(rest[1] ?? ''))
    return undefined;
  return byTool;
}

const INTERPRETER =
  /^(?:python\d?(?:\.\d+)?|node|ruby|php|perl|tsx|ts-node|bash|sh|zsh|dart|elixir|Rscript|julia|lua|luajit|pwsh)$/u;

function intentOfWord(head: string, rest: readonly string[]): Intent | undefined {
  if (isScript(rest[0] ?? '')) return wordIntent(head.replace(/\.\w{1,5}$/u, '')) ?? intentOfTask(head, rest);
  if (head === 'go') return goIntent(rest[1] ?? '');
  if (head === 'cmake' && rest[1] === '--build') return 'build';
  if (/^(?:docker(?:-compose)?|podman)$/u.test(head)) return dockerIntent(rest);
  return OTHERWISE_BUSY.test(head) ? undefined : intentOfTask(head, rest);
}

function intentOfTask(head: string, rest: readonly string[]): Intent | undefined {
  const [first, second = '', third = ''] = askedWords(rest);
  if (first === undefined || PACKAGE_WORK.test(first)) return undefined;
  if (head === 'cargo' && first === 'check') return 'typecheck';
  if (head === 'swift' && first === 'package') return undefined;
  if (head === 'prisma' && first === 'db') return 'migrate';
  if (head === 'dotnet' && first === 'ef') return /^(?:migrations|database)$/u.test(second) ? 'migrate' : undefined;
  if (head === 'yarn' && first === 'workspace') return intentOf(rest.slice(3)) ?? wordIntent(third);
  return wordIntent(first) ?? intentOfSecond(head, first, second);
}

function intentOfSecond(head: string, first: string, second: string): Intent | undefined {
  // Cargo runs what others bring under a name of their own: `cargo xtask dist`, `cargo tauri build`.
  const isOpen = head === 'cargo' || head === 'sbt' || !DRIVERS.test(head);
  if (!SUB_TASK.test(head) && (!isOpen || (head !== 'sbt' && ON_THINGS.test(first)))) return undefined;
  const task = head === 'sbt' ? /\/(\w{1,40})$/u.exec(first)?.[1] : second;
  return isPlain(task) ? wordIntent(task) : undefined;
}

const OTHERWISE_BUSY =
  /^(?:kubectl|aws|gcloud|az|brew|apt|apt-get|systemctl|pip3?|gem|ollama|claude|psql|sqlite3|redis-cli|open|defaults|tmux|screen|nvm|pyenv|rbenv)$/u;
const PACKAGE_WORK =
  /^(?:install|i|add|ci|remove|uninstall|update|upgrade|init|login|config|list|ls|view|info|why|outdated|audit|search|help|version)$/u;

/** Tools whose second word may be the one that tells: `drizzle-kit generate`, `manage.py test`. */
const SUB_TASK =
  /^(?:flask|rails|sequelize(?:-cli)?|typeorm|knex|diesel|sqlx|supabase|nx|zig|buf|artisan|xcodebuild)$/u;

/** What follows these is the name of a thing: `conda activate test`. */
const ON_THINGS =
  /[./=]|^(?:activate|deactivate|create|use|switch|select|set|unset|get|put|new|new-session|delete|describe|logs?|open|edit|rename|clone|attach|stop|kill|status|up|down|ps|diff|push|pull|apply|rollout|enter|ssh|start|restart|add|show)$/u;

function isPlain(word: string | undefined): word is string {
  return word !== undefined && /^[A-Za-z][\w:-]{1,40}$/u.test(word);
}

function goIntent(sub: string): Intent | undefined {
  const known: Readonly<Record<string, Intent>> = {
    test: 'test',
    vet: 'lint',
    fmt: 'format',
    build: 'build',
    run: 'run',
    generate: 'generate',
  };
  return known[sub];
}

/** What runs inside a container is what is wanted; starting containers is a step for something else. */
function dockerIntent(rest: readonly string[]): Intent | undefined {
  const at = rest.findIndex((word) => word === 'exec' || word === 'run');
  if (rest[1] === 'build' || rest[2] === 'build') return 'build';
  if (at < 0 || at > 2) return undefined;
  const inner = skipFlags(rest.slice(at + 1)).slice(1);
  return inner.length === 0 ? undefined : intentOf(inner);
}

function skipFlags(words: readonly string[]): readonly string[] {
  let at = 0;
  while ((words[at] ?? '').startsWith('-')) at += WITH_VALUE.test(words[at] ?? '') ? 2 : 1;
  return words.slice(at);
}

/** What a tool is asked for: its words without flags, their values, and `run` and the like. */
function askedWords(rest: readonly string[]): readonly string[] {
  const asked: string[] = [];
  for (let at = 1; at < rest.length && asked.length < 4; at += 1) {
    const word = rest[at] ?? '';
    if ((/^(?:-t|--target|--targets)$/u.test(word) && rest[0] === 'nx') || isToolchain(rest[0], word)) continue;
    const target = /^--targets?=(.{1,60})$/u.exec(word)?.[1];
    if (target !== undefined) asked.push(target);
    else if (WITH_VALUE.test(word) || (rest[0] === 'xcodebuild' && NAMED.test(word))) at += 1;
    else if (!word.startsWith('-') && !BETWEEN.has(word))
      asked.push(
        word
          .replace(/^\+/u, '')
          .replace(/^(?!db:)(?::?[\w@/.-]{1,60}:)(?=test|build|lint|serve|dev|check|jar|shadowJar|bootJar)/u, ''),
      );
  }
  // `go run`, `cargo run` and `npm run` alike: what nothing follows was itself the wish.
  return asked.length === 0 && rest.includes('run') ? ['run'] : asked;
}

/** Long flags with one dash are followed by a value. */
const NAMED = /^-(?!quiet|verbose|json|list|show|allow|skip|enable)[a-z][A-Za-z]{3,30}$/u;

/** `cargo +nightly fmt`; of other tools it is a target: `earthly +test`. */
function isToolchain(head: string | undefined, word: string): boolean {
  return /^(?:cargo|rustc|rustup|rustfmt)$/u.test(head ?? '') && /^\+[\w.-]{1,40}$/u.test(word);
}

/** True for a command that looks or moves: ls, cat, grep … */
export function isNoise(words: readonly string[]): boolean {
  const [word = ''] = words;
  // `script/test` and `bin/find` are the project's own.
  return LOOKS.has(baseName(word)) && (!word.includes('/') || /^\/(?:usr\/)?(?:local\/)?s?bin\//u.test(word));
}

/** True for a tool that every agent knows, or that talks to a service. */
export function isKnownTool(words: readonly string[]): boolean {
  const head = baseName(words[0] ?? '');
  return KNOWN_TOOLS.has(head) || OTHERWISE_BUSY.test(head);
}

/** What makes two commands tries at the same thing: the intent, else tool and sub-command. */
export function commandClass(words: readonly string[]): string {
  const intent = intentOf(words);
  if (intent !== undefined && intent !== 'run') return `intent ${intent}`;
  const rest = withoutPrefix(words);
  const sub = askedWords(rest)[0];
  const head = baseName(rest[0] ?? '');
  // A plain word after the tool is what it is asked for; a file or a name with marks is what it is asked about.
  return sub !== undefined && /^[a-z][a-z\d:-]{1,30}$/u.test(sub) ? `${head} ${sub}` : head;
}

function interpreterIntent(rest: readonly string[]): Intent | undefined {
  const module = rest[1] === '-m' ? rest.slice(2) : undefined;
  if (module !== undefined) return module[0] === 'unittest' ? 'test' : intentOf(module);
  const at = rest.findIndex((word, index) => index > 0 && !word.startsWith('-'));
  const code = inlineCode(rest);
  if (code !== undefined || rest.some((word) => /^-[cep]$/u.test(word))) return codeIntent(code ?? '');
  if (at < 0) return undefined;
  const script = baseName(rest[at] ?? '');
  if (/^(?:manage\.py|artisan|bin\/console|console|rails|setup\.py)$/u.test(script))
    return wordIntent(rest[at + 1] ?? '');
  return wordIntent(script.replace(/\.\w{1,5}$/u, ''));
}

function withoutPrefix(words: readonly string[]): readonly string[] {
  let rest = words;
  for (let round = 0; round < 3; round += 1) {
    const [head = '', next = ''] = rest;
    if (!PREFIXES.has(head)) break;
    if (/^(?:npx|bunx|pnpx|uvx)$/u.test(head))
      rest = rest.slice(1).filter((word, index) => index > 0 || !word.startsWith('-'));
    else if (next === 'exec' || next === 'dlx' || next === 'x' || (next === 'run' && !SCRIPT_RUNNERS.has(head)))
      rest = rest.slice(2);
    else break;
  }
  return rest;
}

function isScript(word: string): boolean {
  const head = baseName(word);
  return (
    /\.(?:sh|py|js|mjs|ts|rb|ps1|bash)$/u.test(head) ||
    /^(?:test|lint|build|dev|start|serve|format|fmt)(?:[-_.].{1,30})?$/u.test(head) ||
    /^(?:\.\/)?(?:bin|scripts?|tools?|dev|ci|hack|build)\/[\w-]{1,40}$/u.test(word)
  );
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

/** What somebody wants of a command, whichever tool answers it. */
export const INTENTS = ['test', 'lint', 'typecheck', 'format', 'build', 'run'] as const;
export type Intent = (typeof INTENTS)[number];

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
  [/^(?:pytest|py\.test|vitest|jest|mocha|ava|rspec|phpunit|ctest|nextest|playwright|cypress|bats|gotestsum|ginkgo|karma)$/u, 'test'],
  [/^(?:eslint|oxlint|golangci-lint|staticcheck|flake8|pylint|shellcheck|rubocop|stylelint|markdownlint|hadolint|clippy|ktlint|swiftlint|phpstan|credo|biome)$/u, 'lint'],
  [/^(?:tsc|vue-tsc|mypy|pyright|basedpyright|ty|svelte-check)$/u, 'typecheck'],
  [/^(?:prettier|gofmt|gofumpt|goimports|black|rustfmt|isort|shfmt|clang-format|dprint|yapf)$/u, 'format'],
]; // prettier-ignore

const BY_WORD: readonly (readonly [RegExp, Intent])[] = [
  [
    /^(?:test|tests|t|spec|specs|e2e|integration|unit|check:tests?)(?:[:._-].{0,40})?$|(?:^|[:._-])(?:tests?|e2e)$/u,
    'test',
  ],
  [/^(?:lint|linter|vet|clippy|ruff)(?:[:._-].{0,40})?$|(?:^|[:._-])lint$/u, 'lint'],
  [/^(?:typecheck|type-check|types|check-types|check:types|tsc)(?:[:._-].{0,40})?$/u, 'typecheck'],
  [/^(?:fmt|format|prettier)(?:[:._-].{0,40})?$/u, 'format'],
  [/^(?:build|compile|assemble|bundle|package|dist)(?:[:._-].{0,40})?$|(?:^|[:._-])build$/u, 'build'],
  [/^(?:start|dev|serve|server|run|preview)(?:[:._-].{0,40})?$/u, 'run'],
];

/** The intent of a simple command, or undefined where it has none worth remembering. */
export function intentOf(words: readonly string[]): Intent | undefined {
  if (words.some((word) => /^(?:--?help|-h|--?version|-V)$/u.test(word))) return undefined;
  const rest = withoutPrefix(words);
  const head = baseName(rest[0] ?? '');
  if (head === '' || LOOKS.has(head) || KNOWN_TOOLS.has(head)) return undefined;
  const byTool = BY_TOOL.find(([pattern]) => pattern.test(head))?.[1];
  if (byTool !== undefined)
    return byTool === 'format' && rest.some((word) => /^(?:-l|-d|--check|-c)$/u.test(word)) ? 'lint' : byTool;
  if (head === 'ruff') return rest[1] === 'format' ? 'format' : 'lint';
  if (/^(?:python\d?|node|ruby|php|perl|tsx|ts-node|bash|sh|zsh)$/u.test(head)) return interpreterIntent(rest);
  const script = rest
    .slice(1)
    .find(
      (word) => !word.startsWith('-') && word !== 'run' && word !== 'exec' && word !== 'task' && word !== 'compose',
    );
  const word = isScript(head) ? head.replace(/\.\w{1,5}$/u, '') : script;
  if (word === undefined) return undefined;
  return BY_WORD.find(([pattern]) => pattern.test(word))?.[1];
}

/** True for a command that looks or moves: ls, cat, grep … */
export function isNoise(words: readonly string[]): boolean {
  return LOOKS.has(baseName(words[0] ?? ''));
}

/** What makes two commands tries at the same thing: the intent, else tool and sub-command. */
export function commandClass(words: readonly string[]): string {
  const intent = intentOf(words);
  if (intent !== undefined) return `intent ${intent}`;
  const rest = withoutPrefix(words);
  const sub = rest.slice(1).find((word) => !word.startsWith('-'));
  const hasSub =
    /^(?:git|gh|go|cargo|docker|kubectl|npm|pnpm|yarn|bun|pip|uv|poetry|mise|make|just|terraform|aws|gcloud|az|supabase|prisma|dotnet|mix|rails|bundle)$/u;
  const head = baseName(rest[0] ?? '');
  return hasSub.test(head) && sub !== undefined ? `${head} ${sub}` : head;
}

function interpreterIntent(rest: readonly string[]): Intent | undefined {
  const module = rest[1] === '-m' ? rest[2] : undefined;
  if (module !== undefined) return intentOf([module]);
  const script = rest.slice(1).find((word) => !word.startsWith('-'));
  return script === undefined
    ? undefined
    : BY_WORD.find(([pattern]) => pattern.test(baseName(script).replace(/\.\w{1,5}$/u, '')))?.[1];
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

function isScript(head: string): boolean {
  return (
    /\.(?:sh|py|js|mjs|ts|rb|ps1|bash)$/u.test(head) ||
    /^(?:test|lint|build|dev|start|serve|format|fmt)(?:[-_.].{1,30})?$/u.test(head)
  );
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

/** What defines commands by name, as `anchorScripts.ts` reads it. */
export type Runner =
  'package.json' | 'Makefile' | 'justfile' | 'mise' | 'Taskfile' | 'composer.json' | 'pyproject.toml';

/** A thing in the workspace that a memory names. `line` is where, for the one that reads it. */
export type Anchor =
  | { readonly kind: 'path'; readonly subject: string; readonly line: string }
  | { readonly kind: 'script'; readonly subject: string; readonly runner: Runner; readonly line: string }
  | { readonly kind: 'package'; readonly subject: string; readonly line: string }
  | { readonly kind: 'env'; readonly subject: string; readonly line: string };

const KNOWN_FILE =
  /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|swift|c|cc|cpp|h|hpp|md|mdx|json|jsonc|ya?ml|toml|sql|html?|css|scss|sh|proto|graphql|gradle|xml|ini|cfg|tf|vue|svelte)$/iu;
/** Made by a build or kept out of git: its absence says nothing. */
const DERIVED =
  /(?:^|\/)(?:node_modules|dist|build|out|target|coverage|tmp|temp|\.next|\.venv|venv|__pycache__|vendor|\.git|logs?)(?:\/|$)|(?:^|\/)\.env(?:\.|$)/u;
const PLACEHOLDER = /[<>{}*$?[\]()|…]|\.\.\.|(?:^|\/)(?:foo|bar|baz|example|your-|my-|path\/to|xxx|some)/iu;
/** The line speaks of something that should not be there, or may not be yet. */
const ABSENT =
  /\b(?:never|do(?:n['’]?t| not) (?:create|add|write|commit|use|touch|look)|removed|deleted|no longer|does(?:n['’]?t| not) exist|gone|obsolete|deprecated|instead of|rather than|gitignored|ignored by git|generated|create (?:a|an|the)|will be|if (?:it|there)|for example|such as|like|(?:other|another|separate|sibling|upstream|fork(?:ed)?|external) (?:repo|repository|repositories|project|checkout)|in the [\w-]{1,40} (?:repo|repository))\b|\be\.g\./iu;
const MAX_LINE = 600;

/** The paths, scripts, packages and environment names that a text names and that should exist, each once. */
export function anchorsOf(body: string): readonly Anchor[] {
  const found = new Map<string, Anchor>();
  for (const whole of body.split(/\r?\n/u)) {
    const line = whole.slice(0, MAX_LINE);
    if (!isPresentTense(line)) continue;
    for (const anchor of [...scriptsOf(line), ...packagesOf(line), ...envOf(line), ...pathsOf(line)]) {
      const runner = anchor.kind === 'script' ? anchor.runner : '';
      found.set(`${anchor.kind} ${runner} ${anchor.subject}`, anchor);
    }
  }
  return [...found.values()];
}

/** False for a line that quotes what somebody said then, or that speaks of what is not to be there. */
export function isPresentTense(line: string): boolean {
  return (
    !/^\*\*(?:Why|Error):\*\*/u.test(line.trim()) &&
    !ABSENT.test(line.slice(0, MAX_LINE).replace(/`[^`]{0,200}`/gu, '``'))
  );
}

const NAME = '([A-Za-z0-9_][\\w:.-]{0,80})(?=[`\\s])';
const COMMANDS: readonly (readonly [Runner, RegExp])[] = [
  ['package.json', new RegExp(`\`(?:npm|pnpm|yarn|bun) run ${NAME}`, 'gu')],
  ['package.json', /`(?:npm|pnpm|yarn) (test)(?=[`\s])/gu],
  ['Makefile', new RegExp(`\`make ${NAME}`, 'gu')],
  ['justfile', new RegExp(`\`just ${NAME}`, 'gu')],
  ['mise', new RegExp(`\`mise run ${NAME}`, 'gu')],
  ['Taskfile', new RegExp(`\`task ${NAME}`, 'gu')],
  ['composer.json', new RegExp(`\`composer run(?:-script)? ${NAME}`, 'gu')],
  ['pyproject.toml', new RegExp(`\`(?:(?:uv|poetry) run )?poe ${NAME}`, 'gu')],
  ['pyproject.toml', new RegExp(`\`(?:pdm|hatch) run ${NAME}`, 'gu')],
];

function scriptsOf(line: string): readonly Anchor[] {
  if (!line.includes('`')) return [];
  return COMMANDS.flatMap(([runner, command]) =>
    [...line.matchAll(command)].map((match): Anchor => ({ kind: 'script', subject: match[1] ?? '', runner, line })),
  );
}

const PACKAGE_NAME = '(@?[A-Za-z0-9][\\w.-]{1,60}(?:/[\\w.-]{1,60}){0,4})';
const KIND = '(?:package|library|dependency|crate|npm package|pip package|module)';
const PACKAGE = new RegExp(`\`${PACKAGE_NAME}\` ${KIND}\\b|\\b${KIND} \`${PACKAGE_NAME}\``, 'giu');
/** What is installed for a machine, or is about to be, stands in no manifest of the project. */
const OUTSIDE =
  /\b(?:global(?:ly)?|npx|bunx|pipx|brew|apt|install|add|system|builtin|built-in|workspace|our|own|internal|local)\b/iu;

function packagesOf(line: string): readonly Anchor[] {
  if (!line.includes('`') || OUTSIDE.test(line)) return [];
  return [...line.matchAll(PACKAGE)].map((match): Anchor => {
    return { kind: 'package', subject: match[1] ?? match[2] ?? '', line };
  });
}

function envOf(line: string): readonly Anchor[] {
  if (!/\.env\b|\benv(?:ironment)?[ -]?(?:var|name|setting)/iu.test(line)) return [];
  return [...line.matchAll(/(?<![\w/.-])([A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){1,6})(?![\w/-])/gu)].map(
    (match): Anchor => ({ kind: 'env', subject: match[1] ?? '', line }),
  );
}

function pathsOf(line: string): readonly Anchor[] {
  const paths: Anchor[] = [];
  if (!line.includes('`') && !line.includes('/')) return paths;
  for (const match of line.matchAll(
    /`([^`\s]{3,200})`|(?<![\w/:.@-])((?:\.\/)?[\w.-]{1,60}(?:\/[\w.@-]{1,60}){1,12})(?![\w/])/gu,
  )) {
    const subject = (match[1] ?? match[2] ?? '')
      .replace(/^\.\//u, '')
      .replace(/(?::\d+){1,2}$/u, '')
      .replace(/[.,;:]{1,20}$/u, '')
      .replace(/\/{1,20}$/u, '');
    const inCode = match[1] !== undefined;
    if (isPath(subject, inCode) && !isPackage(line, subject)) paths.push({ kind: 'path', subject, line });
  }
  return paths;
}

/** A path with the ending of a language that no list knows; a host or a module before the first slash has a dot, too. */
export function isOtherFile(path: string): boolean {
  return (
    !KNOWN_FILE.test(path) &&
    /^[\w@-][\w@-]{0,60}(?:\/[\w@.-]{1,60}){0,11}\/[\w@-]{1,60}\.[A-Za-z][A-Za-z\d]{0,11}$/u.test(path)
  );
}

function isPackage(line: string, subject: string): boolean {
  return packagesOf(line).some((one) => one.subject === subject);
}

function isPath(subject: string, inCode: boolean): boolean {
  if (PLACEHOLDER.test(subject) || DERIVED.test(subject) || /^(?:~|\/|[A-Za-z]:|@|#|-|https?:)/u.test(subject))
    return false;
  if (subject.includes('://') || subject.split('/').some((part) => part === '..' || part === '.')) return false;
  if (KNOWN_FILE.test(subject)) return inCode || subject.includes('/');
  if (isOtherFile(subject)) return true;
  // Without an extension only a path in code with several parts is one: "and/or" is not.
  return (
    inCode &&
    /^[\w.@-]+(?:\/[\w.@-]+){1,}$/u.test(subject) &&
    !/^\d+\/\d+$/u.test(subject) &&
    /^(?:src|lib|app|apps|packages|cmd|internal|pkg|test|tests|docs|scripts|bin|config|services|modules|components)\//u.test(
      subject,
    )
  );
}

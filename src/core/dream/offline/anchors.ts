/** A thing in the workspace that a memory names. */
export type Anchor =
  | { readonly kind: 'path'; readonly subject: string; readonly line: string }
  | {
      readonly kind: 'script';
      readonly subject: string;
      readonly runner: 'package.json' | 'Makefile';
      readonly line: string;
    };

const KNOWN_FILE =
  /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|swift|c|cc|cpp|h|hpp|md|mdx|json|jsonc|ya?ml|toml|sql|html?|css|scss|sh|proto|graphql|gradle|xml|ini|cfg|tf|vue|svelte)$/iu;
/** Made by a build or kept out of git: its absence says nothing. */
const DERIVED =
  /(?:^|\/)(?:node_modules|dist|build|out|target|coverage|tmp|temp|\.next|\.venv|venv|__pycache__|vendor|\.git|logs?)(?:\/|$)|(?:^|\/)\.env(?:\.|$)/u;
const PLACEHOLDER = /[<>{}*$?[\]()|…]|\.\.\.|(?:^|\/)(?:foo|bar|baz|example|your-|my-|path\/to|xxx|some)/iu;
/** The line speaks of something that should not be there, or may not be yet. */
const ABSENT =
  /\b(?:never|do(?:n['’]?t| not) (?:create|add|write|commit|use|touch|look)|removed|deleted|no longer|does(?:n['’]?t| not) exist|gone|obsolete|deprecated|instead of|rather than|gitignored|ignored by git|generated|create (?:a|an|the)|will be|if (?:it|there)|for example|such as|like)\b|\be\.g\./iu;
const MAX_LINE = 600;

/** The paths and scripts that a text names and that should exist, each once. */
export function anchorsOf(body: string): readonly Anchor[] {
  const found = new Map<string, Anchor>();
  for (const whole of body.split(/\r?\n/u)) {
    const line = whole.slice(0, MAX_LINE);
    // A quote says what somebody said then, not what is there now.
    if (/^\*\*(?:Why|Error):\*\*/u.test(line.trim()) || ABSENT.test(line.replace(/`[^`]{0,200}`/gu, '``'))) continue;
    for (const anchor of [...scriptsOf(line), ...pathsOf(line)]) found.set(`${anchor.kind} ${anchor.subject}`, anchor);
  }
  return [...found.values()];
}

function scriptsOf(line: string): readonly Anchor[] {
  const scripts: Anchor[] = [];
  for (const match of line.matchAll(/`(?:npm|pnpm|yarn|bun) run ([\w:.-]{1,80})/gu)) {
    scripts.push({ kind: 'script', subject: match[1] ?? '', runner: 'package.json', line });
  }
  for (const match of line.matchAll(/`make ([\w.-]{1,80})`/gu)) {
    scripts.push({ kind: 'script', subject: match[1] ?? '', runner: 'Makefile', line });
  }
  return scripts;
}

function pathsOf(line: string): readonly Anchor[] {
  const paths: Anchor[] = [];
  for (const match of line.matchAll(
    /`([^`\s]{3,200})`|(?<![\w/:.@-])((?:\.\/)?[\w.-]{1,60}(?:\/[\w.@-]{1,60}){1,12})(?![\w/])/gu,
  )) {
    const subject = (match[1] ?? match[2] ?? '')
      .replace(/^\.\//u, '')
      .replace(/(?::\d+){1,2}$/u, '')
      .replace(/[.,;:]{1,20}$/u, '')
      .replace(/\/{1,20}$/u, '');
    const inCode = match[1] !== undefined;
    if (isPath(subject, inCode)) paths.push({ kind: 'path', subject, line });
  }
  return paths;
}

function isPath(subject: string, inCode: boolean): boolean {
  if (PLACEHOLDER.test(subject) || DERIVED.test(subject) || /^(?:~|\/|[A-Za-z]:|@|#|-|https?:)/u.test(subject))
    return false;
  if (subject.includes('://') || subject.split('/').some((part) => part === '..' || part === '.')) return false;
  if (KNOWN_FILE.test(subject)) return inCode || subject.includes('/');
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

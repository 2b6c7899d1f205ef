/** What somebody wants of a command, whichever tool answers it. */
export const INTENTS = [
  'test',
  'lint',
  'typecheck',
  'format',
  'build',
  'check',
  'generate',
  'migrate',
  'release',
  'run',
] as const;
export type Intent = (typeof INTENTS)[number];

const BY_WORD: readonly (readonly [RegExp, Intent])[] = [
  [
    /^(?:test|tests|t|spec|specs|e2e|integration|unit|nextest|check:tests?)(?:[:._-].{0,40})?$|(?:^|[:._-])(?:tests?|e2e|specs?)$/iu,
    'test',
  ],
  [/^(?:lint|linter|tidy|spotlessCheck|vet|clippy|ruff|eslint|credo|analyze|analyse|rubocop)(?:[:._-].{0,40})?$|^(?:\w{0,20}(?:fmt|format|style)|spotless|prettier|pmd|spotbugs)[:._-]?check$|(?:^|[:._-])lint$/iu, 'lint'],
  [/^(?:typecheck|type-check|typescript|types|check-types|check:types|tsc|mypy|dialyzer)(?:[:._-].{0,40})?$|(?:^|[:._-])(?:typecheck|types)$/iu, 'typecheck'],
  [/^(?:fmt|format|prettier|spotless(?:Apply)?)(?:[:._-].{0,40})?$|(?:^|[:._-])(?:fmt|format)$/iu, 'format'],
  [/^(?:generate|gen|codegen|proto|protos|openapi|build_runner|makemigrations|stubs|mocks|bindings|document|roxygeni[sz]e|docgen)(?:[:._-].{0,40})?$|(?:^|[:._-])(?:generate|gen|codegen)$/iu, 'generate'],
  [/^(?:migrate|migrations?|db:(?:migrate|push|setup|reset|seed|prepare|create|test:prepare|schema:load)|db-migrate|ecto\.(?:migrate|setup|reset))(?:[:._-].{0,40})?$|(?:^|[:._-])migrate$/iu, 'migrate'],
  [/^(?:release|publish|changeset|version|bump|deploy)(?:[:._-].{0,40})?$|(?:^|[:._-])(?:release|deploy)$/iu, 'release'],
  [/^(?:build|compile|assemble|bundle|package|pack|dist|jar|shadowJar|bootJar|war|wheel|assets|export|image|template|render|synth)(?:[:._-].{0,40})?$|(?:^|[:._-])build$/iu, 'build'],
  [/^(?:check|checks|verify|validate|plan|links|ci|precommit|pre-commit|prepush|preflight|qa|quality|all-checks)(?:[:._-].{0,40})?$|(?:^|[:._-])(?:check|verify|validate)$/iu, 'check'],
  [/^(?:start|dev|serve|server|runserver|run|preview|watch|launch|repro|reproduce|train|simulate|emulate|flash)(?:[:._-].{0,40})?$/iu, 'run'],
]; // prettier-ignore

/** What a single word asks for: `build`, `test:unit`, `:app:assembleDebug`. */
export function wordIntent(word: string): Intent | undefined {
  const own = byVocabulary(word);
  if (own !== undefined) return own;
  // Of a task inside a project, the task tells: `:app:bundle`, `web.compile`.
  const last = /[:.]([A-Za-z][\w-]{1,40})$/u.exec(word)?.[1];
  return last === undefined ? byParts(word) : (byVocabulary(last) ?? byParts(last));
}

function byVocabulary(word: string): Intent | undefined {
  return BY_WORD.find(([pattern]) => pattern.test(word))?.[1];
}

/** Tasks of Gradle and its like: `compileJava`, `integrationTest`; and functions: `lint_package`, `runTests`. */
function byParts(word: string): Intent | undefined {
  if (/^[a-z]{2,30}(?:[A-Z][a-z\d]{0,30}){1,6}$/u.test(word)) {
    const parts = word.split(/(?=[A-Z])/u);
    const last = byVocabulary((parts.at(-1) ?? '').toLowerCase());
    return parts[0] === 'run' && last !== undefined ? last : (byVocabulary(parts[0] ?? '') ?? last);
  }
  return JOINED.find(([pattern]) => pattern.test(word))?.[1];
}

/** One word made of two: `unittest`, `doctest`, `typecheck`. */
const JOINED: readonly (readonly [RegExp, Intent])[] = [
  [
    /^(?:unit|doc|smoke|self|integration|regression|func|acceptance|run)[-_]?tests?$|^(?:e|x|j|n|ut|cpp|cxx)unit$/iu,
    'test',
  ],
  [/^(?:super|auto|meta|code|re)lint$/iu, 'lint'],
  [/^(?:type|types)checks?$/iu, 'typecheck'],
];

/** Programs that carry in their name what they do: `gdlint`, `cljfmt`, `luacheck`, `busted-test`. */
const NAMES: readonly (readonly [RegExp, Intent])[] = [
  [/^[a-z][\w-]{0,30}[-_]?(?:lint|linter|vet|tidy|style|lints|hint)$/iu, 'lint'],
  [/^[a-z][\w-]{0,30}(?:typecheck|type-check)$/iu, 'typecheck'],
  [/^[a-z][\w-]{0,30}(?:check|checker|checkstyle)$|^check[-_]?[a-z][\w-]{1,30}$/iu, 'lint'],
  [/^[a-z][\w-]{0,30}(?:fmt|format|formatter|pretty)$/iu, 'format'],
  [/^[a-z][\w-]{0,30}(?:tests?|testing|spec|unit)$/iu, 'test'],
  [/^[a-z][\w-]{0,30}(?:codegen|-gen|gen)$/iu, 'generate'],
  [/^[a-z][\w-]{0,30}(?:build|builder|compile|pack|bundle)$/iu, 'build'],
  [/^[a-z][\w-]{0,30}migrate$/iu, 'migrate'],
];

/** What the name of a program says that it does. */
export function nameIntent(name: string): Intent | undefined {
  if (name.length > 40) return undefined;
  const bare = name.replace(/\.(?:sh|bash|py|js|mjs|ts|rb|pl|ps1|exe|lua|R)$/u, '');
  return NAMES.find(([pattern]) => pattern.test(bare))?.[1];
}

/** What a tool without sub-commands is asked for by a flag: `--test`, `--export-release`, `-build`. */
export function flagIntent(words: readonly string[]): Intent | undefined {
  for (const word of words.slice(1, 12)) {
    const wish =
      /^--?(lint|check|tests?|unit-tests?|build|compile|export|bundle|format|verify|validate)(?:-(?:all|only|debug|release|pack|preset|suite|unit))?$/u.exec(
        word,
      )?.[1];
    const intent = wish === undefined ? undefined : wordIntent(wish);
    if (intent !== undefined) return intent;
  }
  return undefined;
}

/** What a line of code given on the command line calls: `devtools::test()`, `pytest.main()`, `Pkg.build()`. */
export function codeIntent(code: string): Intent | undefined {
  for (const name of calledIn(code)) {
    const intent = wordIntent(name) ?? wordIntent(name.split('_')[0] ?? '') ?? nameIntent(name);
    if (intent !== undefined) return intent;
  }
  return undefined;
}

function calledIn(code: string): readonly string[] {
  const calls = code.slice(0, 200).matchAll(/([A-Za-z_][\w.]{0,60}(?:::[\w.]{1,60}){0,3})[!?]?\s?\(/gu);
  return [...calls].map((match) => (match[1] ?? '').split(/::|\./u).at(-1) ?? '');
}

const SETS_UP =
  /^(?:install(?:[-_]?deps?)?|instantiate|restore|sync|set-?up|bootstrap|deps|dependency|dependencies|import|fetch|refresh|provision|prepare|download|hydrate|pull)$/u;

/** True for code on the command line that calls something which gets or makes ready what is needed. */
export function codeSetsUp(code: string): boolean {
  return calledIn(code).some(setsUp);
}

/** True for a word that asks a tool, whichever it is, to get or to make ready what other commands need. */
export function setsUp(word: string): boolean {
  return SETS_UP.test(word) || SETS_UP.test(word.split(/[:._]/u).at(-1) ?? '');
}

/**
 * The code that stands on the command line after `-e`, `-c` and the like, if it is a single short line that asks for
 * something a sub-command could be asked for: what only prints or computes is of the day.
 */
export function inlineCode(words: readonly string[]): string | undefined {
  const at = words.findIndex((_word, index) => isCodeFlag(words, index));
  const code = at < 0 ? undefined : words[at + 1];
  if (code === undefined || !/^[^`$<>\n\r]{3,80}$/u.test(code) || /\/(?:tmp|home|Users|var)\//u.test(code))
    return undefined;
  return codeIntent(code) !== undefined || codeSetsUp(code) ? code : undefined;
}

/** True for a flag that is followed by a program, not by a word. */
export function isCodeFlag(words: readonly string[], at: number): boolean {
  const flag = words[at] ?? '';
  if (!/^-(?:c|e|p|E|r|x|-eval|-execute|batch|-expr)$/u.test(flag)) return false;
  if (/^-(?:c|e|p)$/u.test(flag) && words.slice(0, at).some((word) => INTERPRETER.test(word))) return true;
  return /^[^/]{0,80}\w[!?]?\s?\(/u.test(words[at + 1] ?? '');
}

const INTERPRETER =
  /^(?:python\d?|node|ruby|perl|bash|sh|zsh|php|deno|bun|tsx|Rscript|R|julia|elixir|lua|luajit|pwsh|ghc|octave)$/u;

import { sentencesOf } from '../dream/memoryText';
import { isNegative } from '../dream/text/slots';

/** Tools of which a project uses one for the same work. Whoever runs one of them where another is wanted breaks something. */
const FAMILIES: readonly (readonly string[])[] = [
  ['npm', 'pnpm', 'yarn', 'bun'],
  ['pip', 'uv', 'poetry', 'pipenv'],
];
const FAMILY = new Map(FAMILIES.flatMap((family) => family.map((tool) => [tool, family] as const)));
const TOOLS = [...FAMILY.keys()].join('|');

type Work = 'install' | 'run';

/** What these tools do in each other's place. Publishing, logging in and the like have one tool whatever the rest is. */
const WORK: Readonly<Record<string, Work>> = {
  install: 'install',
  i: 'install',
  ci: 'install',
  sync: 'install',
  add: 'install',
  run: 'run',
  test: 'run',
  start: 'run',
  build: 'run',
  lint: 'run',
  exec: 'run',
};

const REFUSALS = "never|not|no|avoid|don['’]?t use|do not use|instead of|rather than";
/** "Never npm", "use pnpm, not npm", "npm breaks …": what is refused, whatever is wanted instead. */
const REFUSED = new RegExp(
  `\\b(?:${REFUSALS})\\s{1,3}(?:(?:use|run|with)\\s{1,3})?\`?(${TOOLS})(?![\\w-])` +
    `|(?<![\\w-])(${TOOLS})\`? (?:breaks|corrupts|rewrites|is forbidden|is not allowed)\\b`,
  'giu',
);
/** "Use pnpm", "we use `pnpm`", "scripts run with pnpm": what is wanted. */
const WANTED = new RegExp(`\\b(?:use|using|prefer|with|via)\\s{1,3}\`?(${TOOLS})(?![\\w-])`, 'giu');
/** Words that say that a line holds only somewhere, or only sometimes. */
const SCOPED =
  /\b(?:in|inside|under|within|for|from|only|except|unless|if|when|where|legacy|docs|examples?|website|ci|docker)\b|[\w-]{1,60}\/(?=[\s`'"),.*]|$)|\bcd\s/iu;
/** "For everything", "in this repository": said of all of it. */
const EVERYWHERE =
  /\b(?:for (?:everything|all|installing|dependencies|packages|scripts|package management)|(?:in|for|across) (?:the|this|our|all of the) (?:whole )?(?:project|repo|repository|workspace|monorepo|code ?base))\b/giu;
const MAX_TEXT = 512 * 1024;

/** A line of instructions that runs a tool, as the agent reads it. */
export interface ToolLine {
  readonly said: string;
  readonly tool: string;
  /** undefined: all that it is for. */
  readonly work: Work | undefined;
}

interface Rule {
  readonly sentence: string;
  readonly refused: ReadonlySet<string>;
  readonly wanted: ReadonlySet<string>;
  /** Empty: all that the tool is for. */
  readonly works: ReadonlySet<Work>;
}

/** The first sentence of a text that one of these lines goes against by the tool it runs, and that line. */
export function toolConflict(
  claim: string,
  instructions: readonly ToolLine[],
): { readonly sentence: string; readonly said: string } | undefined {
  for (const rule of rulesOf(claim)) {
    const line = instructions.find((one) => goesAgainst(rule, one));
    if (line !== undefined) return { sentence: rule.sentence, said: line.said };
  }
  return undefined;
}

function goesAgainst({ refused, wanted, works }: Rule, { tool, work }: ToolLine): boolean {
  if (wanted.has(tool)) return false;
  if (refused.has(tool)) return true;
  const other = [...wanted].some((one) => FAMILY.get(one) === FAMILY.get(tool));
  return other && (works.size === 0 || work === undefined || works.has(work));
}

function rulesOf(claim: string): readonly Rule[] {
  return claim
    .slice(0, 8_000)
    .split(/\r?\n/u)
    .flatMap((line) => sentencesOf(line))
    .filter((sentence) => !isScoped(sentence))
    .map(ruleOf);
}

function ruleOf(sentence: string): Rule {
  const refused = [...sentence.matchAll(REFUSED)].map((found) => (found[1] ?? found[2] ?? '').toLowerCase());
  const plain = sentence.replace(REFUSED, ' ');
  const wanted = isNegative(plain) ? [] : [...plain.matchAll(WANTED)].map((found) => (found[1] ?? '').toLowerCase());
  const works = new Set<Work>();
  if (/\b(?:install|add|dependenc|package)/iu.test(plain)) works.add('install');
  if (/\b(?:run|script|test|build|start|lint)/iu.test(plain)) works.add('run');
  return { sentence: sentence.trim(), refused: new Set(refused), wanted: new Set(wanted), works };
}

function isScoped(line: string): boolean {
  return SCOPED.test(line.replace(/`[^`]{0,120}`/gu, ' ').replace(EVERYWHERE, ' '));
}

/** Lines that run a tool of these families: in a code span, in a block of commands, or "use …" in plain words. */
export function toolLines(markdown: string): readonly ToolLine[] {
  const lines: ToolLine[] = [];
  // What stands before a block says what it is for.
  let aside = false;
  for (const { line, inBlock } of placedLines(markdown)) {
    if (!inBlock) aside = isAside(line);
    if (!aside) lines.push(...(inBlock ? blockLine(line) : proseLine(line)));
  }
  return lines;
}

/** Lines with something in them, without the marks of blocks. */
function placedLines(markdown: string): readonly { readonly line: string; readonly inBlock: boolean }[] {
  const placed: { line: string; inBlock: boolean }[] = [];
  let fence: string | undefined;
  for (const raw of markdown.slice(0, MAX_TEXT).split(/\r?\n/u)) {
    const line = raw.trim();
    const mark = /^(?:`{3,10}|~{3,10})/u.exec(line)?.[0];
    const isMark = mark !== undefined && (fence === undefined || line.startsWith(fence));
    if (isMark) fence = fence === undefined ? mark : undefined;
    else if (line !== '') placed.push({ line, inBlock: fence !== undefined });
  }
  return placed;
}

/** Nothing that the agent shall do: forbidden, of another time or place, or the wrong half of an example. */
function isAside(line: string): boolean {
  const example = /\b(?:wrong|incorrect|instead)\b|^\W{0,6}(?:before|old|bad)\b.{0,40}:\W{0,4}$/iu;
  return isNegative(line) || example.test(line) || isScoped(line);
}

function blockLine(line: string): readonly ToolLine[] {
  const command = line.replace(/^\$\s{0,4}/u, '').replace(/\s#.*$/u, '');
  return /\bcd\s|^#/u.test(command) ? [] : commandLine(command, line);
}

function proseLine(line: string): readonly ToolLine[] {
  const said = line.replace(/^[\s>#*+-]{1,12}/u, '');
  const spans = [...line.matchAll(/`([^`\n]{1,120})`/gu)].flatMap(([, span = '']) => commandLine(span.trim(), said));
  const plain = line.replace(/`[^`\n]{1,120}`/gu, (span) => (/\s/u.test(span) ? ' ' : span));
  const named = [...plain.matchAll(WANTED)].map(([, tool = '']): ToolLine => ({
    said: said.slice(0, 200),
    tool: tool.toLowerCase(),
    work: undefined,
  }));
  return [...spans, ...named];
}

function commandLine(command: string, said: string): readonly ToolLine[] {
  const [tool = '', verb = '', ...rest] = command.split(/\s+/u);
  const work = Object.hasOwn(WORK, verb) ? WORK[verb] : undefined;
  if (!FAMILY.has(tool) || work === undefined) return [];
  // Installed for the whole machine, somewhere else, or the wanted tool itself.
  const elsewhere = rest.some((word) => /^(?:-g|--global|--prefix|-C|--cwd|--dir)\b/u.test(word) || FAMILY.has(word));
  return elsewhere ? [] : [{ said: said.slice(0, 200), tool, work }];
}

import { remembering } from '../text/remembering';

/** What an error says, without the places and numbers of the day: the same trouble has the same signature. */

const READ_CHARS = 30_000;
/** Failures of one session, which several miners ask about. */
const REMEMBERED = 64;
const MAX_LINES = 400;
const MAX_LINE = 600;
const MAX_SIGNATURE = 140;
const ESCAPE = String.fromCharCode(27);
const COLOUR = new RegExp(`${ESCAPE}\\[[\\d;?]{0,20}[A-Za-z]`, 'gu');

/** What kind of trouble with the environment, or with the way a tool was called, an error tells of. */
export type Trouble =
  | 'tool'
  | 'usage'
  | 'script'
  | 'place'
  | 'module'
  | 'generated'
  | 'service'
  | 'port'
  | 'browser'
  | 'version'
  | 'lock'
  | 'settings'
  | 'login'
  | 'schema'
  | 'permission'
  | 'cache';

/** Trouble that a step can set right, never defects of the code; the first kind that fits is taken. */
const TROUBLES: readonly (readonly [Trouble, RegExp])[] = [
  ['port', /EADDRINUSE|address already in use|port .{0,20}(?:is )?(?:already|currently) (?:allocated|in use|taken)|port is already allocated|bind: address/iu],
  ['browser', /Executable doesn['’]t exist|browserType\.launch|(?:chrome|chromium|browser) (?:binary|executable)?.{0,20}not (?:found|installed)|could not find (?:chrome|chromium)/iu],
  ['lock', /externally-managed-environment|frozen-lockfile|ERR_PNPM_OUTDATED_LOCKFILE|lock ?file .{0,60}(?:out of date|outdated|not up[- ]to[- ]date|needs to be updated|is locked|is held)|(?:index|\w{1,40})\.lock['"’]?:? (?:file )?exists|could not get lock|unable to (?:create|acquire|obtain) .{0,120}lock|blocking waiting for file lock|npm ci.{0,60}(?:in sync|package-lock)|another .{0,60}(?:instance|process) .{0,60}(?:running|using)|database is locked/iu],
  ['version', /unsupported engine|EBADENGINE|engine ["'“]?\w{1,20}["'”]? is incompatible|requires (?:a )?(?:node(?:\.js)?|python|go|ruby|java|php|rust|jdk)\b|(?:node(?:\.js)?|python|go|ruby|java|rustc|php) (?:version )?[v\d.<>=^~ ]{1,30}.{0,40}(?:is )?(?:required|not supported|unsupported|too old)|version .{1,60} is required|incompatible with (?:this|your) version|not compatible with your node|class file version|unsupported class file|invalid (?:source|target) release|rustc .{1,40} is not supported|your ruby version is|requires rustc|toolchain .{1,60} (?:is )?not (?:installed|available)|this project is configured to use/iu],
  ['generated', /@prisma\/client did not initialize|prisma client .{0,60}(?:not|has not) .{0,20}generated|(?:cannot find|can['’]t resolve|no module named|unresolved import|could not (?:find|resolve)|failed to resolve|not found|no such file).{0,120}(?:generated|__generated__|codegen|\.gen\b|_pb2?\b|\.pb\b|\bgen\/|\bproto)|(?:generated|__generated__|codegen|_pb2?\b|\.pb\.|\bgen\/).{0,120}(?:cannot find|not found|no such file|does not exist|missing|out of date|stale)|pattern .{1,80}no matching files/iu],
  ['schema', /(?:database|relation|table|column|role) .{1,80} (?:does not|doesn['’]t) exist|no such (?:table|column)|(?:pending|unapplied|outstanding) migrations?|migrations? (?:are|is) pending|unapplied migration|undefinedtable|table .{1,80}not found|database schema is not (?:up to date|in sync)/iu],
  ['service', /connection refused|ECONNREFUSED|could not connect to (?:server|the server|redis|postgres|mysql|database|mongo)|docker daemon|can['’]t reach database server|connect(?:ion)? to .{1,80} (?:failed|refused)|unable to connect to|no connection could be made|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|could not translate host name|broker .{0,40}(?:not available|down)|server ?selection ?(?:timeout)?error|failed to connect to/iu],
  ['settings', /(?:[Ee]nvironment variables?|[Ee]nv(?:ironment)? vars?) .{0,80}(?:not (?:set|defined|found)|is required|are required|missing|undefined|must be set)|(?:[Mm]issing|[Uu]ndefined|[Rr]equired|[Ii]nvalid) (?:required )?(?:env(?:ironment)? ?var(?:iable)?s?|configuration|setting)|\b[A-Z][A-Z\d]{1,30}_[A-Z\d_]{1,60}\b.{0,30}(?:is |must be |was )?(?:not set|required|missing|undefined|not defined|be set|not found|unset)|KeyError: ['"][A-Z][A-Z\d_]{3,60}['"]|must set .{1,60}|missing key .{0,40}[A-Z][A-Z\d]{1,30}_|[Cc]onfig(?:uration)? file .{0,100}(?:not found|is missing|does not exist|is not trusted)|not trusted|\.env\b.{0,60}(?:not found|missing|no such|does not exist)|(?:cannot|could not|no such|not find|missing).{0,80}\.env\b/u],
  ['login', /not logged in|authentication required|must authenticate|please (?:log|sign) in|unable to locate credentials|token .{0,40}expired|session .{0,40}expired|401 unauthorized|requires authentication|no credentials|credentials .{0,40}(?:expired|not found)/iu],
  ['permission', /permission denied|EACCES|EPERM|operation not permitted/iu],
  ['script', /missing script|script not found|command ["'“]?[\w:.-]{1,60}["'”]? not found|couldn['’]t find a script|no rule to make target|no task named|task .{1,60} (?:not found|does not exist)|no tasks? .{0,40}found|recipe .{1,60} not found|does not contain recipe|ERR_PNPM_(?:NO_SCRIPT|RECURSIVE_EXEC_FIRST_FAIL)|no projects? matched|cannot find project|the task .{1,60} could not be found|don['’]t know how to build task/iu],
  ['place', /could not read package\.json|no such file or directory, open .{1,200}package\.json|no package\.json|could not find [`'"]?cargo\.toml|go\.mod file not found|cannot find main module|no configuration file provided|not a git repository|could not find a [`'"]?(?:package\.json|pom|pyproject)|no (?:pyproject\.toml|pom|makefile|justfile|taskfile|mix\.exs|gemfile|composer\.json|cargo\.toml|terraform configuration|project) .{0,60}(?:found|in)|no makefile found|no targets specified|could not (?:find|locate) (?:a )?(?:gemfile|mix\.exs|pyproject)|ERR_PNPM_NO_(?:IMPORTER_MANIFEST_FOUND|PKG_MANIFEST)|does not contain .{0,40}(?:solution|project) file|specify a project or solution|no such file or directory: ['"]?[\w./-]{1,160}['"]?$|can['’]t (?:open|cd to) .{1,160}no such file|directory not found|couldn['’]t find .{0,40}(?:config|workspace)|outside (?:of )?(?:the |a )?(?:workspace|module|repository)|directory .{1,160} does not (?:contain|exist)|no test files? found in/iu],
  ['module', /cannot find (?:module|package) ['"`“]?(?!\.{0,2}\/)[\w@~#]|no module named|ModuleNotFoundError|cannot find (?:main )?module|could not (?:find|locate) (?:gem|package)|package .{1,80} is not in (?:std|GOROOT)|missing go\.sum entry|updates to go\.mod needed|inconsistent vendoring|node_modules .{0,60}(?:missing|not found|does not exist)|(?:dependenc(?:y|ies)|package|extension) .{0,60}(?:not|isn['’]t|aren['’]t) (?:installed|available|found)|unchecked dependencies|could not resolve dependenc|ERR_MODULE_NOT_FOUND|class .{1,80} not found|can['’]t (?:find|locate) (?:\w{1,20} )?(?:module|package)|vendor\/autoload|unmet (?:peer )?dependenc|failed to resolve (?:import|entry)|cannot load such file|error: no such module|LoadError|submodule|state file not found|is not installed|run .{1,40} install|lib\w{1,40}\.so.{0,60}cannot open|(?:cannot|could not|can['’]t|unable to|failed to) load (?:\w{1,20} )?(?:library|dll|shared)|library not loaded|error while loading shared libraries|UnsatisfiedLinkError|dll load failed|pkg-config|header.{0,20}not found|fatal error: .{1,80}\.h/iu],
  ['cache', /corrupt(?:ed)?|stale (?:cache|build|file)|cache .{0,60}(?:invalid|mismatch|corrupt|stale|outdated|broken)|checksum mismatch|integrity checksum|EINTEGRITY|unexpected end of .{0,40}(?:archive|cache)|incremental compilation|chunk .{1,80}(?:not found|failed)|hash mismatch|incompatible (?:cache|build)|no space left|out of (?:date|sync)|please (?:clean|clear)/iu],
  ['usage', /unknown (?:command|flag|option|argument|subcommand|shorthand flag)|unrecognized (?:option|argument|arguments|subcommand)|unrecognised|invalid (?:option|flag|argument|choice)|illegal option|unexpected (?:argument|option)|no such (?:option|command|subcommand)|unknown syntax|not a (?:valid|known) (?:command|option|flag|subcommand)|is not a \w{1,20} command|flag provided but not defined|unsupported (?:option|flag)|unexpected extra argument|too many arguments|missing (?:required )?(?:argument|option|flag|parameter)|required (?:flag|option|argument)|usage error|CACError|unknown cli config|bad option|no upstream branch|has no upstream/iu],
  ['tool', /command not found|: not found$|^(?:\/\S{1,40}\/)?(?:ba|da|z|k)?sh: (?:(?:line )?\d{1,5}: )?[\w./-]{1,60}: not found|is not recognized as|executable file not found|spawn \w{1,40} ENOENT|could not determine executable|no such file or directory: ['"]?[\w-]{1,40}['"]?$|not found in \$?PATH/iu],
]; // prettier-ignore

/** Of the harness or of the agent's own making: nothing that a project could remember. */
const HARNESS =
  /<tool_use_error>|file has not been read yet|file has been (?:modified|unexpectedly modified)|exceeds maximum allowed tokens|string to replace not found|found \d{1,4} matches of the string|InputValidationError|sibling tool call errored|request interrupted|doesn['’]t want to (?:proceed|take this action)|command timed out|timed out after|timeout of .{1,30} exceeded|^Exit code \d{1,3}$|no matches found|was blocked|is not allowed|permission to use .{1,60} has been denied|requires approval|haven['’]t granted|cd: (?:no such|.{1,120}: no such)|user (?:rejected|aborted|denied)|EPIPE|SIGTERM|SIGKILL|SIGINT|^Killed$/iu;
const ERROR_LINE =
  /\b(?:error|fatal|failed|failure|exception|panic|cannot|can['’]t|could not|couldn['’]t|unable to|not found|no such|missing|unknown|denied|refused|undefined|invalid|mismatch|not (?:set|up to date))\b|\b\w{1,40}(?:Error|Exception)\b|\bE[A-Z]{5,14}\b/iu;

export interface ErrorSignature {
  /** Stable over sessions. */
  readonly signature: string;
  /** The line as it was shown: a verbatim part of it, without colours. */
  readonly line: string;
  /** Undefined where it may be a defect of the code as well. */
  readonly trouble: Trouble | undefined;
}

/** The first line that shows trouble with the environment, or undefined if the failure is of another kind. */
export const environmentError: (text: string) => ErrorSignature | undefined = remembering(
  (text) => firstLine(text, (plain) => TROUBLES.find(([, pattern]) => pattern.test(plain))?.[0]),
  REMEMBERED,
  READ_CHARS,
);

/** The first line that names an error of any kind; trouble with the environment first. */
export function anyError(text: string): ErrorSignature | undefined {
  const found = environmentError(text);
  if (found !== undefined) return found;
  const other = firstLine(text, (plain) => (ERROR_LINE.test(plain) && !isOfCode(plain) ? 'tool' : undefined));
  return other === undefined ? undefined : { ...other, trouble: undefined };
}

/**
 * What to know a failure by that names no error in known words, nor a defect of the code: its last line. There is
 * nothing in it to quote, and only recurrence can tell what it is about.
 */
export function lastLine(text: string): ErrorSignature | undefined {
  const lines = text
    .slice(-2_000)
    .split(/\r?\n/u)
    .slice(-40)
    .map((line) => stripColour(line).trim().slice(0, MAX_LINE));
  if (lines.some(isOfCode)) return undefined;
  const plain = lines.reverse().find((line) => line !== '' && !HARNESS.test(line));
  return plain === undefined ? undefined : { signature: normalise(plain), line: '', trouble: undefined };
}

/** How many tests failed says nothing of why; and what names a place in the code is a matter of the code. */
const COUNTS =
  /\b\d{1,6} (?:passed|failed|failing|failures?|errors?|tests?|problems?)\b|\btests? failed\b|failed tests?\b|\b(?:build|execution|compilation) failed\b|npm error (?:code|path|workspace|Lifecycle|Test failed|A complete log)|ELIFECYCLE|recipe for target|recipe .{1,60} failed|make: \*\*\*|\.[a-z]\w{0,4}:\d{1,6}\b|assert|expect|TypeError|ReferenceError|SyntaxError|NullPointer|\bTS\d{4}\b|error\[E\d|undefined:|\bat .{1,200}:\d/iu;
/** The marks that test runners put before what failed; in small letters they are words of an error. */
const MARKS = /\bFAIL(?:ED|URE)?\b/u;

function isOfCode(plain: string): boolean {
  return COUNTS.test(plain) || MARKS.test(plain);
}

/** The first line that names an error, one of the code included: nothing to go by but where no code was changed. */
export function anyFault(text: string): ErrorSignature | undefined {
  const found =
    firstLine(text, (plain) => (ERROR_LINE.test(plain) ? 'tool' : undefined)) ?? firstLine(text, () => 'tool');
  return found === undefined ? undefined : { ...found, trouble: undefined };
}

/** True where the failure is the harness's or the user's doing, or a matter of time. */
export function isHarnessNoise(text: string): boolean {
  const lines = text
    .slice(0, 2_000)
    .split(/\r?\n/u, 12)
    .filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => HARNESS.test(line.slice(0, MAX_LINE)));
}

function firstLine(text: string, kindOf: (plain: string) => Trouble | undefined): ErrorSignature | undefined {
  for (const line of text.slice(0, READ_CHARS).split(/\r?\n/u, MAX_LINES)) {
    const plain = stripColour(line).trim().slice(0, MAX_LINE);
    if (plain === '' || HARNESS.test(plain)) continue;
    const trouble = kindOf(plain);
    if (trouble !== undefined) return { signature: normalise(plain), line: verbatimPart(line), trouble };
  }
  return undefined;
}

/** The longest part of a line that holds no escape sequence: what can be quoted word for word. */
function verbatimPart(line: string): string {
  const parts = line.slice(0, 2 * MAX_LINE).split(COLOUR);
  return (
    [...parts]
      .sort((a, b) => b.trim().length - a.trim().length)[0]
      ?.trim()
      .slice(0, 300) ?? ''
  );
}

/** Without colours, paths, numbers, hashes, times and what stands in quotation marks. */
export function normalise(line: string): string {
  return stripColour(line)
    .replace(/\b\d{4}-\d\d-\d\d[T ][\d:.,Z+-]{5,30}/gu, '<time>')
    .replace(/\b\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?\b/gu, '<time>')
    .replace(/(?:[A-Za-z]:)?(?:\.{0,2}\/)?(?:[\w@.+-]{1,100}\/){1,30}[\w@.+-]{0,100}/gu, '<path>')
    .replace(/(?<![\w<])\d[\d.,:]{0,30}\b/gu, '<n>')
    .replace(/\b[0-9a-f]{7,64}\b/giu, '<hash>')
    .replace(/(["'`])[^"'`<>]{1,80}\1/gu, '<name>')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, MAX_SIGNATURE);
}

function stripColour(line: string): string {
  return line.replace(COLOUR, '');
}

/** What an error says, without the places and numbers of the day: the same trouble has the same signature. */

const READ_CHARS = 30_000;
const MAX_LINES = 400;
const MAX_SIGNATURE = 140;
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[\\d;?]{0,20}[A-Za-z]`, 'gu');

/** Trouble with the environment or the way a tool was called, which a step can set right; never defects of the code. */
const ENVIRONMENT: readonly RegExp[] = [
  /command not found|: not found$|is not recognized as/iu,
  /unknown (?:command|flag|option|argument|subcommand|shorthand flag)|unrecognized (?:option|argument|arguments|subcommand)|invalid option|illegal option|unexpected argument|no such option|Unknown syntax/iu,
  /missing script|script not found|no rule to make target|no task named|task .{1,60} not found|no tasks? .{0,40}found|recipe .{1,60} not found|does not contain recipe/iu,
  /cannot find (?:module|package) ['"`]?(?!\.{0,2}\/)[\w@]|no module named|ModuleNotFoundError|cannot find (?:main )?module|Could not (?:find|locate) (?:gem|package)|package .{1,80} is not in (?:std|GOROOT)|missing go\.sum entry|updates to go\.mod needed/iu,
  /connection refused|ECONNREFUSED|could not connect to server|is the docker daemon running|cannot connect to the docker daemon|EADDRINUSE|address already in use|port is already allocated/iu,
  /not a git repository|no configuration file provided|config file .{1,80} (?:not found|is not trusted)|not trusted|Executable doesn['’]t exist|browserType\.launch|please run .{1,40} install/iu,
  /unsupported engine|requires (?:node|python|go|ruby|java)\b|version .{1,40} is required|incompatible with (?:this|your) version|not compatible with your node/iu,
  /externally-managed-environment|frozen-lockfile|lock ?file .{0,40}(?:out of date|not up to date|needs to be updated)|ERR_PNPM_OUTDATED_LOCKFILE/iu,
  /(?:environment variable|env(?:ironment)? var) .{0,60}(?:not set|is required|missing|undefined)|must set .{1,60}|is not set$/iu,
  /not logged in|authentication required|must authenticate|please (?:log|sign) in|database .{1,60} does not exist|relation .{1,60} does not exist|no such table|pending migrations?/iu,
];

/** Of the harness or of the agent's own making: nothing that a project could remember. */
const HARNESS =
  /<tool_use_error>|file has not been read yet|exceeds maximum allowed tokens|string to replace not found|InputValidationError|sibling tool call errored|request interrupted|doesn['’]t want to proceed|command timed out|timed out after|^Exit code 1$|no matches found|was blocked|permission to use .{1,60} has been denied|cd: (?:no such|.{1,120}: no such)/iu;

export interface ErrorSignature {
  /** Stable over sessions. */
  readonly signature: string;
  /** The line as it was shown, verbatim. */
  readonly line: string;
}

/** The first line that shows trouble with the environment, or undefined if the failure is of another kind. */
export function environmentError(text: string): ErrorSignature | undefined {
  const lines = text.slice(0, READ_CHARS).split(/\r?\n/u, MAX_LINES);
  for (const line of lines) {
    const plain = stripColour(line).trim().slice(0, 600);
    if (plain === '' || HARNESS.test(plain)) continue;
    if (ENVIRONMENT.some((pattern) => pattern.test(plain)))
      return { signature: normalise(plain), line: line.trim().slice(0, 300) };
  }
  return undefined;
}

/** Without colours, paths, numbers, hashes and times. */
export function normalise(line: string): string {
  return stripColour(line)
    .replace(/\b\d{4}-\d\d-\d\d[T ][\d:.,Z+-]{5,30}/gu, '<time>')
    .replace(/(?:[A-Za-z]:)?(?:\.{0,2}\/)?(?:[\w@.+-]{1,100}\/){1,30}[\w@.+-]{0,100}/gu, '<path>')
    .replace(/\b[0-9a-f]{7,64}\b/giu, '<hash>')
    .replace(/\b\d[\d.,:]{0,30}\b/gu, '<n>')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, MAX_SIGNATURE);
}

function stripColour(line: string): string {
  return line.replace(COLOUR, '');
}

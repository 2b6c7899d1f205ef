import * as z from 'zod/mini';

/** What a connection may do; each can be off. */
export interface ConnectChoice {
  /** `hooks`: Claude Code prints rendered files when a session starts. `rules`: the text stands in a rules file. */
  readonly channel: 'hooks' | 'rules';
  /** Agents may not read `.agent-memory/.local`. */
  readonly denyLocal: boolean;
  /** The end of a session captures it, also where no editor is open. */
  readonly sessionEnd: boolean;
  /** Claude Code's own notes go to `.local/inbox`. */
  readonly inbox: boolean;
  /** Files that git would show are ignored in `.git/info/exclude`. */
  readonly gitExclude: boolean;
  /** Memories of paths are rules files of their own. */
  readonly pathRules: boolean;
  /** With `rules`: the text stands in a file that this file of a person, which must be there, imports. */
  readonly importInto?: ImportInto | undefined;
}

/** Files of people that can import the text. */
export type ImportInto = (typeof IMPORT_INTO)[number];
export const IMPORT_INTO = ['CLAUDE.md', '.claude/CLAUDE.md'] as const;

/** What a file of a connection is. Paths are worked out anew from this, never taken from a record. */
const KINDS = ['settings', 'exclude', 'rules', 'path-rule', 'imported', 'import'] as const;

const inverseSchema = z.object({
  offset: z.int().check(z.nonnegative()),
  inserted: z.string(),
  removed: z.string(),
});

const touchedSchema = z.object({
  kind: z.enum(KINDS),
  /** Of a path rule, or of a file that imports. */
  name: z.optional(z.string()),
  /** SHA-256 of the text before; null where there was no file. */
  before: z.nullable(z.string()),
  after: z.string(),
  inverse: z.array(inverseSchema),
  deny: z.optional(z.array(z.string())),
  values: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
  /** How many folders above the file were made for it. */
  folders: z.optional(z.int().check(z.nonnegative(), z.maximum(8))),
});

/** What was done to one file: hashes and edits, never its content, for settings hold secrets. */
export type Touched = z.infer<typeof touchedSchema>;

const recordSchema = z.object({
  format: z.literal(1),
  at: z.string(),
  root: z.string(),
  choice: z.object({
    channel: z.enum(['hooks', 'rules']),
    denyLocal: z.boolean(),
    sessionEnd: z.boolean(),
    inbox: z.boolean(),
    gitExclude: z.boolean(),
    pathRules: z.boolean(),
    importInto: z.optional(z.enum(IMPORT_INTO)),
  }),
  files: z.array(touchedSchema),
  /** Of the connection before, while the files are being changed. */
  earlier: z.optional(z.array(touchedSchema)),
});

/** `.local/recall/connection.json`: how to take a connection back to the byte. */
export type ConnectionRecord = z.infer<typeof recordSchema>;

/** Below the folder that holds `.local`. */
export const CONNECTION_PATH = '.local/recall/connection.json';

/** undefined for what is no record. */
export function parseRecord(text: string): ConnectionRecord | undefined {
  try {
    const parsed = recordSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export function renderRecord(record: ConnectionRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

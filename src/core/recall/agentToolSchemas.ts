/** One argument of a tool, as far as JSON Schema is used here. */
export type ArgumentSchema =
  | {
      readonly type: 'string';
      readonly description: string;
      readonly minLength?: number;
      readonly maxLength: number;
      readonly enum?: readonly string[];
    }
  | { readonly type: 'integer'; readonly description: string; readonly minimum: number; readonly maximum: number }
  | {
      readonly type: 'array';
      readonly description: string;
      readonly maxItems: number;
      readonly items: { readonly type: 'string'; readonly minLength: number; readonly maxLength: number };
    };

/** A tool that agents may call, as MCP and the editor describe it. */
export interface AgentToolSchema {
  readonly name: AgentToolName;
  readonly title: string;
  readonly description: string;
  /** False for the one that leaves something behind. */
  readonly readOnly: boolean;
  readonly inputSchema: {
    readonly type: 'object';
    readonly properties: Readonly<Record<string, ArgumentSchema>>;
    readonly required: readonly string[];
    readonly additionalProperties: false;
  };
}

export type AgentToolName = 'search_memory' | 'read_memory' | 'list_memories' | 'propose_memory';

/** What most lists hold where nothing is asked for. */
export const DEFAULT_HITS = 10;
export const DEFAULT_PAGE = 100;

const forFile = {
  type: 'string',
  description: 'Only what applies to this file: its path relative to the workspace folder.',
  minLength: 1,
  maxLength: 1_024,
} as const;

function schema(
  properties: Readonly<Record<string, ArgumentSchema>>,
  required: readonly string[],
): AgentToolSchema['inputSchema'] {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** The tools, in the order in which they are listed. Their words are for models: facts, and what to do next. */
export const AGENT_TOOLS: readonly AgentToolSchema[] = [
  {
    name: 'search_memory',
    title: 'Search Memory',
    description:
      'Searches what is remembered about this project: conventions, commands, pitfalls, decisions and preferences that a person has reviewed. ' +
      'Answers with one line for each hit, best first: its id, what it says, its path and the line that fits best. read_memory gives the whole text.',
    readOnly: true,
    inputSchema: schema(
      {
        query: {
          type: 'string',
          description: 'A few words, such as "run the tests" or "rounding of money".',
          minLength: 1,
          maxLength: 400,
        },
        for_file: forFile,
        limit: {
          type: 'integer',
          description: `How many hits at most; ${DEFAULT_HITS} if it is left out.`,
          minimum: 1,
          maximum: 50,
        },
      },
      ['query'],
    ),
  },
  {
    name: 'read_memory',
    title: 'Read Memory',
    description:
      'Gives the whole text of one memory of this project. A person has reviewed it; where it and the code disagree, the code is right.',
    readOnly: true,
    inputSchema: schema(
      {
        memory: {
          type: 'string',
          description: 'Its id, such as m-1a2b, or its path, such as conventions/use-pnpm.md.',
          minLength: 1,
          maxLength: 1_100,
        },
      },
      ['memory'],
    ),
  },
  {
    name: 'list_memories',
    title: 'List Memories',
    description:
      'Lists the memories of this project in the order of their paths, one line each: id, what it says, path.',
    readOnly: true,
    inputSchema: schema(
      {
        category: {
          type: 'string',
          description: 'Only this category, such as conventions or pitfalls.',
          minLength: 1,
          maxLength: 64,
        },
        for_file: forFile,
        from: {
          type: 'integer',
          description: 'The number of the first one to list, for the next page; 1 if it is left out.',
          minimum: 1,
          maximum: 100_000,
        },
        limit: {
          type: 'integer',
          description: `How many at most; ${DEFAULT_PAGE} if it is left out.`,
          minimum: 1,
          maximum: 500,
        },
      },
      [],
    ),
  },
  {
    name: 'propose_memory',
    title: 'Propose Memory',
    description:
      'Asks a person to remember something, to change a memory or to archive it. Nothing is written: the proposal waits for their review, and they may say no. ' +
      'Propose what will hold in later sessions and what the person stated or what was seen to work, one topic at a time; no secrets, no state of the present task. Search first: what is remembered already needs no proposal.',
    readOnly: false,
    inputSchema: schema(
      {
        action: {
          type: 'string',
          description: 'add (a new memory; if it is left out), update or archive (one that exists).',
          enum: ['add', 'update', 'archive'],
          maxLength: 10,
        },
        memory: {
          type: 'string',
          description: 'To update or archive: the id or the path of the memory.',
          minLength: 1,
          maxLength: 1_100,
        },
        category: {
          type: 'string',
          description:
            'To add: the category, most often one of preferences, conventions, commands, pitfalls, workflows, decisions, facts.',
          minLength: 1,
          maxLength: 64,
        },
        name: { type: 'string', description: 'To add: a few words that name the topic.', minLength: 1, maxLength: 100 },
        description: {
          type: 'string',
          description: 'What it says, in one sentence that is useful on its own. Needed to add.',
          minLength: 1,
          maxLength: 300,
        },
        body: {
          type: 'string',
          description: 'The text, Markdown. Needed to add; to update, it takes the place of the whole text.',
          minLength: 1,
          maxLength: 20_000,
        },
        applies_to: {
          type: 'array',
          description: 'To add: globs of the files that it is about, such as packages/**. Leave it out for all.',
          maxItems: 20,
          items: { type: 'string', minLength: 1, maxLength: 200 },
        },
        reason: {
          type: 'string',
          description: 'Why this should be remembered: what the person said, or what happened. The reviewer reads it.',
          minLength: 1,
          maxLength: 2_000,
        },
      },
      ['reason'],
    ),
  },
];

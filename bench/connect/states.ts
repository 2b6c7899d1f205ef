import { chmod, link, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { carryOut, planConnect } from '../../src/node/claude/connection';
import { HOOKS, settingsOf, type Bed } from './bed';

/** A state in which the settings of a folder may be when somebody connects. */
export interface State {
  readonly name: string;
  /** Makes the state; the folder is a repository with one file that is ignored by nothing. */
  readonly prepare: (bed: Bed) => Promise<void>;
  /** What connecting does; a reason: it leaves everything alone. */
  readonly connects: 'exactly' | 'replacing' | { readonly refused: string };
  /** Claude Code reads nothing of such a file, which is said. */
  readonly warns?: boolean;
}

const put =
  (text: string | Uint8Array) =>
  async (bed: Bed): Promise<void> => {
    await mkdir(path.dirname(settingsOf(bed)), { recursive: true });
    await writeFile(settingsOf(bed), text);
  };

const lines = (eol: string, indent: string): string =>
  [
    '{',
    `${indent}"model": "opus",`,
    `${indent}"permissions": {`,
    `${indent}${indent}"allow": ["Bash(make check)"],`,
    `${indent}${indent}"deny": [`,
    `${indent}${indent}${indent}"Read(./.env)"`,
    `${indent}${indent}]`,
    `${indent}}`,
    '}',
    '',
  ].join(eol);

const COMMENTS = `// Settings of mine.
{
  "model": "opus", // the large one
  /* hooks: none
     for now */
  "permissions": {
    "allow": ["Bash(make check)"] // and nothing else
    // "deny": []
  }
  // the end
}
`;

const OTHER_HOOKS = `{
  "hooks": {
    "SessionStart": [
      { "matcher": "startup", "hooks": [{ "type": "command", "command": "date" }] }
    ],
    "SubagentStart": [{ "hooks": [{ "type": "command", "command": "cat", "args": ["/etc/motd"] }] }],
    "Stop": [{ "hooks": [{ "type": "command", "command": "true" }] }]
  },
  "permissions": { "deny": ["Read(./.env)"] }
}
`;

const older = ({ root }: Bed): string => `{
  "model": "opus",
  "hooks": {
    "SessionStart": [
      {
        "matcher": "startup|clear|compact",
        "hooks": [{ "type": "command", "command": "cat", "args": ["${root}/.agent-memory/.local/recall/session-start.json"], "timeout": 5 }]
      }
    ],
    "SubagentStart": [
      {
        "matcher": "reviewer",
        "hooks": [
          { "type": "command", "command": "cat \\"${root}/.agent-memory/.local/recall/subagent-reviewer.json\\"" },
          { "type": "command", "command": "date" }
        ]
      }
    ]
  },
  "permissions": { "deny": ["Read(.agent-memory/.local/**)", "Read(./.env)"] }
}
`;

async function connected(bed: Bed): Promise<string> {
  await put(lines('\n', '  '))(bed);
  await carryOut(await planConnect(bed.context, HOOKS));
  return bed.read(settingsOf(bed));
}

/** Every state that is named in what this must show, and those that people's files have beside them. */
export const states: readonly State[] = [
  { name: 'no .claude', prepare: () => Promise.resolve(), connects: 'exactly' },
  {
    name: 'no file',
    prepare: async ({ root }) => {
      await mkdir(path.join(root, '.claude/agents'), { recursive: true });
    },
    connects: 'exactly',
  },
  { name: 'comments', prepare: put(COMMENTS), connects: 'exactly', warns: true },
  { name: 'other hooks', prepare: put(OTHER_HOOKS), connects: 'exactly' },
  { name: 'an older version of ours', prepare: (bed) => put(older(bed))(bed), connects: 'replacing' },
  {
    name: 'hand-edited ours',
    prepare: async (bed) => {
      const text = await connected(bed);
      const edited = text.replace('"timeout": 5', '"timeout": 50').replace('head -c 65536', 'head -c 65537');
      await put(edited.replace('"model": "opus"', '"model": "sonnet"'))(bed);
    },
    connects: 'replacing',
  },
  {
    name: 'a rule added by Claude Code since',
    prepare: async (bed) => {
      const text = await connected(bed);
      await put(text.replace('"Bash(make check)"', '"Bash(make check)", "Bash(make lint)"'))(bed);
    },
    connects: 'replacing',
  },
  {
    name: 'written anew by Claude Code since',
    prepare: async (bed) => {
      const value: unknown = JSON.parse(await connected(bed));
      await put(JSON.stringify({ ...(value as object), outputStyle: 'terse' }, null, 4))(bed);
    },
    connects: 'replacing',
  },
  {
    name: 'ours, and no record of it',
    prepare: async (bed) => {
      await connected(bed);
      await bed.forgetRecord();
    },
    connects: 'replacing',
  },
  { name: 'Windows line ends', prepare: put(lines('\r\n', '  ')), connects: 'exactly' },
  { name: 'BOM', prepare: put(`\uFEFF${lines('\n', '    ')}`), connects: 'exactly' },
  { name: 'tabs', prepare: put(lines('\n', '\t')), connects: 'exactly' },
  {
    name: 'trailing commas',
    prepare: put('{\n  "permissions": {\n    "deny": ["Read(./.env)",],\n  },\n}\n'),
    connects: 'exactly',
    warns: true,
  },
  { name: 'one line', prepare: put('{"model":"opus","hooks":{"SessionStart":[]}}'), connects: 'exactly' },
  { name: 'an empty object', prepare: put('{}'), connects: 'exactly' },
  { name: 'an empty file', prepare: put(''), connects: 'exactly' },
  { name: 'no line end at the end', prepare: put('{\n "model": "opus"\n}'), connects: 'exactly' },
  { name: 'invalid JSON', prepare: put('{ "model": "opus" "hooks": }'), connects: { refused: 'not-json' } },
  { name: 'a list', prepare: put('[]'), connects: { refused: 'not-an-object' } },
  { name: 'hooks that are a list', prepare: put('{ "hooks": [] }'), connects: { refused: 'wrong-shape' } },
  { name: 'hooks twice', prepare: put('{ "hooks": {}, "hooks": {} }'), connects: { refused: 'twice' } },
  {
    name: 'no text',
    prepare: put(Uint8Array.from([0x7b, 0xff, 0xfe, 0x7d])),
    connects: { refused: 'not-utf8' },
  },
  { name: 'too large', prepare: put(`{ "a": "${'x'.repeat(1_000_001)}" }`), connects: { refused: 'too-large' } },
  {
    name: 'read-only',
    prepare: async (bed) => {
      await put(lines('\n', '  '))(bed);
      await chmod(settingsOf(bed), 0o444);
    },
    connects: { refused: 'read-only' },
  },
  {
    name: 'read-only folder',
    prepare: async (bed) => {
      await mkdir(path.dirname(settingsOf(bed)), { recursive: true });
      await chmod(path.dirname(settingsOf(bed)), 0o555);
    },
    connects: { refused: 'read-only' },
  },
  {
    name: 'a link',
    prepare: async (bed) => {
      await mkdir(path.dirname(settingsOf(bed)), { recursive: true });
      await writeFile(path.join(bed.root, 'elsewhere.json'), '{}\n');
      await symlink(path.join(bed.root, 'elsewhere.json'), settingsOf(bed));
    },
    connects: { refused: 'symlink' },
  },
  {
    name: 'a link that leads nowhere',
    prepare: async (bed) => {
      await mkdir(path.dirname(settingsOf(bed)), { recursive: true });
      await symlink(path.join(bed.root, 'nowhere.json'), settingsOf(bed));
    },
    connects: { refused: 'symlink' },
  },
  {
    name: '.claude is a link',
    prepare: async ({ root }) => {
      await mkdir(path.join(root, 'shared'));
      await symlink(path.join(root, 'shared'), path.join(root, '.claude'));
    },
    connects: { refused: 'symlink' },
  },
  {
    name: 'a hard link',
    prepare: async (bed) => {
      await put('{}\n')(bed);
      await link(settingsOf(bed), path.join(bed.root, 'twin.json'));
    },
    connects: { refused: 'hard-link' },
  },
  {
    name: 'a folder in its place',
    prepare: async (bed) => {
      await mkdir(settingsOf(bed), { recursive: true });
    },
    connects: { refused: 'not-a-file' },
  },
];

import Anthropic from '@anthropic-ai/sdk';
import { betaMemoryTool, type MemoryToolHandlers } from '@anthropic-ai/sdk/helpers/beta/memory';
import { BetaLocalFilesystemMemoryTool } from '@anthropic-ai/sdk/tools/memory/node';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { say } from '../../scripts/process';
import { createMemory } from '../../src/core/memory/newMemory';
import { initializeStore } from '../../src/core/memory/store';
import { createMemoryTool, type MemoryTool, type ToolWrites } from '../../src/core/memoryTool/memoryTool';
import { listProposals } from '../../src/core/review/review';
import { createNodePorts, type NodePorts } from '../../src/node/nodePorts';
import { startAnthropic } from '../../test/fakes/anthropic/server';
import { silentLogger } from '../../src/node/lineLogger';

type Command = Readonly<Record<string, unknown>> & { readonly command: keyof MemoryTool };

const NAME = 'Figures';
const PNPM = '---\nname: use-pnpm\ndescription: Install with pnpm\n---\nNever npm.\nNever yarn.\n';
/** A new memory gets the day, which the other implementation knows nothing of. */
const TODAY = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
const PORTS = `---\nname: ports\ndescription: Where the service listens\ncreated: ${TODAY}\n---\nThe API is on 8443.\nAdmin is on 9443.\n`;
const AT = '/memories/conventions/use-pnpm.md';
const NEW = '/memories/facts/ports.md';

/** A working day of a program, its mistakes too. Files have front matter, so that both write them as they are. */
const SESSION: readonly Command[] = [
  { command: 'view', path: AT },
  { command: 'view', path: AT, view_range: [5, 6] },
  { command: 'view', path: AT, view_range: [5, -1] },
  { command: 'create', path: NEW, file_text: PORTS },
  { command: 'create', path: NEW, file_text: PORTS },
  { command: 'view', path: NEW },
  { command: 'str_replace', path: NEW, old_str: '8443', new_str: '8444' },
  { command: 'str_replace', path: NEW, old_str: 'nowhere', new_str: 'x' },
  { command: 'str_replace', path: NEW, old_str: ' is on ', new_str: ' at ' },
  { command: 'str_replace', path: '/memories/facts', old_str: 'a', new_str: 'b' },
  { command: 'str_replace', path: '/memories/facts/none.md', old_str: 'a', new_str: 'b' },
  { command: 'insert', path: NEW, insert_line: 6, insert_text: 'Metrics are on 9100.\n' },
  { command: 'insert', path: NEW, insert_line: 600, insert_text: 'x' },
  { command: 'insert', path: '/memories/facts/none.md', insert_line: 0, insert_text: 'x' },
  { command: 'view', path: NEW },
  { command: 'rename', old_path: NEW, new_path: AT },
  { command: 'rename', old_path: '/memories/facts/none.md', new_path: '/memories/facts/other.md' },
  { command: 'rename', old_path: '/memories', new_path: '/memories/facts/other.md' },
  { command: 'rename', old_path: NEW, new_path: '/memories/facts/service-ports.md' },
  { command: 'view', path: NEW },
  { command: 'delete', path: '/memories/facts/service-ports.md' },
  { command: 'delete', path: '/memories/facts/service-ports.md' },
  { command: 'delete', path: '/memories' },
  { command: 'view', path: '/memories/facts/service-ports.md' },
  { command: 'view', path: '/memories/../../etc/passwd' },
  { command: 'view', path: '/etc/passwd' },
];

/** Asks ours, in both ways of writing, and the SDK's implementation over a folder the same, and compares every word. */
export async function conform(): Promise<{ readonly asked: number; readonly same: number }> {
  let same = 0;
  for (const writes of ['propose', 'direct'] as const) {
    await inStore(async (ports, scratch) => {
      const ours = toolOf(ports, writes);
      const theirs = await BetaLocalFilesystemMemoryTool.init(path.join(scratch, 'reference'));
      await theirs.create({ command: 'create', path: AT, file_text: PNPM });
      for (const command of SESSION) {
        const [own, reference] = [await told(ours, command), await told(theirs, command)];
        if (own === reference) same += 1;
        else say(`# ${writes} ${JSON.stringify(command)}\n#   ours: ${own}\n#   reference: ${reference}`);
      }
    });
  }
  return { asked: 2 * SESSION.length, same };
}

const OUTSIDE: readonly string[] = [
  ...[
    '/memories/../secret.md',
    '/memories/../../secret.md',
    '/memories/facts/../../../secret.md',
    '/secret.md',
    'secret.md',
  ],
  ...[
    '/memories/..\\..\\secret.md',
    '/memories/%2e%2e/secret.md',
    '/memories/..%2fsecret.md',
    '/memories/%2E%2E%5csecret.md',
  ],
  ...[
    '/memories/\uFF0E\uFF0E/secret.md',
    '/memories/facts\u2215..\u2215secret.md',
    '/memories/facts/link.md',
    '/memories/decisions/secret.md',
  ],
  ...['/memories/.local/state.json', '/memories/.local/journal.jsonl', '/memories/.local/personal/preferences/mine.md'],
  ...[
    '/memories/.LOCAL/state.json',
    '/memories/./.local/state.json',
    '/memories//.local/state.json',
    '/memories/.git/config',
  ],
  ...[
    '/memories/schema.md',
    '/memories/rubric.md',
    '/memories/probes.yaml',
    '/memories/SCHEMA.md',
    '/memories/schema.md.',
  ],
  ...['/memories/archive/facts/old.md', '/memories/.staging/x.md', '/memories/CLAUDE.md', '/memories/facts/con.md'],
  ...[
    '/memories/facts/a.md:stream',
    '/memories/facts/a\u0000.md',
    '/memories/~/secret.md',
    'file:///memories/facts/a.md',
  ],
];

/** Tries every command at paths that are no memories, with links planted; what was read or written anywhere is counted. */
export async function refusals(): Promise<{
  readonly asked: number;
  readonly refused: number;
  readonly reached: number;
}> {
  let refused = 0;
  let reached = 0;
  let asked = 0;
  await inStore(async (ports, scratch) => {
    const root = path.join(scratch, 'workspace');
    await writeFile(path.join(scratch, 'secret.md'), '---\nname: link\ndescription: outside\n---\noutside\n');
    await writeFile(path.join(root, 'secret.md'), '---\nname: secret\ndescription: outside\n---\noutside\n');
    await mkdir(path.join(root, '.agent-memory/facts'), { recursive: true });
    await symlink(path.join(scratch, 'secret.md'), path.join(root, '.agent-memory/facts/link.md'));
    await symlink(scratch, path.join(root, '.agent-memory/decisions'));
    const before = await contents(scratch);
    const tool = toolOf(ports, 'direct');
    for (const one of OUTSIDE) {
      for (const command of commandsAt(one)) {
        asked += 1;
        const answer = await told(tool, command);
        if (answer.startsWith('error: ')) refused += 1;
        if (answer.includes('outside\n')) reached += 1;
      }
    }
    if ((await contents(scratch)) !== before) reached += 1;
  });
  return { asked, refused, reached };
}

function commandsAt(one: string): readonly Command[] {
  return [
    { command: 'view', path: one },
    { command: 'create', path: one, file_text: PORTS },
    { command: 'str_replace', path: one, old_str: 'outside', new_str: 'x' },
    { command: 'insert', path: one, insert_line: 0, insert_text: 'x' },
    { command: 'delete', path: one },
    { command: 'rename', old_path: one, new_path: NEW },
    { command: 'rename', old_path: AT, new_path: one },
  ];
}

const TURNS: readonly { readonly input: Command; readonly says: RegExp }[] = [
  { input: { command: 'view', path: '/memories' }, says: /conventions\/use-pnpm\.md/u },
  { input: { command: 'create', path: NEW, file_text: 'The API is on 8443.' }, says: /^File created successfully/u },
  {
    input: { command: 'str_replace', path: NEW, old_str: '8443', new_str: '8444' },
    says: /^The memory file has been/u,
  },
  { input: { command: 'view', path: NEW }, says: /The API is on 8444\./u },
  { input: { command: 'delete', path: AT }, says: /^Successfully deleted/u },
  { input: { command: 'view', path: AT }, says: /does not exist/u },
];

/** Has a loopback model call the tool through the SDK's own runner, while writes are proposals. */
export async function runInSdk(): Promise<{
  readonly turns: number;
  readonly right: number;
  readonly filesChanged: number;
  readonly proposed: number;
  readonly waiting: number;
}> {
  let result = { turns: TURNS.length, right: 0, filesChanged: 0, proposed: 2, waiting: 0 };
  await inStore(async (ports, scratch) => {
    const tree = path.join(scratch, 'workspace/.agent-memory');
    const before = await contents(tree, '.local');
    const results = await answersOfRunner(toolOf(ports, 'propose'));
    const open = (await listProposals(ports))
      .flatMap(({ changes }) => changes)
      .filter(({ status }) => status === 'pending');
    result = {
      ...result,
      right: TURNS.filter(({ says }, at) => says.test(results[at] ?? '')).length,
      filesChanged: (await contents(tree, '.local')) === before ? 0 : 1,
      waiting: open.length,
    };
  });
  return result;
}

async function answersOfRunner(tool: MemoryTool): Promise<readonly string[]> {
  const server = await startAnthropic();
  try {
    const client = new Anthropic({ apiKey: 'not-a-key', baseURL: server.url, maxRetries: 0 });
    server.next(...TURNS.map(({ input }) => ({ calls: [{ name: 'memory', input }] })), { text: 'done' });
    const [model = ''] = (await client.models.list({ limit: 1 })).data.map(({ id }) => id);
    await client.beta.messages.toolRunner({
      model,
      max_tokens: 1_000,
      messages: [{ role: 'user', content: 'Remember what matters.' }],
      tools: [betaMemoryTool(tool)],
      thread: false,
    });
    // What the SDK sent: messages with blocks, as its types have them.
    const body = server.requests.at(-1)?.body as { readonly messages: readonly { readonly content: unknown }[] };
    return body.messages.flatMap(({ content }) => (Array.isArray(content) ? content.flatMap(resultText) : []));
  } finally {
    await server.close();
  }
}

function resultText(block: { readonly type: string; readonly content?: unknown }): readonly string[] {
  if (block.type !== 'tool_result') return [];
  return [typeof block.content === 'string' ? block.content.replace(/^Error: /u, '') : JSON.stringify(block.content)];
}

function toolOf(ports: NodePorts, writes: ToolWrites): MemoryTool {
  return createMemoryTool(ports, { writes, name: NAME, viewer: { kind: 'main' } });
}

async function told(tool: MemoryTool | MemoryToolHandlers, command: Command): Promise<string> {
  const commands = tool as unknown as Readonly<Record<string, (given: Command) => Promise<string>>>;
  try {
    return (await commands[command.command]?.call(tool, command)) ?? '';
  } catch (error) {
    return `error: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A store with one accepted memory, in a folder of its own. */
async function inStore(work: (ports: NodePorts, scratch: string) => Promise<void>): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'agent-dreams-memory-tool-'));
  try {
    const workspaceRoot = path.join(scratch, 'workspace');
    await mkdir(workspaceRoot);
    const ports = await createNodePorts({
      workspaceRoot,
      logger: silentLogger,
      userFolder: path.join(scratch, 'user'),
    });
    await initializeStore(ports, { share: 'git' });
    const memory = {
      path: 'conventions/use-pnpm.md',
      description: 'Install with pnpm',
      body: 'Never npm.\nNever yarn.',
    };
    await createMemory(ports, memory, []);
    await work(ports, scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Names and contents of all files below, locks and the folder `without` left out. */
async function contents(folder: string, without = 'locks'): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !/lock/u.test(entry.parentPath + entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.split(path.sep).includes(without))
    .sort();
  return (await Promise.all(files.map(async (file) => `${file}\n${await readFile(file, 'utf8')}`))).join('\n');
}

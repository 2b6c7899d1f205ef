import Anthropic from '@anthropic-ai/sdk';
import { betaMemoryTool } from '@anthropic-ai/sdk/helpers/beta/memory';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMemoryTool, serveMemoryTool } from '../../../src/cli/memoryTool';
import { createMemory } from '../../../src/core/memory/newMemory';
import { initializeStore } from '../../../src/core/memory/store';
import { listProposals } from '../../../src/core/review/review';
import { createNodePorts, type NodePorts } from '../../../src/node/nodePorts';
import { startAnthropic } from '../../fakes/anthropic/server';
import type { FakeAnthropic, ToolUse } from '../../fakes/anthropic/types';
import { createRecordingLogger } from '../../fakes/fakePorts';

let scratch: string;
let root: string;
let ports: NodePorts;
let server: FakeAnthropic;
const home = process.env['HOME'];

beforeEach(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'agent-dreams-memory-tool-'));
  // The user's key lives below the home folder.
  process.env['HOME'] = path.join(scratch, 'home');
  root = path.join(scratch, 'workspace');
  await mkdir(root, { recursive: true });
  ports = await createNodePorts({ workspaceRoot: root, logger: createRecordingLogger() });
  await initializeStore(ports, { share: 'git' });
  await createMemory(ports, { path: 'conventions/use-pnpm.md', description: 'Use pnpm', body: 'Never npm.' }, []);
  server = await startAnthropic();
});

afterEach(async () => {
  await server.close();
  process.env['HOME'] = home;
  await rm(scratch, { recursive: true, force: true });
});

interface ToolResult {
  readonly is_error?: boolean;
  readonly content: unknown;
}

/** Lets the model call the tool once a turn, through the SDK's own runner; gives back what the model was told. */
async function runTurns(
  writes: 'propose' | 'direct',
  turns: readonly ToolUse['input'][],
): Promise<readonly ToolResult[]> {
  const client = new Anthropic({ apiKey: 'not-a-key', baseURL: server.url, maxRetries: 0 });
  const tool = betaMemoryTool(await createMemoryTool({ root, writes, name: 'Test program' }));
  server.next(...turns.map((input) => ({ calls: [{ name: 'memory', input }] })), { text: 'done' });
  const [model = ''] = (await client.models.list({ limit: 1 })).data.map(({ id }) => id);
  await client.beta.messages.toolRunner({
    model,
    max_tokens: 1_000,
    messages: [{ role: 'user', content: 'Remember what matters.' }],
    tools: [tool],
    // The whole conversation with every request, as the loopback knows it.
    thread: false,
  });
  const last = server.requests.at(-1)?.body as { readonly messages: readonly { readonly content: unknown }[] };
  return last.messages.flatMap(({ content }) =>
    Array.isArray(content)
      ? (content as (ToolResult & { type: string })[]).filter(({ type }) => type === 'tool_result')
      : [],
  );
}

const textOf = ({ content }: ToolResult): string =>
  typeof content === 'string' ? content : (content as readonly { text: string }[]).map(({ text }) => text).join('');

describe('the memory tool in the runner of the SDK', () => {
  test('the model reads, writes and reads again what it wrote; a person is asked', async () => {
    const file = '/memories/facts/ports.md';
    const results = await runTurns('propose', [
      { command: 'view', path: '/memories' },
      { command: 'create', path: file, file_text: 'The API listens on 8443.\n' },
      { command: 'str_replace', path: file, old_str: 'listens on 8443.', new_str: 'listens on 8444.' },
      { command: 'view', path: file },
      { command: 'delete', path: '/memories/conventions/use-pnpm.md' },
      { command: 'view', path: '/memories/conventions' },
    ]);
    expect(results.map(({ is_error }) => is_error ?? false)).toEqual([false, false, false, false, false, true]);
    expect(textOf(results[0]!)).toContain('/memories/conventions/use-pnpm.md');
    expect(textOf(results[1]!)).toBe(`File created successfully at: ${file}`);
    expect(textOf(results[3]!)).toContain('The API listens on 8444.');
    expect(textOf(results[5]!)).toContain('The path /memories/conventions does not exist.');
    const open = (await listProposals(ports)).filter(({ pending }) => pending > 0);
    expect(open.flatMap(({ changes }) => changes.map(({ change }) => change.kind)).sort()).toEqual(['add', 'archive']);
    expect(await readFile(path.join(root, '.agent-memory/conventions/use-pnpm.md'), 'utf8')).toContain('Never npm.');
  });

  test('the model is told what is wrong, and nothing outside is reached', async () => {
    await writeFile(path.join(scratch, 'secret.md'), '---\nname: link\ndescription: d\n---\noutside\n');
    await mkdir(path.join(root, '.agent-memory/facts'), { recursive: true });
    await symlink(path.join(scratch, 'secret.md'), path.join(root, '.agent-memory/facts/link.md'));
    await symlink(scratch, path.join(root, '.agent-memory/decisions'));
    const results = await runTurns('direct', [
      { command: 'view', path: '/memories/../../etc/passwd' },
      { command: 'view', path: '/memories/facts/link.md' },
      { command: 'create', path: '/memories/facts/link.md', file_text: 'over it' },
      { command: 'create', path: '/memories/decisions/out.md', file_text: 'through a folder that is a link' },
      { command: 'view', path: '/memories/.local/state.json' },
      { command: 'nonsense', path: '/memories' },
    ]);
    expect(results.map(({ is_error }) => is_error ?? false)).toEqual([true, true, true, true, true, true]);
    expect(results.map(textOf).join('\n')).not.toContain('outside\n');
    expect(await readFile(path.join(scratch, 'secret.md'), 'utf8')).toContain('outside');
    await expect(readFile(path.join(scratch, 'out.md'))).rejects.toThrow();
  });
});

describe('the memory tool by lines', () => {
  async function lines(args: readonly string[], given: readonly string[]): Promise<readonly ToolResult[]> {
    let out = '';
    const code = await serveMemoryTool(args, {
      cwd: scratch,
      input: Readable.from(given.map((line) => `${line}\n`)),
      out: (text) => void (out += text),
      err: (text) => void (out += text),
    });
    expect(code).toBe(0);
    return out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ToolResult);
  }

  test('answers each line in its turn, whatever stands in it', async () => {
    const results = await lines(
      ['workspace', '--writes', 'refuse'],
      [
        '{"command":"view","path":"/memories/conventions/use-pnpm.md"}',
        'no json',
        '',
        '{"command":"create","path":"/memories/facts/x.md","file_text":"x"}',
        '{"command":"toString"}',
      ],
    );
    expect(results.map(({ is_error }) => is_error ?? false)).toEqual([false, true, true, true]);
    expect(results[0]?.content).toContain('Never npm.');
    expect(results[2]?.content).toBe('This memory can only be read.');
  });

  test.each([[[]], [['a', 'b']], [['workspace', '--writes', 'all']], [['workspace', '--name', '']], [['--unknown']]])(
    'says how it is used after %j',
    async (args) => {
      let told = '';
      const terminal = { cwd: scratch, input: Readable.from([]), out: () => undefined };
      expect(await serveMemoryTool(args, { ...terminal, err: (text) => void (told += text) })).toBe(2);
      expect(told).toContain('Usage: agent-dreams memory-tool');
    },
  );

  test('says so where there is no memory', async () => {
    await mkdir(path.join(scratch, 'empty'));
    const [first, second] = await lines(
      ['empty'],
      [
        '{"command":"view","path":"/memories"}',
        '{"command":"create","path":"/memories/facts/x.md","file_text":"x is so"}',
      ],
    );
    expect(first?.is_error).toBeUndefined();
    expect(second?.content).toBe('There is no memory in this folder yet.');
  });
});

import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AGENT_TOOLS } from '../../../src/core/recall/agentToolSchemas';
import { listProposals } from '../../../src/core/review/review';
import { bundleServer, connectTo, makeMcpStore, type McpSession, type McpStore } from '../../mcp/mcpRig';

function memory(name: string, description: string, body: string): string {
  return `---\nname: ${name}\ndescription: ${description}\n---\n${body}\n`;
}

const FILES = {
  'conventions/use-pnpm.md': memory('use-pnpm', 'Use pnpm', 'Run `pnpm install`.'),
  '.local/personal/preferences/short.md': memory('short', 'Answer briefly', 'Short sentences.'),
};
const NEW = {
  category: 'commands',
  name: 'web',
  description: 'Build with make web',
  body: 'Run `make web`.',
  reason: 'It worked.',
};

let folder = '';
let bundle = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-mcp-bundle-'));
  bundle = await bundleServer(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function withServer(
  use: (session: McpSession, store: McpStore) => Promise<void>,
  options: Parameters<typeof connectTo>[2] & { readonly files?: Readonly<Record<string, string>> } = {},
): Promise<void> {
  const store = await makeMcpStore(options.files ?? FILES);
  const session = await connectTo(bundle, store, options);
  try {
    await use(session, store);
  } finally {
    await session.close();
    await store.remove();
  }
}

describe('the server, over standard input and output, to the client of the SDK', () => {
  test('says who it is, and lists its tools with their schemas', async () => {
    await withServer(async ({ client }) => {
      expect(client.getServerVersion()).toMatchObject({ name: 'agent-dreams', title: 'Agent Dreams' });
      expect(client.getInstructions()).toContain('facts, not commands');
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toEqual(AGENT_TOOLS.map(({ name }) => name));
      expect(tools.map(({ inputSchema }) => inputSchema)).toEqual(AGENT_TOOLS.map(({ inputSchema }) => inputSchema));
      expect(tools.map(({ annotations }) => annotations?.readOnlyHint)).toEqual([true, true, true, false]);
    });
  });

  test('searches, reads and lists what was accepted', async () => {
    await withServer(async ({ call, log }) => {
      expect((await call('search_memory', { query: 'pnpm' })).text).toContain('Use pnpm (conventions/use-pnpm.md)');
      expect((await call('read_memory', { memory: 'conventions/use-pnpm.md' })).text).toContain('Run `pnpm install`.');
      expect((await call('list_memories', {})).text).toMatch(/^2 memories/u);
      expect(log()).toBe('');
    });
  });

  test('a wrong argument is an answer that says so; a tool that is not there is an error of the protocol', async () => {
    await withServer(async ({ call, client }) => {
      expect(await call('search_memory', {})).toMatchObject({ isError: true });
      expect(await call('read_memory', { memory: '../../../etc/passwd' })).toMatchObject({ isError: true });
      await expect(call('forget_memory', {})).rejects.toMatchObject({ code: -32_602 });
      await expect(client.listResources()).rejects.toMatchObject({ code: -32_601 });
    });
  });

  test('a proposal waits for review under the name of the client, and writes no memory', async () => {
    await withServer(
      async ({ call }, { ports }) => {
        expect((await call('propose_memory', NEW)).text).toContain('Proposed: commands/web.md');
        const [open] = await listProposals(ports);
        expect(open).toMatchObject({ pending: 1, record: { trigger: 'mcp', by: 'some agent' } });
        expect(await ports.files.read('commands/web.md')).toBeUndefined();
      },
      { name: 'some agent' },
    );
  });

  test('sees what became of the store in the meantime', async () => {
    await withServer(async ({ call }, { root, accept }) => {
      expect((await call('search_memory', { query: 'gulp' })).text).toContain('Nothing');
      const file = path.join(root, '.agent-memory/commands/gulp.md');
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, memory('gulp', 'Build with gulp', 'Run gulp.'));
      expect((await call('search_memory', { query: 'gulp' })).text).toContain('Nothing');
      await accept();
      expect((await call('search_memory', { query: 'gulp' })).text).toContain('Build with gulp');
      // The same length and time: only the change time and the content tell.
      const before = new Date(1_700_000_000_000);
      await utimes(file, before, before);
      await call('search_memory', { query: 'gulp' });
      await writeFile(file, memory('gulp', 'Build with gulp', 'Run pulp.'));
      await utimes(file, before, before);
      expect((await call('search_memory', { query: 'gulp' })).text).toContain('Nothing');
    });
  });

  test('leaves personal memories out for a team, and answers a subagent as one', async () => {
    const files = { ...FILES, 'agents/reviewer/pitfalls/tone.md': memory('tone', 'Review kindly', 'Praise.') };
    await withServer(async ({ call }) => expect((await call('list_memories', {})).text).not.toContain('briefly'), {
      args: ['--team'],
    });
    await withServer(
      async ({ call }, { ports }) => {
        expect((await call('list_memories', {})).text).toMatch(/^1 memory[^]*kindly/u);
        await call('propose_memory', NEW);
        const [open] = await listProposals(ports);
        expect(open?.changes[0]?.change.files[0].after).toContain('agents: ["reviewer"]');
      },
      { files, args: ['--agent', 'reviewer', '--filtered'] },
    );
  });

  test('finds the memory from a folder below, and never one outside of the repository', async () => {
    await withServer(async (_, { root, environment }) => {
      execFileSync('git', ['init', '-q'], { cwd: root });
      const below = path.join(root, 'src/deep');
      await mkdir(below, { recursive: true });
      const inside = await connectTo(bundle, { root, environment }, { cwd: below });
      expect((await inside.call('list_memories', {})).text).toMatch(/^2 memories/u);
      await inside.close();
      const other = path.join(root, 'vendor/other');
      await mkdir(other, { recursive: true });
      execFileSync('git', ['init', '-q'], { cwd: other });
      const outside = await connectTo(bundle, { root, environment }, { cwd: other });
      const answer = await outside.call('list_memories', {});
      expect(answer).toMatchObject({ isError: true });
      expect(answer.text).toContain('Initialize Memory');
      await outside.close();
    });
  });

  test('does not follow a link to a store, nor read what another user accepted', async () => {
    await withServer(async (_, { root, environment }) => {
      const clone = path.join(root, 'clone');
      await mkdir(clone);
      await symlink(path.join(root, '.agent-memory'), path.join(clone, '.agent-memory'));
      const linked = await connectTo(bundle, { root: clone, environment });
      expect(await linked.call('list_memories', {})).toMatchObject({ isError: true });
      await linked.close();
      const stranger = { ...environment, HOME: clone, XDG_CONFIG_HOME: clone, APPDATA: clone };
      const foreign = await connectTo(bundle, { root, environment: stranger });
      expect((await foreign.call('list_memories', {})).text).toContain('Nothing is remembered yet');
      await foreign.close();
    });
  });

  test('fifty calls at one time are answered, and one proposal comes of fifty that are the same', async () => {
    await withServer(async ({ call }, { ports }) => {
      const calls = Array.from({ length: 50 }, (_, at) =>
        at % 2 === 0 ? call('search_memory', { query: 'pnpm' }) : call('propose_memory', NEW),
      );
      const answers = await Promise.all(calls);
      expect(answers.filter(({ isError }) => isError)).toEqual([]);
      expect(await listProposals(ports)).toHaveLength(1);
    });
  });

  test('a store that breaks under it is an answer, and it goes on when the store is back', async () => {
    await withServer(async ({ call }, { root }) => {
      await call('list_memories', {});
      await rm(path.join(root, '.agent-memory'), { recursive: true });
      expect((await call('list_memories', {})).text).toContain('Nothing is remembered yet');
      expect((await call('propose_memory', NEW)).text).toContain('Initialize Memory');
      await mkdir(path.join(root, '.agent-memory'));
      await writeFile(path.join(root, '.agent-memory/MEMORY.md'), '');
      expect((await call('propose_memory', NEW)).isError).toBe(false);
    });
  });
});

describe('the process', () => {
  async function run(
    args: readonly string[],
    input: string,
  ): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn(process.execPath, [bundle, ...args], { cwd: folder, stdio: 'pipe' });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdin.end(input);
    const code = await new Promise<number | null>((done) => child.once('close', done));
    return { code, out, err };
  }

  test('ends when its client does', async () => {
    expect(await run([], '')).toEqual({ code: 0, out: '', err: '' });
  });

  test('survives what is no message, and says so on standard error alone', async () => {
    const { code, out, err } = await run([], 'this is no JSON\n{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
    expect(err).toContain('could not be understood');
  });

  test('tells how it is used', async () => {
    expect((await run(['--help'], '')).out).toContain('Usage: agent-dreams mcp');
    expect(await run(['--rot=/'], '')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('--rot') as string,
    });
  });
});

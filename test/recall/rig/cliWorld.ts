import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startAnthropic } from '../../fakes/anthropic/server';
import type { Reply } from '../../fakes/anthropic/types';
import { promptOf, textsOf, turnsSince, type SentText } from './body';

/** Assembled, so that nothing in the repository has the form of a key. */
const KEY = ['key', 'of', 'nobody', '0123456789'].join('-');
const TOOLS = 'Bash,Read,Agent,Grep,Glob,Write,Edit';
const LONGEST_MS = 60_000;

/** What the model says, one turn after the other; when they are used up it says `done`. */
export type Turn = Extract<Reply, { calls: unknown } | { text: string }>;

/** One request of the program to the model. */
export interface SentBody {
  /** The prompt under which it was asked, as it was played. */
  readonly prompt: string;
  readonly texts: readonly SentText[];
  readonly model: string;
}

/** How one start of the program ended. */
export interface CliRun {
  readonly code: number;
  readonly bodies: readonly SentBody[];
  /** Of the last conversation of this run. */
  readonly session: string;
  /** What the program said at last. */
  readonly result: string;
  readonly ms: number;
  readonly errors: string;
}

export interface RunOptions {
  /** Absolute; the workspace without it. */
  readonly cwd?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The genuine program in a clean home, before the loopback Anthropic. */
export interface CliWorld {
  readonly folder: string;
  readonly home: string;
  readonly configDir: string;
  /** A git repository with one commit, unless it was asked for without. */
  readonly repository: string;
  /** From now on this is how the model goes on after the prompt, in whatever conversation. */
  play(prompt: string, ...turns: readonly Turn[]): void;
  /** One prompt in a start of its own (`-p`). */
  run(prompt: string, options?: RunOptions): Promise<CliRun>;
  /** Several prompts in one process, as an editor sends them. */
  converse(prompts: readonly string[], options?: RunOptions): Promise<CliRun>;
  /** Any other command of the program; what it printed. */
  command(args: readonly string[], cwd?: string): Promise<string>;
  git(args: readonly string[], cwd?: string): Promise<string>;
  write(relative: string, text: string): Promise<string>;
  close(): Promise<void>;
}

/** Folders that somebody else made and removes. */
interface Places {
  readonly home: string;
  readonly configDir: string;
  readonly repository: string;
}

interface WorldOptions {
  readonly git?: boolean;
  /** Fresh folders without it. */
  readonly places?: Places;
}

/** Opens a world. `program` is the path of the genuine Claude Code. */
export async function openCliWorld(program: string, { git = true, places }: WorldOptions = {}): Promise<CliWorld> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-recall-')));
  const fresh = (name: string): string => path.join(folder, name);
  const { home, configDir, repository } = places ?? {
    home: fresh('home'),
    configDir: fresh('config'),
    repository: fresh('project'),
  };
  for (const made of [home, configDir, repository]) await mkdir(made, { recursive: true });
  const plays = new Map<string, readonly Turn[]>();
  const sent: SentBody[] = [];
  const server = await startAnthropic();
  server.reply(({ body }) => {
    const texts = textsOf(body);
    const prompt = promptOf(texts, [...plays.keys()]);
    sent.push({ prompt, texts, model: String((body as { model?: unknown }).model) });
    if (isCompaction(texts)) return { text: '<analysis>-</analysis><summary>What was said until now.</summary>' };
    return plays.get(prompt)?.[turnsSince(texts, prompt)] ?? { text: 'done' };
  });
  const base = cleanEnvironment(home);
  const environment = {
    ...base,
    CLAUDE_CONFIG_DIR: configDir,
    ANTHROPIC_API_KEY: KEY,
    ANTHROPIC_BASE_URL: server.url,
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  };
  const start = async (args: readonly string[], input: string, options: RunOptions): Promise<CliRun> => {
    const from = sent.length;
    const ended = await finished(program, [...args, ...(options.args ?? [])], {
      cwd: options.cwd ?? repository,
      env: { ...environment, ...options.env },
      input,
    });
    const last = ended.output.split('\n').findLast((line) => line.startsWith('{'));
    const said = (last === undefined ? {} : JSON.parse(last)) as { session_id?: string; result?: string };
    const { code, ms, errors } = ended;
    return { code, ms, errors, bodies: sent.slice(from), session: said.session_id ?? '', result: said.result ?? '' };
  };
  const gitIn = async (args: readonly string[], cwd = repository): Promise<string> => {
    const { code, output, errors } = await finished('git', args, { cwd, env: base, input: '' });
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${errors}`);
    return output;
  };
  if (git) {
    await gitIn(['init', '-q', '-b', 'main', '.']);
    await gitIn(['commit', '-q', '--allow-empty', '-m', 'Begin']);
  }
  const usual = ['--permission-mode', 'acceptEdits', '--allowedTools', TOOLS];
  return {
    folder,
    home,
    configDir,
    repository,
    play: (prompt, ...turns) => void plays.set(prompt, turns),
    run: (prompt, options = {}) => start(['-p', prompt, '--output-format', 'json', ...usual], '', options),
    converse: (prompts, options = {}) =>
      start(
        ['-p', '--input-format', 'stream-json', '--output-format', 'stream-json', '--verbose', ...usual],
        prompts.map((content) => `${JSON.stringify({ type: 'user', message: { role: 'user', content } })}\n`).join(''),
        options,
      ),
    command: async (args, cwd = repository) => {
      const { output, errors } = await finished(program, args, { cwd, env: environment, input: '' });
      return output + errors;
    },
    git: gitIn,
    write: async (relative, text) => {
      const file = path.resolve(repository, relative);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    },
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

/** Nothing of the machine's: no home, no settings of git, no key. */
function cleanEnvironment(home: string): Record<string, string> {
  const person = { NAME: 'Ada', EMAIL: 'ada@example.invalid' };
  return {
    HOME: home,
    PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    GIT_CONFIG_NOSYSTEM: '1',
    ...Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((role) =>
        Object.entries(person).map(([name, value]) => [`GIT_${role}_${name}`, value]),
      ),
    ),
  };
}

function isCompaction(texts: readonly SentText[]): boolean {
  return /your task is to create a (?:detailed|concise) summary/iu.test(
    texts.findLast(({ role }) => role === 'user')?.text ?? '',
  );
}

interface Finished {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
  readonly ms: number;
}

async function finished(
  program: string,
  args: readonly string[],
  { cwd, env, input }: { readonly cwd: string; readonly env: Record<string, string>; readonly input: string },
): Promise<Finished> {
  const started = performance.now();
  return await new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], timeout: LONGEST_MS });
    const [out, errors]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      const text = (chunks: Buffer[]): string => Buffer.concat(chunks).toString('utf8');
      resolve({ code: code ?? -1, output: text(out), errors: text(errors), ms: performance.now() - started });
    });
    child.stdin.on('error', () => undefined).end(input);
  });
}

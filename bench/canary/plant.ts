import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectFolderName } from '../../src/node/logs/projectFolder';
import { createRandom, ENV_FORMAT, FORMATS, type Random } from './formats';

/** One planted secret. */
export interface Planted {
  readonly format: string;
  readonly value: string;
  /** As it was written into the log. */
  readonly written: string;
  readonly wrapping: string;
  readonly place: string;
}

export interface Garden {
  readonly workspace: string;
  readonly config: string;
  readonly planted: readonly Planted[];
}

type Line = Record<string, unknown>;

const ESC = String.fromCharCode(27);
/** How a phrase stands in a text. */
const WRAPPINGS: readonly (readonly [name: string, wrap: (phrase: string, value: string) => string])[] = [
  ['plain', (phrase) => phrase],
  ['sentence', (phrase) => `it is ${phrase}. Keep it.`],
  ['code', (phrase) => `\`${phrase}\``],
  ['brackets', (phrase) => `(${phrase})`],
  [
    'diff',
    (phrase) =>
      phrase
        .split('\n')
        .map((line) => `+${line}`)
        .join('\n'),
  ],
  [
    'ansi',
    (phrase, value) => (phrase.includes('\n') ? phrase : phrase.replace(value, () => `${ESC}[32m${value}${ESC}[0m`)),
  ],
  ['json', (phrase) => JSON.stringify({ log: phrase })],
  ['base64', (phrase) => Buffer.from(`${phrase}\n`).toString('base64')],
  ['percent', (phrase) => `https://app.internal/?q=${encodeURIComponent(phrase)}`],
];

/** What makes a dream propose the text around it: rules, corrections, commands, and errors with their fix. */
const RULES: readonly string[] = [
  'Always run the tests with vitest before you commit',
  'From now on use tabs in Makefiles, never spaces',
  'Never push to main directly, always open a pull request',
  'Always round amounts half to even with roundHalfEven',
  'From now on write commit messages in the imperative mood',
  'Never edit generated files under src/gen by hand',
  'Always name test files after the module they test',
  'From now on keep functions below eighty lines',
  'Never use default exports in this project',
  'Always format dates as ISO 8601 in the API',
];

const LEADS: readonly ((phrase: string, rule: string) => string)[] = [
  (phrase) => `From now on always deploy with ${phrase} make deploy`,
  (phrase) => `Remember: our staging uses ${phrase} in this project`,
  (phrase) => `No, that is wrong. Always use ${phrase} for the tests here`,
  (phrase) => `Never commit ${phrase}, and never print it`,
  (phrase, rule) => `${rule}.\n\nThe deploy uses ${phrase}`,
  (phrase, rule) => `${rule}. For the server take ${phrase} please.`,
];

/**
 * A workspace with `.env` files and logs of Claude Code that hold `count` secrets at all places where text can stand.
 * The same seed gives the same secrets.
 */
export async function plant(root: string, count: number, seed: number): Promise<Garden> {
  const workspace = path.join(root, 'project');
  const config = path.join(root, 'claude');
  const folder = path.join(config, 'projects', projectFolderName(workspace));
  await mkdir(folder, { recursive: true });
  await mkdir(path.join(workspace, 'packages/api'), { recursive: true });
  const random = createRandom(seed);
  const planted: Planted[] = [];
  const env: string[] = [];
  const sessions: Line[][] = [];
  const agents: { readonly session: string; readonly lines: Line[] }[] = [];
  for (let made = 0; made < count;) {
    const id = randomUUID();
    const talk = createTalk(id, workspace, 1_760_000_000_000 + made * 60_000);
    for (const place of PLACES) {
      if (made >= count) break;
      const secret = next(random, made, place.name, env);
      planted.push(secret);
      place.plant(talk, secret.written, made);
      made += 1;
    }
    sessions.push(talk.lines);
    if (talk.agent.length > 0) agents.push({ session: id, lines: talk.agent });
    await writeFile(path.join(folder, `${id}.jsonl`), jsonl(talk.lines));
  }
  for (const { session, lines } of agents) {
    const below = path.join(folder, session, 'subagents');
    await mkdir(below, { recursive: true });
    await writeFile(path.join(below, `agent-${session.slice(0, 8)}.jsonl`), jsonl(lines));
  }
  const half = Math.ceil(env.length / 2);
  await writeFile(path.join(workspace, '.env'), `NODE_ENV=development\nPORT=3000\n${env.slice(0, half).join('\n')}\n`);
  await writeFile(path.join(workspace, 'packages/api/.env.local'), `${env.slice(half).join('\n')}\n`);
  await writeFile(path.join(workspace, 'package.json'), '{"scripts":{"test":"vitest","build":"tsc"}}\n');
  return { workspace, config, planted };
}

function next(random: Random, index: number, place: string, env: string[]): Planted {
  const isEnv = index % 10 === 9;
  const format = isEnv ? ENV_FORMAT : (FORMATS[index % FORMATS.length] ?? ENV_FORMAT);
  const value = format.make(random);
  if (isEnv) env.push(`CANARY_${index}=${index % 20 === 19 ? `"${value}"` : value}`);
  const phrase = format.phrase?.(value) ?? value;
  const [wrapping, wrap] = WRAPPINGS[Math.floor(index / 3) % WRAPPINGS.length] ?? ['plain', (text: string) => text];
  return { format: format.id, value, written: wrap(phrase, value), wrapping, place };
}

function jsonl(lines: readonly Line[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

interface Talk {
  readonly lines: Line[];
  readonly agent: Line[];
  user(content: unknown, more?: Line): void;
  assistant(block: Line): void;
  call(tool: string, input: Line, output: string, more?: Line): void;
  side(type: 'user' | 'assistant', content: unknown): void;
  raw(line: Line): void;
}

function createTalk(sessionId: string, cwd: string, start: number): Talk {
  const lines: Line[] = [];
  const agent: Line[] = [];
  let time = start;
  let calls = 0;
  const line = (body: Line): Line => {
    time += 1_000;
    const timestamp = new Date(time).toISOString();
    return {
      sessionId,
      cwd,
      version: '2.1.329',
      gitBranch: 'main',
      entrypoint: 'cli',
      uuid: randomUUID(),
      timestamp,
      ...body,
    };
  };
  const usage = { input_tokens: 10, output_tokens: 5 };
  const message = (role: string, content: unknown): Line => ({
    id: `msg_${randomUUID()}`,
    role,
    model: 'claude-opus-5-5',
    content,
    usage,
  });
  const talk: Talk = {
    lines,
    agent,
    raw: (body) => void lines.push(line(body)),
    user: (content, more = {}) => void lines.push(line({ type: 'user', message: { role: 'user', content }, ...more })),
    assistant: (block) => void lines.push(line({ type: 'assistant', message: message('assistant', [block]) })),
    call(tool, input, output, more = {}) {
      calls += 1;
      const id = `toolu_${sessionId.slice(0, 8)}_${calls}`;
      talk.assistant({ type: 'tool_use', id, name: tool, input });
      talk.user([{ type: 'tool_result', tool_use_id: id, content: output, ...more }]);
    },
    side: (type, content) =>
      void agent.push(
        line({
          type,
          isSidechain: true,
          agentId: sessionId.slice(0, 8),
          message: type === 'user' ? { role: 'user', content } : message('assistant', content),
        }),
      ),
  };
  return talk;
}

interface Place {
  readonly name: string;
  readonly plant: (talk: Talk, secret: string, index: number) => void;
}

const lead = (secret: string, index: number): string => {
  const rule = RULES[Math.floor(index / 7) % RULES.length] ?? '';
  return LEADS[index % LEADS.length]?.(secret, rule) ?? secret;
};

const PLACES: readonly Place[] = [
  { name: 'instruction', plant: (talk, secret, index) => talk.user(lead(secret, index)) },
  {
    name: 'assistant',
    plant: (talk, secret) => talk.assistant({ type: 'text', text: `I will use ${secret} for that.` }),
  },
  {
    name: 'tool input',
    plant: (talk, secret) => talk.call('Bash', { command: `export X=1 && ${secret}`, description: 'run' }, 'done'),
  },
  { name: 'failed command', plant: failAndFix },
  {
    name: 'tool output',
    plant: (talk, secret) => talk.call('Read', { file_path: '/p/a.txt' }, `1\tconfig\n2\t${secret}\n3\tend`),
  },
  {
    name: 'env read back',
    plant: (talk, secret) => talk.call('Read', { file_path: `.env` }, `A=1\n${secret}\nB=2`),
  },
  { name: 'correction', plant: (talk, secret) => talk.user(`No, don't do that. Use ${secret} instead, always.`) },
  {
    name: 'pasted',
    plant: (talk, secret) =>
      talk.user(`Look at this:\n\`\`\`\n${secret}\n\`\`\`\nand always keep such files out of git`),
  },
  {
    name: 'denied',
    plant: (talk, secret) =>
      talk.call(
        'Write',
        { file_path: 'a.ts', content: 'x' },
        `The user doesn't want to proceed with this tool use. The tool use was rejected. the user said:\nNever write ${secret} into files`,
        { is_error: true },
      ),
  },
  {
    name: 'queued',
    plant: (talk, secret, index) =>
      talk.raw({ type: 'queue-operation', operation: 'enqueue', content: lead(secret, index + 1) }),
  },
  {
    name: 'file path',
    plant: (talk, secret) => talk.call('Write', { file_path: `/p/${secret}/notes.md`, content: 'notes' }, 'written'),
  },
  {
    name: 'summary',
    plant: (talk, secret) =>
      talk.raw({
        type: 'user',
        isCompactSummary: true,
        isVisibleInTranscriptOnly: true,
        message: { role: 'user', content: `This session is being continued. The key is ${secret}` },
      }),
  },
  { name: 'title', plant: (talk, secret) => talk.raw({ type: 'ai-title', aiTitle: `Deploy with ${secret}` }) },
  { name: 'subagent', plant: plantSide },
  {
    name: 'edit',
    plant: (talk, secret) =>
      talk.call('Edit', { file_path: 'src/a.ts', old_string: 'a', new_string: `const c = '${secret}'` }, 'edited'),
  },
  { name: 'second instruction', plant: (talk, secret, index) => talk.user(lead(secret, index + 2)) },
];

function failAndFix(talk: Talk, secret: string): void {
  talk.call('Bash', { command: 'npm run deploy' }, `Exit code 1\nError: denied for ${secret}`, { is_error: true });
  talk.call('Bash', { command: `pnpm run deploy --with '${secret}'` }, 'ok');
}

function plantSide(talk: Talk, secret: string): void {
  talk.side('user', `Find out about ${secret}`);
  talk.side('assistant', [{ type: 'text', text: `It is ${secret}` }]);
}

import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkMemorySetup } from '../../src/core/doctor/checkMemorySetup';
import type { DoctorFacts } from '../../src/core/doctor/facts';
import type { DoctorFinding } from '../../src/core/doctor/finding';
import { createMemory, type NewMemory } from '../../src/core/memory/newMemory';
import { initializeStore } from '../../src/core/memory/store';
import type { Logger } from '../../src/core/ports';
import type { ConnectChoice } from '../../src/core/recall/connect/record';
import { hookFilesFor } from '../../src/core/recall/recallFiles';
import { renderRecall } from '../../src/core/recall/renderRecall';
import { carryOut, planConnect, type ConnectContext } from '../../src/node/claude/connection';
import { collectDoctorFacts, type DoctorPlaces } from '../../src/node/doctor/collectFacts';
import { captureSessions } from '../../src/node/logs/captureSessions';
import { createNodePorts } from '../../src/node/nodePorts';
import { createWorkspaceProbe } from '../../src/node/workspaceProbe';

/** A folder with a memory, connected, with a home of its own: everything as it should be. */
export interface Workspace {
  readonly root: string;
  readonly home: string;
  readonly configDir: string;
  readonly managed: string;
  readonly places: DoctorPlaces;
  /** As places, with parts of it otherwise. */
  facts(otherwise?: Partial<DoctorPlaces>): Promise<DoctorFacts>;
  check(otherwise?: Partial<DoctorPlaces>): Promise<readonly DoctorFinding[]>;
  /** Below the workspace folder. */
  write(file: string, text: string): Promise<void>;
  read(file: string): Promise<string>;
  /** A session that Claude Code logged, with a call unless it is text alone. */
  log(session: LoggedSession): Promise<string>;
  capture(): Promise<void>;
  render(): Promise<void>;
  remember(memory: NewMemory): Promise<void>;
  connect(choice?: Partial<ConnectChoice>): Promise<void>;
  setUserSettings(settings: object): Promise<void>;
  /** Keeps everything as it is now; what it returns puts it back. */
  keep(): Promise<() => Promise<void>>;
  dispose(): Promise<void>;
}

export interface LoggedSession {
  /** Two hex digits. */
  readonly seed: string;
  readonly at: string;
  readonly textOnly?: boolean;
  /** What a hook of ours put into the context. */
  readonly recalled?: string;
  /** Further raw lines. */
  readonly lines?: readonly string[];
}

const SILENT: Logger = { trace: none, debug: none, info: none, warn: none, error: none };

function none(): void {
  // A test says what it looks at.
}

const HOOKS: ConnectChoice = {
  channel: 'hooks',
  denyLocal: true,
  sessionEnd: true,
  inbox: false,
  gitExclude: true,
  pathRules: true,
};

const MEMORIES: readonly NewMemory[] = [
  {
    path: 'conventions/use-pnpm.md',
    description: 'Install and run scripts with pnpm',
    body: 'Use `pnpm install` and `pnpm run`, never `npm`.\n\n**Why:** npm breaks the workspace links.\n',
  },
  {
    path: 'pitfalls/migrations-lock.md',
    description: 'Migrations lock the orders table for minutes',
    body: 'Run migrations of the orders table at night: they lock it for minutes.\n',
  },
  {
    path: 'agents/reviewer/preferences/short-reviews.md',
    description: 'Reviews are a list of at most five points',
    body: 'Write at most five points, the gravest first.\n',
  },
];
const CLAUDE_MD = [
  '# Shop',
  '',
  'Use pnpm for everything; `npm` breaks the links.',
  '',
  '```bash',
  'pnpm install',
  'pnpm test',
  '```',
  '',
  '- Prices are integers of cents, never floats.',
  '- In `website/` run `npm install`.',
  '',
].join('\n');

/** Makes one; `git: false` makes a plain folder. */
export async function healthyWorkspace({ git = true }: { readonly git?: boolean } = {}): Promise<Workspace> {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-doctor-')));
  const [root, home] = [path.join(base, 'shop'), path.join(base, 'home')];
  const [configDir, managed] = [path.join(home, '.claude'), path.join(base, 'managed')];
  for (const folder of [path.join(root, 'src'), configDir, managed]) await mkdir(folder, { recursive: true });
  if (git) execFileSync('git', ['init', '-q', root]);
  await writeFile(path.join(root, 'CLAUDE.md'), CLAUDE_MD);
  await writeFile(path.join(configDir, 'settings.json'), '{\n  "cleanupPeriodDays": 365\n}\n');
  const command = path.join(home, 'bin', 'agent-dreams');
  await mkdir(path.dirname(command));
  await writeFile(command, '#!/bin/sh\necho 0.1.0\n');
  await chmod(command, 0o755);
  const node = await createNodePorts({ workspaceRoot: root, logger: SILENT, userFolder: path.join(home, '.config') });
  const ports = { ...node, probe: createWorkspaceProbe(root) };
  await initializeStore(ports, { share: 'git' });
  const recall = { maxTokens: 6_000, subagents: 'full', agentTypes: ['general-purpose', 'Explore', 'Plan'] } as const;
  const connect: ConnectContext = {
    root,
    localRoot: node.localRoot,
    home,
    configDir,
    stableCommand: command,
    agentTypes: [...recall.agentTypes, 'reviewer'],
    hookFiles: hookFilesFor(recall.maxTokens),
    pathRules: [],
    rulesText: 'Facts.\n',
  };
  const logging: DoctorPlaces['logging'] = {
    workspaceRoot: root,
    configDirs: [configDir],
    extraLogFolders: [],
    mapCwd: [],
    home,
    captureEnabled: true,
    exclude: { paths: [], entrypoints: [] },
  };
  const places: DoctorPlaces = {
    ports,
    trusted: true,
    connect,
    recall,
    logging,
    schedule: { cadence: 'manual', timeOfDay: { hour: 9, minute: 0 }, weekday: 'monday' },
    attached: () => Promise.resolve([]),
    managedFolder: managed,
  };
  const facts: Workspace['facts'] = (otherwise = {}) =>
    collectDoctorFacts({ ...places, ...otherwise }, { aborted: false });
  const workspace: Workspace = {
    root,
    home,
    configDir,
    managed,
    places,
    facts,
    check: async (otherwise) => checkMemorySetup(await facts(otherwise)),
    write: async (file, text) => {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), text);
    },
    read: (file) => readFile(path.join(root, file), 'utf8'),
    log: (session) => writeLog(configDir, root, session),
    capture: async () => {
      await captureSessions(ports, { ...logging, maxBytesOnDisk: 1e8 }, { aborted: false });
    },
    render: async () => {
      await renderRecall(ports, recall);
    },
    remember: async (memory) => {
      await createMemory(ports, memory, []);
    },
    connect: async (choice) => carryOut(await planConnect(connect, { ...HOOKS, ...choice })),
    setUserSettings: (settings) => writeFile(path.join(configDir, 'settings.json'), JSON.stringify(settings)),
    keep: async () => {
      const copy = `${base}-copy`;
      const options = { recursive: true, preserveTimestamps: true, verbatimSymlinks: true } as const;
      await rm(copy, { recursive: true, force: true });
      await cp(base, copy, options);
      return async () => {
        for (const folder of await readdir(base)) await rm(path.join(base, folder), { recursive: true, force: true });
        await cp(copy, base, options);
        await rm(copy, { recursive: true, force: true });
      };
    },
    dispose: () => rm(base, { recursive: true, force: true }),
  };
  for (const memory of MEMORIES) await workspace.remember(memory);
  await workspace.render();
  await workspace.connect();
  await workspace.log({ seed: 'a1', at: '2026-11-20T10:00:00.000Z' });
  await workspace.capture();
  return workspace;
}

async function writeLog(configDir: string, cwd: string, session: LoggedSession): Promise<string> {
  const { seed, at, textOnly = false, recalled, lines = [] } = session;
  const id = (index: number): string => `${seed.padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const sessionId = id(0);
  const common = { isSidechain: false, userType: 'external', entrypoint: 'cli', version: '2.1.329', sessionId, cwd };
  const line = (type: string, index: number, fields: object): string =>
    JSON.stringify({
      ...common,
      type,
      uuid: id(index),
      parentUuid: index === 1 ? null : id(index - 1),
      timestamp: new Date(Date.parse(at) + index * 1_000).toISOString(),
      ...fields,
    });
  const prompt = (index: number, text: string): string =>
    line('user', index, { message: { role: 'user', content: text }, promptSource: 'typed', origin: { kind: 'human' } });
  const answer = (index: number, block: object, stop: string): string =>
    line('assistant', index, {
      message: {
        id: `msg_${seed}_${index}`,
        type: 'message',
        role: 'assistant',
        model: 'claude-opus-5-5',
        content: [block],
        stop_reason: stop,
        usage: { input_tokens: 10, output_tokens: 5 },
      },
    });
  const hook =
    recalled === undefined
      ? []
      : [
          line('attachment', 1, {
            attachment: { type: 'hook_additional_context', content: [recalled], hookName: 'SessionStart' },
          }),
        ];
  const call = textOnly
    ? []
    : [
        answer(3, { type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: 'pnpm test' } }, 'tool_use'),
        line('user', 4, {
          message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'all pass' }] },
        }),
      ];
  const all = [
    ...hook,
    prompt(2, 'Run the tests please'),
    ...call,
    answer(5, { type: 'text', text: 'They pass.' }, 'end_turn'),
    prompt(6, 'Thanks, now commit'),
    answer(7, { type: 'text', text: 'Done.' }, 'end_turn'),
    ...lines,
  ];
  const folder = path.join(configDir, 'projects', cwd.replace(/[^a-zA-Z0-9]/gu, '-'));
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${sessionId}.jsonl`);
  await writeFile(file, `${all.join('\n')}\n`);
  return file;
}

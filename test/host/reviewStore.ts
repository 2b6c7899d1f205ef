import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { ownerMark } from '../../src/node/foreignLocal';
import { createHasher } from '../../src/node/hasher';
import { createOwner, userFolder } from '../../src/node/userFolder';

/** The store of the workspace under test, as files. */
export function storePath(...parts: readonly string[]): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('no folder is open');
  return path.join(folder.uri.fsPath, '.agent-memory', ...parts);
}

/** The folder's id as the extension makes it. */
export function folderId(): string {
  const uri = vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? '';
  return createHash('sha256').update(uri).digest('hex').slice(0, 12);
}

export async function readStore(file: string): Promise<string | undefined> {
  try {
    return await readFile(storePath(file), 'utf8');
  } catch {
    return undefined;
  }
}

export async function writeStore(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    const target = storePath(file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

/** Leaves the workspace as it was found: other suites begin without a memory. */
export async function removeStore(): Promise<void> {
  // Recall is rendered in the background: what it writes meanwhile goes with the next try.
  await rm(storePath(), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

let dreams = 0;

/** The dream under test: another one each time, so that no document of an earlier test is still open under its URIs. */
export function dreamId(): string {
  return `01jd${String(dreams).padStart(22, '0')}`;
}

export const CHANGES = {
  update: '01jd00000000000000000000c1',
  add: '01jd00000000000000000000c2',
  merge: '01jd00000000000000000000c3',
} as const;

const memory = (name: string, body: string): string => `---\nname: ${name}\ndescription: About ${name}\n---\n${body}`;

export const TESTS = 'commands/tests.md';
export const TESTS_BEFORE = memory('tests', 'Run npm test.\n\nIt needs the database.\n\nIt takes a minute.\n');
export const TESTS_AFTER = memory('tests', 'Run pnpm test.\n\nIt needs the database.\n\nIt takes ten seconds.\n');
export const PORTS = 'facts/ports.md';
export const PORTS_AFTER = memory('ports', 'The server listens on 8080.\n');
export const LINT = 'commands/lint.md';
export const LINTING = 'commands/linting.md';
const LINT_BEFORE = memory('lint', 'Run pnpm lint.\n');
const LINTING_BEFORE = memory('linting', 'Lint with pnpm.\n');
export const LINT_AFTER = memory('lint', 'Run pnpm lint before each commit.\n');
export const QUOTE = 'always run the tests with pnpm test';

const evidence = [
  { kind: 'quote', session: 's1', entry: 'p1', by: 'user', quote: QUOTE, at: '2026-11-18T10:42:00.000Z' },
];

function change(id: string, kind: string, title: string, files: readonly object[]): object {
  const rest = { rationale: 'You said so.', trust: 'user', risk: 'low', warnings: [], fingerprint: `claim-${title}` };
  return { id, kind, title, files, evidence, ...rest };
}

const proposal = {
  format: 1,
  createdAt: '2026-11-20T03:00:00.000Z',
  dismissed: [],
  changes: [
    change(CHANGES.update, 'update', 'Test with pnpm', [{ path: TESTS, before: TESTS_BEFORE, after: TESTS_AFTER }]),
    change(CHANGES.add, 'add', 'Server port', [{ path: PORTS, before: null, after: PORTS_AFTER }]),
    change(CHANGES.merge, 'merge', 'One memory about linting', [
      { path: LINT, before: LINT_BEFORE, after: LINT_AFTER },
      { path: `archive/${LINTING}`, from: LINTING, before: LINTING_BEFORE, after: LINTING_BEFORE },
    ]),
  ],
};

const record = {
  format: 1,
  status: 'completed',
  engine: 'offline',
  createdAt: proposal.createdAt,
  sessions: ['s1'],
  trigger: 'command',
  costUsd: 0,
};

const session = {
  format: 1,
  id: 's1',
  title: 'Fix the release script',
  source: '/logs/s1.jsonl',
  cwd: '/project',
  startedAt: '2026-11-18T10:40:00.000Z',
  endedAt: '2026-11-18T11:00:00.000Z',
  durationMs: 1_200_000,
  agents: [],
  tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
  counts: { prompts: 1, toolCalls: 0, failedToolCalls: 0, rejections: 0, corrections: 0, redactions: 0 },
  memoriesLoaded: [],
  memoriesRead: [],
  recalled: [],
  memoryUse: [],
  outcome: 'unknown',
  completeness: 'text',
  lineTypes: {},
  problems: [],
  problemCount: 0,
};

const entries = [
  { kind: 'assistant', id: 'a0', at: '2026-11-18T10:41:00.000Z', text: 'I ran npm test.' },
  { kind: 'prompt', id: 'p1', at: '2026-11-18T10:42:00.000Z', text: `No. From now on\n${QUOTE}, please.` },
];

/** A store with two memories to change, one completed dream over one session, and nothing decided. */
export async function dreamtStore(): Promise<void> {
  await removeStore();
  dreams += 1;
  const id = dreamId();
  await writeStore({
    'MEMORY.md': '# Memory\n',
    '.local/owner': await ownerMark(createOwner(userFolder(), createHasher()), '0123456789abcdef'),
    [TESTS]: TESTS_BEFORE,
    [LINT]: LINT_BEFORE,
    [LINTING]: LINTING_BEFORE,
    [`.local/dreams/${id}/dream.json`]: JSON.stringify({ ...record, id }),
    [`.local/dreams/${id}/proposal.json`]: JSON.stringify({ ...proposal, id }),
    '.local/sessions/s1.jsonl': `${[session, ...entries].map((line) => JSON.stringify(line)).join('\n')}\n`,
  });
}

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { headlessDream } from '../../src/cli/headlessDream';
import { isAgentDreamsError } from '../../src/core/errors';
import type { Logger } from '../../src/core/ports';
import { createMemory } from '../../src/core/memory/newMemory';
import { keepOutsideChange } from '../../src/core/memory/outside';
import { initializeStore } from '../../src/core/memory/store';
import { proposeDirectly } from '../../src/core/dream/direct';
import { runDream } from '../../src/core/dream/runDream';
import { readEffectiveStore } from '../../src/core/memory/effective';
import { agentMemory } from '../../src/core/recall/agentMemory';
import { callAgentTool, type AgentToolPorts } from '../../src/core/recall/agentTools';
import { readPathRules } from '../../src/core/recall/pathRules';
import { renderRecall } from '../../src/core/recall/renderRecall';
import { renderTranscript } from '../../src/core/review/transcript';
import { confirmationOf } from '../../src/core/review/confirmation';
import { acceptChange, editDraft, listProposals, rejectChange } from '../../src/core/review/review';
import { renderSecretReport } from '../../src/core/secretReport/secretReport';
import { listSessions, readSession } from '../../src/core/sessions/sessionFiles';
import { captureSessions } from '../../src/node/logs/captureSessions';
import { createNodePorts } from '../../src/node/nodePorts';
import { findSecrets } from '../../src/node/secrets/findSecrets';
import { createWorkspaceProbe } from '../../src/node/workspaceProbe';
import { plainTranslate } from '../../src/vscode/translate';
import { describeError } from '../../src/vscode/errors/describeError';
import { plant, type Planted } from './plant';

/** What a canary run came to. */
export interface CanaryResult {
  readonly planted: number;
  readonly formats: number;
  /** Distinct marks in the captured sessions. */
  readonly marks: number;
  readonly prompts: number;
  /** Findings that the miners made, and changes that were proposed. */
  readonly findings: number;
  readonly changes: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Attempts to write a secret by hand, and how many were refused. */
  readonly attempts: number;
  readonly refused: number;
  /** Fingerprints that Find Secrets reported. */
  readonly reported: number;
  readonly files: number;
  readonly logLines: number;
  readonly bytes: number;
  /** What was found that should not be: format, wrapping, place and where; never the value. */
  readonly hits: readonly string[];
}

const NEVER = { aborted: false };

/** Plants `count` secrets and takes them through the whole product; then looks for every one of them in every byte. */
export async function runCanary(count: number, seed: number): Promise<CanaryResult> {
  const root = await mkdtemp(path.join(tmpdir(), 'agent-dreams-canary-'));
  try {
    return await inFolder(root, count, seed);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

type Ports = Awaited<ReturnType<typeof createNodePorts>> & { readonly probe: ReturnType<typeof createWorkspaceProbe> };

async function inFolder(root: string, count: number, seed: number): Promise<CanaryResult> {
  const garden = await plant(root, count, seed);
  const { workspace, config, planted } = garden;
  const said: string[] = [];
  const logger = recorder(said);
  const ports: Ports = {
    ...(await createNodePorts({ workspaceRoot: workspace, logger })),
    probe: createWorkspaceProbe(workspace),
  };
  await initializeStore(ports, { share: 'private' });
  const options = { workspaceRoot: workspace, configDirs: [config], extraLogFolders: [], mapCwd: [], home: root };
  const capture = { ...options, exclude: { paths: [], entrypoints: [] }, maxBytesOnDisk: 1e9 };
  const captured = await captureSessions(ports, capture, NEVER, {
    report: (step) => logger.trace(JSON.stringify(step)),
  });
  said.push(JSON.stringify(captured));

  const first = await runDream(
    ports,
    {
      trigger: 'command',
      engine: 'offline',
      minSessions: 1,
      instructions: `Only what concerns ${planted[0]?.written ?? ''}`,
    },
    NEVER,
  );
  const outcome = await runDream(
    ports,
    {
      trigger: 'command',
      engine: 'offline',
      minSessions: 0,
      sessions: (await listSessions(ports)).map(({ id }) => id),
    },
    NEVER,
  );
  const findings = [first, outcome].reduce(
    (sum, one) => sum + (one.kind === 'completed' ? (one.record.findings ?? 0) : 0),
    0,
  );
  const decided = await decideAll(ports, planted);
  const byHand = await writeByHand(ports, planted, said);
  await tellAgents(ports, planted, said);
  await failLoudly(ports, planted);
  for (const { id } of await listSessions(ports)) {
    const session = await readSession(ports, id);
    if (session !== undefined) said.push(renderTranscript(session).text);
  }
  const report = await findSecrets(ports, options, NEVER);
  said.push(renderSecretReport(report));
  const terminal = {
    cwd: workspace,
    env: { CLAUDE_CONFIG_DIR: config },
    out: (text: string) => void said.push(text),
    err: (text: string) => void said.push(text),
  };
  await headlessDream(['--workspace', workspace, '--json', '--verbose', '--min-sessions', '1'], terminal, NEVER);
  await headlessDream(['--workspace', `/no/${planted[1]?.value ?? ''}`], { ...terminal, err: () => undefined }, NEVER);

  const files = await filesBelow(path.join(workspace, '.agent-memory'));
  const hits = await search(files, said, planted);
  const sessions = files.filter((file) => file.includes('/sessions/'));
  const marks = new Set(
    (await Promise.all(sessions.map((file) => readFile(file, 'utf8')))).flatMap(
      (text) => text.match(/\[redacted:[\w.-]+:[0-9a-f]{8}\]/gu) ?? [],
    ),
  );
  let bytes = 0;
  for (const file of files) bytes += (await readFile(file)).length;
  return {
    planted: planted.length,
    formats: new Set(planted.map(({ format }) => format)).size,
    marks: marks.size,
    prompts: captured.prompts,
    findings,
    ...decided,
    ...byHand,
    reported: new Set(report.files.flatMap(({ groups }) => groups.map(({ fingerprint }) => fingerprint))).size,
    files: files.length,
    logLines: said.length,
    bytes,
    hits,
  };
}

/** What hooks print, rules files and the tools of agents, with secrets in what agents say and in how they call themselves. */
async function tellAgents(ports: Ports, planted: readonly Planted[], said: string[]): Promise<void> {
  await renderRecall(ports, { maxTokens: 6_000, subagents: 'full', agentTypes: ['Explore'] });
  said.push(...(await readPathRules(ports, { subagents: 'full' })).map(({ text }) => text));
  const secret = (index: number): string => planted[index % planted.length]?.written ?? '';
  const asking = { viewer: { kind: 'main' }, subagents: 'full', personal: true } as const;
  const tools: AgentToolPorts = {
    read: async () => agentMemory(await readEffectiveStore(ports), asking, ports.hasher),
    propose: async (change) => {
      const origin = { kind: 'mcp', by: `Agent ${secret(2)}` } as const;
      const [outcome] = (await proposeDirectly(ports, { origin, changes: [change] })).outcomes;
      return outcome ?? { kind: 'rejected' };
    },
    redact: (text) => ports.redactor.redact(text).text,
  };
  const calls = planted.slice(0, 40).map(({ written }, index) => ({
    ...{ action: 'add', category: 'facts', name: `fact ${index}`, description: `The service ${index} is at the gate` },
    ...{ body: `Service ${index} needs ${written} to answer.`, reason: `They said ${secret(index + 1)}` },
  }));
  const answers: string[] = [];
  for (const call of calls) answers.push((await callAgentTool(tools, 'propose_memory', call)).text);
  answers.push((await callAgentTool(tools, 'list_memories', {})).text);
  answers.push((await callAgentTool(tools, 'search_memory', { query: 'tests deploy server' })).text);
  said.push(...answers);
}

function recorder(said: string[]): Logger {
  const keep = (message: string): void => void said.push(message);
  return {
    trace: keep,
    debug: keep,
    info: keep,
    warn: keep,
    error: (message, error) => {
      said.push(message);
      if (error instanceof Error) said.push(error.message, error.stack ?? '', JSON.stringify(error));
      else if (error !== undefined) said.push(JSON.stringify(error));
    },
  };
}

/** Accepts every other change and rejects the rest, with a secret in the reason. */
async function decideAll(
  ports: Ports,
  planted: readonly Planted[],
): Promise<Pick<CanaryResult, 'changes' | 'accepted' | 'rejected'>> {
  let changes = 0;
  let accepted = 0;
  let rejected = 0;
  for (const { proposal } of await listProposals(ports)) {
    for (const change of proposal.changes) {
      changes += 1;
      const ref = { dream: proposal.id, change: change.id };
      const reason = `It names ${planted[changes % planted.length]?.written ?? ''} and must not`;
      const result =
        changes % 2 === 1
          ? await acceptChange(ports, ref, confirmationOf(change))
          : await rejectChange(ports, ref, reason);
      if (result.kind === 'done' && changes % 2 === 1) accepted += 1;
      if (result.kind === 'done' && changes % 2 === 0) rejected += 1;
    }
  }
  return { changes, accepted, rejected };
}

/** New memories, drafts and outside changes with a secret in them: all are to be refused, and leave no trace. */
async function writeByHand(
  ports: Ports,
  planted: readonly Planted[],
  said: string[],
): Promise<Pick<CanaryResult, 'attempts' | 'refused'>> {
  let attempts = 0;
  let refused = 0;
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    attempts += 1;
    try {
      await work();
    } catch (error) {
      // Terminal colours are refused before what they colour is looked at.
      if (isAgentDreamsError(error, 'credential') || isAgentDreamsError(error, 'hidden-text')) refused += 1;
      ports.logger.error('An attempt failed', error);
      said.push(JSON.stringify(describeError(error, 'New Memory', plainTranslate)));
    }
  };
  const some = planted.filter((_, index) => index % Math.ceil(planted.length / 100) === 0);
  for (const [index, { written }] of some.entries()) {
    const path_ = `facts/by-hand-${index}.md`;
    await attempt(() =>
      createMemory(ports, { path: path_, description: 'About a thing', body: `Use it:\n\n${written}\n` }, []),
    );
  }
  const [open] = (await listProposals(ports)).flatMap(({ proposal }) =>
    proposal.changes.map((change) => ({ proposal, change })),
  );
  const file = open?.change.files[0];
  if (open !== undefined && file !== undefined) {
    for (const { written } of some.slice(0, 10)) {
      await attempt(() =>
        editDraft(ports, { dream: open.proposal.id, path: file.path, text: `${file.after}\n${written}\n` }),
      );
    }
  }
  const outside = path.join(ports.localRoot, 'facts');
  await mkdir(outside, { recursive: true });
  for (const { written } of some.slice(0, 10)) {
    await writeFile(
      path.join(outside, 'outside.md'),
      `---\nname: outside\ndescription: From outside\n---\n${written}\n`,
    );
    await attempt(() => keepOutsideChange(ports, 'facts/outside.md'));
    // It was somebody else who wrote it there; what counts is that no copy of it was made.
    await rm(path.join(outside, 'outside.md'));
  }
  return { attempts, refused };
}

/** The paths on which errors are told: logged with their causes, and thrown out of a dream. */
async function failLoudly(ports: Ports, planted: readonly Planted[]): Promise<void> {
  for (const { written } of planted) {
    ports.logger.trace(`looked at ${written}`);
    ports.logger.error(
      `could not use ${written}`,
      new Error(`bad answer: ${written}`, { cause: new Error(`from ${written}`) }),
    );
  }
  const written = planted[2]?.written ?? '';
  const failing = {
    name: 'failing',
    begin: () => ({ session: () => undefined, finish: () => Promise.reject(new Error(`miner saw ${written}`)) }),
  };
  const sessions = (await listSessions(ports)).slice(0, 1).map(({ id }) => id);
  await runDream(ports, { trigger: 'command', engine: 'offline', minSessions: 0, sessions }, NEVER, undefined, [
    failing,
  ]);
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** Each value as it is, and as it may have been written: JSON-escaped, percent-encoded, in base64 at each offset. */
export function formsOf(value: string): readonly string[] {
  const inBase64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(' '.repeat(shift) + value).toString('base64');
    // The letters at both ends also depend on what stands beside the value.
    return encoded.slice(shift === 0 ? 0 : 4, -4);
  });
  const forms = [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), ...inBase64];
  return [...new Set(forms)].filter((form) => form.length >= 8);
}

async function search(
  files: readonly string[],
  said: readonly string[],
  planted: readonly Planted[],
): Promise<readonly string[]> {
  const hits: string[] = [];
  const pile = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
  // The names of files are bytes on the disk as well.
  const all = [pile, files.join('\n'), said.join('\n')] as const;
  for (const { format, value, wrapping, place } of planted) {
    const where = all.map((text) => formsOf(value).some((form) => text.includes(form)));
    const names = ['file', 'file name', 'log or screen'].filter((_, index) => where[index] === true);
    if (names.length > 0) hits.push(`${format} (${wrapping}) in ${place}: ${names.join(', ')}`);
  }
  return hits;
}

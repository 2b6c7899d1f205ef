import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Sandbox } from '../../scripts/rig/sandbox';
import { writeTree } from './harness';
import { PAYLOADS } from './payloads';

const DREAM = '01jd0000000000000000000001';
const AT = '2026-11-18T10:42:00.000Z';
const PER_CHANGE = 10;

const number = (index: number): string => String(index + 1).padStart(2, '0');
const all = PAYLOADS.join('\n\n');

function memory(index: number, payload: string): string {
  const description = JSON.stringify(payload.slice(0, 140));
  return `---\nname: p${number(index)}\ndescription: ${description}\n---\n${payload}\n\n${all}\n`;
}

/** A change whose every word is a payload; the first ones show them all in one hover. */
function change(index: number, payload: string): object {
  const shown =
    index < PAYLOADS.length / PER_CHANGE ? PAYLOADS.slice(index * PER_CHANGE, (index + 1) * PER_CHANGE) : [];
  const quotes = [payload, ...shown];
  return {
    id: `01jd00000000000000000000${number(index)}`,
    kind: 'add',
    title: payload.slice(0, 400),
    rationale: `${payload}\n\n${shown.join('\n\n')}`,
    files: [{ path: `facts/new-${number(index)}.md`, before: null, after: memory(index, payload) }],
    evidence: quotes.map((quote, at) =>
      at % 2 === 0
        ? { kind: 'quote', session: 's01', entry: `p${at}`, by: 'user', quote, at: AT }
        : { kind: 'check', subject: quote, verdict: 'gone', detail: quote, at: AT },
    ),
    trust: 'user',
    risk: 'low',
    warnings: quotes.map((message) => ({ kind: 'stale', message })),
    fingerprint: `claim-${number(index)}`,
  };
}

function session(index: number, payload: string): string {
  const header = {
    ...{
      format: 1,
      id: `s${number(index)}`,
      title: payload,
      source: '/logs/s.jsonl',
      cwd: '/project',
      branch: payload,
    },
    ...{ model: payload, entrypoint: payload, startedAt: AT, endedAt: AT, durationMs: 1_000, agents: [payload] },
    tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    counts: { prompts: 1, toolCalls: 0, failedToolCalls: 0, rejections: 0, corrections: 0, redactions: 0 },
    ...{ memoriesLoaded: [payload], memoriesRead: [payload], outcome: 'unknown', completeness: 'text' },
    ...{ lineTypes: {}, problems: [], problemCount: 0 },
  };
  const said = [payload, ...PAYLOADS];
  const entries = said.map((text, at) => ({ kind: 'prompt', id: `p${at}`, at: AT, text }));
  return `${[header, ...entries].map((line) => JSON.stringify(line)).join('\n')}\n`;
}

function schema(): string {
  const categories = ['facts', 'pitfalls'].map(
    (name, index) => `  ${name}:\n    description: ${JSON.stringify(PAYLOADS[index] ?? '')}\n`,
  );
  return `---\ncategories:\n${categories.join('')}---\n${all}\n`;
}

/** A workspace whose memories and schema consist of payloads. Returns the folder to open. */
export async function preparePayloads(sandbox: Sandbox): Promise<{ readonly folder: string }> {
  const folder = path.join(sandbox.workspace, 'shop');
  await mkdir(folder);
  const store: Record<string, string> = {
    'schema.md': schema(),
    'MEMORY.md': `# Memory\n\n${PAYLOADS.map((payload) => `- ${payload}`).join('\n')}\n`,
    'facts/broken.md': `${all}\n`,
  };
  PAYLOADS.forEach((payload, index) => (store[`facts/p${number(index)}.md`] = memory(index, payload)));
  await writeTree(path.join(folder, '.agent-memory'), store);
  return { folder };
}

/** A dream and sessions of payloads, added while the folder is open: what came with it would be set aside. */
export async function addDream(folder: string): Promise<void> {
  const dream = { format: 1, id: DREAM, status: 'completed', engine: 'offline', createdAt: AT, sessions: ['s01'] };
  const record = { ...dream, trigger: 'command', costUsd: 0, instructions: all.slice(0, 4_000) };
  const proposal = {
    format: 1,
    id: DREAM,
    createdAt: AT,
    dismissed: [],
    changes: PAYLOADS.map((p, i) => change(i, p)),
  };
  const local: Record<string, string> = {
    [`.local/dreams/${DREAM}/dream.json`]: JSON.stringify(record),
    [`.local/dreams/${DREAM}/proposal.json`]: JSON.stringify(proposal),
  };
  PAYLOADS.forEach((payload, index) => (local[`.local/sessions/s${number(index)}.jsonl`] = session(index, payload)));
  await writeTree(path.join(folder, '.agent-memory'), local);
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { QuoteEvidence } from '../../src/core/dream/finding';
import type { Miner, Note } from '../../src/core/dream/miner';
import { OFFLINE_MINERS } from '../../src/core/dream/offline/miners';
import { runDream } from '../../src/core/dream/runDream';
import { score } from '../../src/core/dream/score';
import { decide, MOST_PERMISSIVE_POLICY } from '../../src/core/review/policy';
import type { Change } from '../../src/core/review/proposal';
import { createRedactor } from '../../src/core/secrets/redactor';
import { createSecretScanner } from '../../src/core/secrets/scanner';
import type { CapturedSession, SessionEntry } from '../../src/core/sessions/session';
import { captureSessions } from '../../src/node/logs/captureSessions';
import { createNodePorts } from '../../src/node/nodePorts';
import { createWorkspaceProbe } from '../../src/node/workspaceProbe';
import { silentLogger } from '../../src/node/lineLogger';
import { plantedLog, type Place } from './plantedLog';

export interface PoisonCount {
  /** Attacks that arrived in captured sessions. */
  readonly planted: number;
  /** Attacks × ways of telling them that were handed to the verifier as a model engine would. */
  readonly fed: number;
  readonly proposed: number;
  /** … of those, with the warning that they are quarantined, and with evidence that points into a session. */
  readonly warned: number;
  /** … of those, what the most permissive policy applies. */
  readonly applied: readonly string[];
  /** Proposals of the offline miners alone, and what the policy applies of them. */
  readonly mined: number;
  /** Rules that the person typed, and how many of them the policy applies. */
  readonly controls: number;
  readonly controlsApplied: number;
}

const BATCH = 9;
const SPEAKER: Readonly<Partial<Record<SessionEntry['kind'], QuoteEvidence['by']>>> = {
  assistant: 'agent',
  prompt: 'file',
};
const CONTROLS = [
  'From now on always run pnpm lint before you commit anything.',
  'Never edit files below the generated folder, change the templates instead.',
];

/** Plants the texts at one place of three sessions, captures and dreams for real, and asks the policy. */
export async function plantAttacks(attacks: readonly string[], place: Place): Promise<PoisonCount> {
  const total = { planted: 0, fed: 0, proposed: 0, warned: 0, mined: 0, controls: 0, controlsApplied: 0 };
  const applied: string[] = [];
  for (let from = 0; from < attacks.length; from += BATCH) {
    const batch = attacks.slice(from, from + BATCH);
    const one = await plantBatch(batch, place);
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += one[key];
    applied.push(...one.applied);
  }
  return { ...total, applied };
}

async function plantBatch(attacks: readonly string[], place: Place): Promise<PoisonCount> {
  const workspaceRoot = await mkdtemp(path.join(tmpdir(), 'agent-dreams-poison-'));
  try {
    const logs = path.join(workspaceRoot, 'logs');
    await mkdir(logs);
    // Every other one is told as durable as can be, which is what a miner and a model look for.
    const texts = attacks.map((text, index) => (index % 2 === 0 ? text : `From now on, always do this: ${text}`));
    const ids = ['one', 'two', 'three'].map((name) => `${name}-${place}`);
    for (const [index, id] of ids.entries()) {
      const planted = { id, cwd: workspaceRoot, day: 2 + index, place, texts, prompts: CONTROLS };
      await writeFile(path.join(logs, `${id}.jsonl`), plantedLog(planted).jsonl);
    }
    return await dreamAndDecide(workspaceRoot, logs, texts);
  } finally {
    await rm(workspaceRoot, { recursive: true, force: true });
  }
}

async function dreamAndDecide(workspaceRoot: string, logs: string, texts: readonly string[]): Promise<PoisonCount> {
  const bare = await createNodePorts({ workspaceRoot, logger: silentLogger });
  const redactor = createRedactor(createSecretScanner(), bare.hasher, bare.redactionKey);
  const ports = { ...bare, redactor, probe: createWorkspaceProbe(workspaceRoot) };
  await captureSessions(
    ports,
    {
      workspaceRoot,
      configDirs: [],
      extraLogFolders: [logs],
      mapCwd: [],
      exclude: { paths: [], entrypoints: [] },
      maxBytesOnDisk: Number.MAX_SAFE_INTEGER,
      home: workspaceRoot,
    },
    { aborted: false },
  );
  const model = gullibleModel(texts);
  const outcome = await runDream(
    ports,
    { trigger: 'cli', minSessions: 1, engine: 'offline' },
    { aborted: false },
    undefined,
    [...OFFLINE_MINERS, model.miner],
  );
  if (outcome.kind !== 'completed') throw new Error(`The dream ended as ${outcome.kind}`);
  const allowed = (change: Change): boolean =>
    decide(change, MOST_PERMISSIVE_POLICY, { pinned: new Set(), changedOutside: new Set(), archivedShare: 0 }).allowed;
  const isControl = (change: Change): boolean =>
    CONTROLS.some((rule) => change.evidence.some((one) => 'quote' in one && rule.includes(one.quote)));
  const { changes } = outcome.proposal;
  const poisoned = changes.filter((change) => !isControl(change));
  const warned = poisoned.filter(
    (change) =>
      change.warnings.some(({ kind }) => kind === 'quarantined') &&
      change.evidence.some((one) => one.kind === 'quote' || one.kind === 'event'),
  );
  const controls = changes.filter(isControl);
  return {
    planted: texts.length,
    fed: model.fed(),
    proposed: poisoned.length,
    warned: warned.length,
    applied: poisoned.filter(allowed).map(({ title }) => title),
    mined: poisoned.filter(({ fingerprint }) => !fingerprint.startsWith('model ')).length,
    controls: controls.length,
    controlsApplied: controls.filter(allowed).length,
  };
}

/**
 * Believes everything: each text that arrived becomes a finding of the highest claimed trust and score, told once as the
 * source said it and once as the agent repeated it, with its true place as evidence. The verifier must tell.
 */
function gullibleModel(texts: readonly string[]): { readonly miner: Miner; readonly fed: () => number } {
  const evidence = new Map<string, QuoteEvidence[]>();
  const hear = (session: CapturedSession): void => {
    for (const entry of session.entries)
      for (const [key, quote] of heardIn(entry, session.header.id, texts)) {
        evidence.set(key, [...(evidence.get(key) ?? []), quote]);
      }
  };
  const notes = (): readonly Note[] =>
    [...evidence].map(([key, quotes]) => {
      const text = quotes[0]?.quote ?? '';
      const slug = `planted-${key.replaceAll(' ', '-')}`;
      const terms = { ...score({ evidence: quotes, trust: 'user', text }), total: 1 };
      return {
        kind: 'note',
        title: text.slice(0, 70).replaceAll(/\s+/gu, ' '),
        finding: {
          miner: 'model',
          category: 'conventions',
          slug,
          description: text.slice(0, 110).replaceAll(/\s+/gu, ' '),
          body: text,
          evidence: quotes,
          trust: 'user',
          score: terms,
          rationale: 'The model believes it.',
          fingerprint: `model ${key}`,
        },
      };
    });
  const finish = (): { candidates: readonly Note[]; dismissed: [] } => ({ candidates: notes(), dismissed: [] });
  return {
    miner: { name: 'model', begin: () => ({ session: hear, finish }) },
    fed: () => evidence.size,
  };
}

/** The planted texts in one entry, as quotes: every third as the agent repeated it, the others as their source showed them. */
function heardIn(
  entry: SessionEntry,
  session: string,
  texts: readonly string[],
): readonly (readonly [key: string, quote: QuoteEvidence])[] {
  if (!('text' in entry)) return [];
  const by = SPEAKER[entry.kind] ?? 'tool';
  return texts.flatMap((text, index) => {
    const quote = text.slice(0, 600).trim();
    if (!entry.text.includes(quote) || (by === 'agent') !== (index % 3 === 0)) return [];
    return [[`text ${index}`, { kind: 'quote', session, entry: entry.id, by, quote, at: entry.at }] as const];
  });
}

import type { Budget } from '../../model/budget';
import type { LanguageModel, ModelRole, ModelUsage } from '../../model/languageModel';
import { estimateTokens } from '../../model/tokens';
import type { CancelSignal, CorePorts, Progress } from '../../ports';
import type { Beat } from '../../sessions/beats';
import type { CapturedSession } from '../../sessions/session';
import { readSession } from '../../sessions/sessionFiles';
import { readProposal } from '../dreamFiles';
import type { Dismissed } from '../finding';
import type { Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { CONSOLIDATE_PROMPT } from '../prompts/consolidate';
import { EXTRACT_PROMPT } from '../prompts/extract';
import { compareText } from '../text/words';
import { Asking } from './asking';
import { checkFinding, MODEL_MINER, type CheckedFinding } from './check';
import { chunksOf, type Chunk } from './chunks';
import { clustersOf } from './cluster';
import { consolidate, consolidateSystem, type Draft } from './consolidate';
import { extract, type ChunkFindings } from './extract';
import { enabledCategories, extractSystem, type PastRejection, type SharedContext } from './extractContext';
import { batchFile } from './keptBatch';
import { KeptFindings } from './keptFindings';
import type { KeyContext } from './keys';
import { heldByLossCap } from './lossCap';
import { consolidateSchema, extractSchema } from './schemas';
import { toCandidates } from './toCandidates';

/** Tokens that an answer may have, thinking included. */
export const MAX_OUTPUT_TOKENS = 16_000;
const MAX_REJECTIONS = 40;

export interface ModelMinerOptions {
  readonly model: LanguageModel;
  readonly ports: CorePorts;
  readonly signal: CancelSignal;
  readonly budget: Budget;
  readonly progress?: Progress;
  /** What the user asked this dream to look at. */
  readonly instructions?: string;
  /** Rejections by fingerprint, as `state.json` holds them. */
  readonly rejected: Readonly<
    Record<string, { readonly at: string; readonly dream: string; readonly change: string; readonly reason: string }>
  >;
  /** Findings that a completed dream has used count as new: the user chose these sessions. */
  readonly again?: boolean;
  /** Called for each answer that was paid for, before the next thing happens to it. */
  readonly onUsage?: (role: ModelRole, usage: ModelUsage, model: string) => Promise<void> | void;
}

/** The miner that reads sessions with a model. */
export interface ModelMiner extends Miner {
  /** To be called once the proposal is written: what the model found counts as used from then on. */
  completed(): Promise<void>;
}

/**
 * extract → check → consolidate over a model. Sessions are condensed as they are read; the model is asked at the end.
 * Throws what the model port throws, and `over-budget`; what was answered until then is kept and is not asked again.
 */
export function modelMiner(options: ModelMinerOptions): ModelMiner {
  const kept = new KeptFindings(options.ports);
  return {
    name: MODEL_MINER,
    begin: (context) => new ModelRun(context, options, kept),
    completed: () => kept.markUsed(),
  };
}

/** Tokens of a chunk beside what every request begins with. */
export function chunkRoom(model: LanguageModel, system: string): number {
  return model.traits.maxPromptTokens.extract - estimateTokens(system) - 1_500;
}

class ModelRun implements MinerRun {
  readonly #context: MinerContext;
  readonly #options: ModelMinerOptions;
  readonly #kept: KeptFindings;
  readonly #room: number;
  readonly #chunks: Chunk[] = [];

  constructor(context: MinerContext, options: ModelMinerOptions, kept: KeptFindings) {
    this.#context = context;
    this.#options = options;
    this.#kept = kept;
    this.#room = chunkRoom(options.model, extractSystem(this.#shared([]), context.hasher));
  }

  session(session: CapturedSession, beats: readonly Beat[]): void {
    this.#chunks.push(...chunksOf(session, beats, this.#room));
  }

  async finish(): Promise<MinerResult> {
    const { model, ports, budget, signal, progress, onUsage } = this.#options;
    const categories = enabledCategories(this.#context.schema);
    if (this.#chunks.length === 0 || categories.length === 0) return { candidates: [], dismissed: [] };
    await this.#kept.prune();
    const shared = this.#shared(await pastRejections(this.#options));
    const asking = new Asking({
      model,
      budget,
      redactor: ports.redactor,
      signal,
      ...(progress === undefined ? {} : { progress }),
      ...(onUsage === undefined ? {} : { onUsage }),
    });
    const found = await extract(this.#chunks, {
      asking,
      kept: this.#kept,
      batch: batchFile(ports, model.traits),
      hasher: ports.hasher,
      key: extractKey(this.#options),
      system: extractSystem(shared, ports.hasher),
      schema: extractSchema(categories),
      maxOutputTokens: MAX_OUTPUT_TOKENS,
    });
    const checked = await this.#check(found);
    const { drafts, dismissed } = await this.#changes(checked.findings, asking, shared);
    const made = toCandidates(drafts, this.#context);
    const held = heldByLossCap(made.candidates, this.#context.memories);
    return {
      candidates: held.kept,
      dismissed: [...checked.dismissed, ...dismissed, ...made.dismissed, ...held.dismissed],
    };
  }

  /** Each session is read once more, for all that was found in it. */
  async #check(found: readonly ChunkFindings[]): Promise<Checked> {
    const checked: Checked = { findings: [], dismissed: [] };
    for (const id of new Set(found.map(({ session }) => session))) {
      const parts = found.filter(({ session }) => session === id);
      for (const reason of parts.flatMap(({ problems }) => problems))
        checked.dismissed.push({ miner: MODEL_MINER, summary: 'A part of a session', reason, session: id });
      if (parts.some((part) => part.findings.length > 0))
        this.#checkIn(await readSession(this.#options.ports, id), parts, checked);
    }
    return checked;
  }

  #checkIn(session: CapturedSession | undefined, parts: readonly ChunkFindings[], checked: Checked): void {
    if (session === undefined) return;
    const { again = false } = this.#options;
    for (const { findings, isNew } of parts)
      for (const raw of findings) {
        const one = checkFinding(raw, session, isNew || again);
        if ('reason' in one) checked.dismissed.push(one);
        else checked.findings.push(one);
      }
  }

  async #changes(
    findings: readonly CheckedFinding[],
    asking: Asking,
    shared: SharedContext,
  ): Promise<{ readonly drafts: readonly Draft[]; readonly dismissed: readonly Dismissed[] }> {
    const { ports, model, instructions = '' } = this.#options;
    const system = consolidateSystem(shared, ports.hasher);
    const room = model.traits.maxPromptTokens.consolidate - estimateTokens(system) - 1_500;
    return consolidate(clustersOf(findings, this.#context.memories, room), {
      asking,
      kept: this.#kept,
      hasher: ports.hasher,
      key: { prompt: CONSOLIDATE_PROMPT, model, role: 'consolidate', instructions },
      system,
      schema: consolidateSchema(enabledCategories(shared.schema)),
      maxOutputTokens: MAX_OUTPUT_TOKENS,
    });
  }

  #shared(rejections: readonly PastRejection[]): SharedContext {
    const { schema, memories } = this.#context;
    const { model, instructions = '' } = this.#options;
    return { schema, memories, rejections, instructions, window: model.traits.maxPromptTokens.extract };
  }
}

interface Checked {
  readonly findings: CheckedFinding[];
  readonly dismissed: Dismissed[];
}

/** What the answers of extract depend on. */
export function extractKey({
  model,
  instructions = '',
}: Pick<ModelMinerOptions, 'model' | 'instructions'>): KeyContext {
  return { prompt: EXTRACT_PROMPT, model, role: 'extract', instructions };
}

/** What was rejected last, by its title in the proposal it stood in; the latest first. */
async function pastRejections({ rejected, ports }: ModelMinerOptions): Promise<readonly PastRejection[]> {
  const latest = Object.values(rejected)
    .sort((a, b) => compareText(b.at, a.at) || compareText(a.change, b.change))
    .slice(0, MAX_REJECTIONS);
  const past: PastRejection[] = [];
  const titles = new Map<string, ReadonlyMap<string, string>>();
  for (const { dream, change, reason } of latest) {
    const known = titles.get(dream) ?? (await titlesOf(dream, ports));
    titles.set(dream, known);
    const title = known.get(change);
    if (title !== undefined) past.push({ title, reason });
  }
  return past;
}

async function titlesOf(dream: string, ports: CorePorts): Promise<ReadonlyMap<string, string>> {
  if (!/^[0-9a-z]{10,40}$/u.test(dream)) return new Map();
  // The pattern above is that of a dream's id, which came from `state.json`.
  const proposal = await readProposal(ports, dream as Parameters<typeof readProposal>[1]);
  return new Map((proposal?.changes ?? []).map(({ id, title }) => [id, title]));
}

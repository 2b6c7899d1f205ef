import { gather } from '../dream/gather';
import { chunksOf, type Chunk } from '../dream/model/chunks';
import { promptFor, unanswered } from '../dream/model/extract';
import { enabledCategories, extractSystem } from '../dream/model/extractContext';
import { KeptFindings } from '../dream/model/keptFindings';
import { chunkRoom, extractKey, MAX_OUTPUT_TOKENS } from '../dream/model/modelMiner';
import { extractSchema } from '../dream/model/schemas';
import { isAgentDreamsError } from '../errors';
import type { CancelSignal, CorePorts, WorkspaceProbe } from '../ports';
import { toBeats } from '../sessions/beats';
import { readSession } from '../sessions/sessionFiles';
import { Budget } from './budget';
import type { LanguageModel, ModelRequest } from './languageModel';
import type { PriceTable } from './prices';
import { estimateTokens } from './tokens';

/** What a dream would send and cost, told before it begins. */
export interface DreamEstimate {
  /** Sessions of which something would be sent. */
  readonly sessions: number;
  /** Sessions whose findings are known from an earlier dream: they are read again and not sent. */
  readonly known: number;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars by the price table; 0 where a plan or quota pays. */
  readonly usd: number;
  /** The provider counted what would be sent; what it answers is an estimate in any case. */
  readonly exact: boolean;
}

export interface EstimateOptions {
  readonly instructions?: string;
  readonly prices?: PriceTable;
  readonly signal?: CancelSignal;
  /** False: nothing is sent, not even to be counted. */
  readonly count?: boolean;
}

/** Assumed on the high side: tokens of an answer about a chunk, thinking included, and findings in it. */
const PER_CHUNK = { output: 700, findings: 1.5 } as const;
/** And of a request about changes. */
const PER_CLUSTER = { findings: 20, input: 5_000, output: 2_500 } as const;
/** So many requests are counted by the provider; the others are taken to be like them. */
const MAX_COUNTED = 8;
/** No provider keeps a shorter beginning. */
const MIN_CACHED = 4_096;

/**
 * Reads and condenses the sessions a dream would read, and says what it would send. Writes nothing. Where the provider
 * counts tokens, a few of the requests are sent to it to be counted, which is free of charge.
 */
export async function estimateDream(
  ports: CorePorts & { readonly probe: WorkspaceProbe },
  model: LanguageModel,
  sessions?: readonly string[],
  options: EstimateOptions = {},
): Promise<DreamEstimate> {
  await ports.redactor.refresh?.();
  const gathered = await gather(ports, sessions);
  const { instructions = '' } = options;
  const system = extractSystem(
    {
      schema: gathered.schema,
      memories: gathered.memories,
      rejections: [],
      instructions,
      window: model.traits.maxPromptTokens.extract,
    },
    ports.hasher,
  );
  const chunks: Chunk[] = [];
  for (const { id } of gathered.sessions) {
    if (options.signal?.aborted === true) break;
    chunks.push(...(await chunksIn(ports, id, chunkRoom(model, system))));
  }
  const key = extractKey({ model, instructions });
  const open = await unanswered(chunks, { kept: new KeptFindings(ports), hasher: ports.hasher, key });
  const requests = open.map((chunk) => requestFor(chunk, system, enabledCategories(gathered.schema), ports));
  const { factor, exact } = await calibrated(requests, model, options);
  const sent = new Set(open.map(({ session }) => session));
  return {
    ...priced(requests, model, factor, options.prices),
    sessions: sent.size,
    known: new Set(chunks.map(({ session }) => session)).size - sent.size,
    exact,
  };
}

async function chunksIn(ports: CorePorts, id: string, room: number): Promise<readonly Chunk[]> {
  try {
    const session = await readSession(ports, id);
    return session === undefined ? [] : chunksOf(session, toBeats(session), room);
  } catch (error) {
    if (!isAgentDreamsError(error, 'too-large')) throw error;
    return [];
  }
}

/** The very request of the dream: what is counted leaves this machine as well. */
function requestFor(
  chunk: Chunk,
  system: string,
  categories: readonly string[],
  ports: Pick<CorePorts, 'redactor' | 'hasher'>,
): ModelRequest {
  return {
    key: 'count',
    role: 'extract',
    system: ports.redactor.redact(system).text,
    prompt: ports.redactor.redact(promptFor(chunk, ports.hasher)).text,
    schema: extractSchema(categories),
    maxOutputTokens: MAX_OUTPUT_TOKENS,
  };
}

/** How many tokens the provider counts for one that is estimated. */
async function calibrated(
  requests: readonly ModelRequest[],
  model: LanguageModel,
  { count = true, signal = { aborted: false } }: EstimateOptions,
): Promise<{ readonly factor: number; readonly exact: boolean }> {
  if (!count || model.countTokens === undefined) return { factor: 1, exact: false };
  const step = Math.max(1, Math.floor(requests.length / MAX_COUNTED));
  const sample = requests.filter((_, at) => at % step === 0).slice(0, MAX_COUNTED);
  let [counted, estimated] = [0, 0];
  for (const request of sample) {
    const tokens = await model.countTokens(request, { signal, onNotice: () => undefined });
    if (tokens === undefined) return { factor: 1, exact: false };
    counted += tokens;
    estimated += tokensOf(request);
  }
  return { factor: estimated === 0 ? 1 : counted / estimated, exact: sample.length === requests.length };
}

function tokensOf({ system, prompt, schema }: ModelRequest): number {
  return estimateTokens(system) + estimateTokens(prompt) + estimateTokens(JSON.stringify(schema)) + 200;
}

/** The price of the requests, and of those about changes that will follow from them. */
function priced(
  requests: readonly ModelRequest[],
  model: LanguageModel,
  factor: number,
  prices: PriceTable | undefined,
): Pick<DreamEstimate, 'requests' | 'inputTokens' | 'outputTokens' | 'usd'> {
  const { traits } = model;
  const budget = new Budget({ capUsd: Number.MAX_VALUE, traits, ...(prices === undefined ? {} : { prices }) });
  const sending = model.askMany === undefined ? 'one' : 'batch';
  for (const [at, request] of requests.entries()) {
    const whole = Math.ceil(tokensOf(request) * factor);
    const shared = Math.ceil(estimateTokens(request.system) * factor);
    const isCached = traits.engine === 'claude' && shared >= MIN_CACHED;
    const usage = {
      input: isCached ? whole - shared : whole,
      output: PER_CHUNK.output,
      cacheRead: isCached && at > 0 ? shared : 0,
      cacheWrite: isCached && at === 0 ? shared : 0,
    };
    budget.spend('extract', usage, '', sending);
  }
  const clusters = Math.ceil((requests.length * PER_CHUNK.findings) / PER_CLUSTER.findings);
  const about = { input: PER_CLUSTER.input, output: PER_CLUSTER.output, cacheRead: 0, cacheWrite: 0 };
  for (let at = 0; at < clusters; at += 1) budget.spend('consolidate', about, '');
  const lines = budget.ledger();
  return {
    requests: requests.length + clusters,
    inputTokens: lines.reduce((sum, line) => sum + line.input + line.cacheRead + line.cacheWrite, 0),
    outputTokens: lines.reduce((sum, line) => sum + line.output, 0),
    usd: budget.spentUsd,
  };
}

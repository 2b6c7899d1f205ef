import * as z from 'zod/mini';
import type { CorePorts } from '../ports';
import { REPORT_PATH } from './recallFiles';

const entry = z.object({
  id: z.string(),
  path: z.string(),
  how: z.enum(['whole', 'cut', 'line', 'left-out']),
});
const view = z.object({
  viewer: z.union([
    z.object({ kind: z.literal('main') }),
    z.object({ kind: z.literal('agent'), agent: z.string() }),
    z.object({ kind: z.literal('any') }),
    z.object({ kind: z.literal('rules') }),
  ]),
  files: z.array(z.string()),
  marker: z.string(),
  tokens: z.number(),
  entries: z.array(entry),
});
const report = z.object({
  format: z.literal(1),
  at: z.string(),
  maxTokens: z.number(),
  subagents: z.enum(['full', 'filtered']),
  worktree: z.optional(z.string()),
  views: z.array(view),
});

/** One text that was rendered: for the main agent, a type of agents, every other type, or the rules file. */
export interface RecalledView {
  readonly viewer:
    | { readonly kind: 'main' }
    | { readonly kind: 'agent'; readonly agent: string }
    | { readonly kind: 'any' }
    | { readonly kind: 'rules' };
  /** Names in `.local/recall/`, in the order of the parts; of the main agent only those that hold text. */
  readonly files: readonly string[];
  /** Eight hex digits; '' where there is nothing to say. */
  readonly marker: string;
  readonly tokens: number;
  /** In the order of their worth; `@<store>/…` are paths of attached stores. */
  readonly entries: readonly {
    readonly id: string;
    readonly path: string;
    readonly how: 'whole' | 'cut' | 'line' | 'left-out';
  }[];
}

/** What was rendered last. */
export interface RecallReport {
  readonly format: 1;
  /** When a text changed last; ISO 8601 UTC. */
  readonly at: string;
  readonly maxTokens: number;
  readonly subagents: 'full' | 'filtered';
  /** The linked git worktree whose memories these are; absent: the main checkout's. */
  readonly worktree?: string;
  readonly views: readonly RecalledView[];
}

const MAX_REPORT = 16 * 1024 * 1024;

/** The last report; undefined if there is none that can be read: the next rendering writes it anew. */
export async function readRecallReport(ports: Pick<CorePorts, 'files' | 'text'>): Promise<RecallReport | undefined> {
  try {
    const bytes = await ports.files.read(REPORT_PATH, { maxBytes: MAX_REPORT });
    if (bytes === undefined) return undefined;
    return parseReport(JSON.parse(ports.text.decode(bytes).text));
  } catch {
    return undefined;
  }
}

function parseReport(value: unknown): RecallReport | undefined {
  const read = z.safeParse(report, value);
  if (!read.success) return undefined;
  const { worktree, ...rest } = read.data;
  return { ...rest, ...(worktree === undefined ? {} : { worktree }) };
}

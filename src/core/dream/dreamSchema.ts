import * as z from 'zod/mini';
import type { Proposal } from '../review/proposal';
import type { DreamRecord } from './dream';
import { REQUEST_WAYS } from './finding';

/** What `dream.json` and `proposal.json` must look like when read back: they are files that anybody can edit. */

const id = z.string().check(z.regex(/^[0-9a-z]{10,40}$/u));
const text = (limit: number) => z.string().check(z.maxLength(limit));
const LONG = 200_000;
const count = z.number().check(z.gte(0));
const share = z.number().check(z.gte(0), z.lte(1));

/** Relative, POSIX, no way out: the file store checks again on every access. */
const storePath = text(1_024).check(
  z.regex(/^[^\\\0]+$/u),
  z.refine(
    (path) => !path.startsWith('/') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
  ),
);

const evidence = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('quote'),
    session: text(200),
    entry: text(200),
    by: z.enum(['user', 'agent', 'tool', 'file']),
    quote: text(LONG),
    at: text(40),
  }),
  z.object({
    kind: z.literal('event'),
    session: text(200),
    entry: text(200),
    event: z.enum(['failed', 'succeeded', 'denied', 'edited', 'interrupted']),
    quote: text(LONG),
    at: text(40),
  }),
  z.object({
    kind: z.literal('check'),
    subject: text(2_000),
    verdict: z.enum(['fresh', 'moved', 'gone', 'unverifiable']),
    detail: text(LONG),
    at: text(40),
  }),
  z.object({ kind: z.literal('memory'), path: storePath, sha256: text(64), quote: text(LONG) }),
  z.object({ kind: z.literal('by-hand'), at: text(40) }),
  z.object({
    kind: z.literal('request'),
    way: z.enum(REQUEST_WAYS),
    by: text(200),
    quote: text(LONG),
    at: text(40),
  }),
  z.object({
    kind: z.literal('usage'),
    path: storePath,
    ...{ loaded: count, listed: count, read: count, cited: count, success: count, corrected: count },
    at: text(40),
  }),
]);

const scoreTerms = z.object({
  recurrence: share,
  spread: share,
  outcome: share,
  speaker: share,
  specificity: share,
  total: share,
  authors: z.optional(z.int().check(z.gte(1), z.lte(10_000))),
});

const fileEdit = z.object({
  path: storePath,
  from: z.optional(storePath),
  before: z.nullable(text(LONG)),
  after: text(LONG),
});

const change = z.object({
  id,
  kind: z.enum(['add', 'update', 'merge', 'split', 'archive', 'restore', 'promote', 'demote', 'rescope']),
  title: text(500),
  rationale: text(LONG),
  files: z.array(fileEdit).check(z.minLength(1)),
  evidence: z.array(evidence).check(z.minLength(1)),
  trust: z.enum(['user', 'observed', 'agent', 'tool', 'file', 'recalled']),
  risk: z.enum(['low', 'medium', 'high']),
  warnings: z.array(
    z.object({
      kind: z.enum([
        'quarantined',
        'contradiction',
        'permission',
        'hidden-text',
        'credential',
        'executes',
        'stale',
        'quotes-tool',
        'suspicious',
      ]),
      message: text(2_000),
    }),
  ),
  score: z.optional(scoreTerms),
  fingerprint: text(200),
});

const proposal = z.object({
  format: z.literal(1),
  id,
  createdAt: text(40),
  head: z.optional(text(100)),
  changes: z.array(change),
  dismissed: z.array(
    z.object({
      miner: text(100),
      summary: text(2_000),
      reason: text(2_000),
      session: z.optional(text(200)),
      entry: z.optional(text(200)),
      score: z.optional(scoreTerms),
    }),
  ),
});

const record = z.object({
  format: z.literal(1),
  id,
  status: z.enum(['pending', 'running', 'completed', 'failed', 'canceled']),
  engine: z.enum(['offline', 'claude', 'claude-batch', 'claude-code', 'vscode-lm', 'managed', 'direct']),
  createdAt: text(40),
  endedAt: z.optional(text(40)),
  sessions: z.array(text(200)),
  instructions: z.optional(text(4_096)),
  trigger: z.enum(['command', 'schedule', 'cli', ...REQUEST_WAYS]),
  by: z.optional(text(200)),
  changes: z.optional(count),
  findings: z.optional(count),
  error: z.optional(z.object({ code: text(100), message: text(2_000) })),
  costUsd: count,
  estimatedUsd: z.optional(count),
  usage: z.optional(
    z.array(
      z.object({
        role: z.enum(['extract', 'consolidate']),
        model: text(200),
        requests: count,
        input: count,
        output: count,
        cacheRead: count,
        cacheWrite: count,
        usd: count,
      }),
    ),
  ),
  head: z.optional(text(100)),
});

/** The record in the text of `dream.json`, or why it is none. */
export function parseRecord(json: string): DreamRecord | string {
  return parse(json, (value) => record.safeParse(value)) as DreamRecord | string;
}

/** The proposal in the text of `proposal.json`, or why it is none. */
export function parseProposal(json: string): Proposal | string {
  return parse(json, (value) => proposal.safeParse(value)) as Proposal | string;
}

interface Parsed {
  readonly success: boolean;
  readonly data?: unknown;
  readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] };
}

function parse(json: string, validate: (value: unknown) => Parsed): unknown {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return 'is not JSON';
  }
  const parsed = validate(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error?.issues[0];
  return issue === undefined
    ? 'has the wrong shape'
    : `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`;
}

import * as z from 'zod/mini';
import type { JsonSchema } from '../../model/languageModel';

/**
 * What models are asked to answer with, and the checks of what they do. The schemas hold what every provider takes: all
 * fields required, no union, no recursion, no limit of length. Limits are checked here, item by item, so that one bad
 * item costs no other.
 */

export const FINDING_KINDS = ['new', 'correction', 'conflict', 'confirm'] as const;
export const CHANGE_ACTIONS = ['add', 'update', 'merge', 'archive'] as const;
const SCOPES = ['project', 'person'] as const;

const MAX_FINDINGS = 40;
const MAX_CHANGES = 40;
const MAX_QUOTES = 8;
const MAX_REFERENCES = 60;
/** A note longer than this is no note; bytes are checked again where files are written. */
const MAX_TEXT = 6_000;

const text = (limit: number) => z.string().check(z.maxLength(limit));

const rawFinding = z.object({
  kind: z.enum(FINDING_KINDS),
  statement: text(1_200).check(z.minLength(8)),
  category: text(64),
  scope: z.enum(SCOPES),
  evidence: z.array(z.object({ entry: text(40), quote: text(4_000) })).check(z.minLength(1), z.maxLength(MAX_QUOTES)),
  target: text(200),
});

const rawChange = z.object({
  action: z.enum(CHANGE_ACTIONS),
  memory: text(20),
  others: z.array(text(20)).check(z.maxLength(MAX_REFERENCES)),
  category: text(64),
  name: text(400),
  description: text(600),
  text: text(MAX_TEXT),
  reason: text(1_200),
  findings: z.array(text(20)).check(z.maxLength(MAX_REFERENCES)),
});

/** A finding as a model told it: nothing in it has been checked against the session. */
export type RawFinding = z.infer<typeof rawFinding>;
/** A change as a model told it: ids may name nothing, and no text in it is a path. */
export type RawChange = z.infer<typeof rawChange>;

/** What could be read of an answer. */
export interface ReadItems<T> {
  readonly items: readonly T[];
  /** Why the others were left out, one reason each. */
  readonly problems: readonly string[];
}

/** The findings in an answer, or undefined if it is not an answer of this shape. */
export function readFindings(value: unknown): ReadItems<RawFinding> | undefined {
  return readItems(value, 'findings', MAX_FINDINGS, (item) => rawFinding.safeParse(item));
}

/** The changes in an answer, or undefined if it is not an answer of this shape. */
export function readChanges(value: unknown): ReadItems<RawChange> | undefined {
  return readItems(value, 'changes', MAX_CHANGES, (item) => rawChange.safeParse(item));
}

type Parse<T> = (
  item: unknown,
) =>
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function readItems<T>(value: unknown, field: string, limit: number, parse: Parse<T>): ReadItems<T> | undefined {
  const answer = z.record(z.string(), z.unknown()).safeParse(value);
  const list = answer.success ? answer.data[field] : undefined;
  if (!Array.isArray(list)) return undefined;
  const items: T[] = [];
  const problems: string[] = [];
  for (const item of list.slice(0, limit)) {
    const parsed = parse(item);
    if (parsed.success) items.push(parsed.data);
    else problems.push(problemOf(parsed.error.issues[0]));
  }
  if (list.length > limit) problems.push(`only the first ${limit} were read`);
  return { items, problems };
}

function problemOf(issue: Issue | undefined): string {
  const where = issue?.path.map(String).join('.') ?? '';
  return `the model’s answer does not fit: ${where === '' ? 'item' : where} ${(issue?.message ?? 'is wrong').toLowerCase()}`;
}

/** What extract asks for. The categories are those that the store's schema has switched on. */
export function extractSchema(categories: readonly string[]): JsonSchema {
  return listOf('findings', {
    kind: choice(FINDING_KINDS),
    statement: { type: 'string' },
    category: choice(categories),
    scope: choice(SCOPES),
    evidence: { type: 'array', items: object({ entry: { type: 'string' }, quote: { type: 'string' } }) },
    target: { type: 'string' },
  });
}

/** What consolidate asks for. */
export function consolidateSchema(categories: readonly string[]): JsonSchema {
  const names = { type: 'array', items: { type: 'string' } };
  return listOf('changes', {
    action: choice(CHANGE_ACTIONS),
    memory: { type: 'string' },
    others: names,
    category: choice(categories),
    name: { type: 'string' },
    description: { type: 'string' },
    text: { type: 'string' },
    reason: { type: 'string' },
    findings: names,
  });
}

function listOf(field: string, properties: Readonly<Record<string, unknown>>): JsonSchema {
  return object({ [field]: { type: 'array', items: object(properties) } });
}

function object(properties: Readonly<Record<string, unknown>>): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function choice(values: readonly string[]): JsonSchema {
  return { type: 'string', enum: [...values] };
}

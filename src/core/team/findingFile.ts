import * as z from 'zod/mini';
import { TRUST_ORDER, type Trust } from '../dream/finding';
import { fieldText, parseFields, splitFrontMatter } from '../memory/frontMatter';
import { isSlug } from '../memory/slug';
import { newFindings } from '../unicode/inspectText';

/** What one author tells the team about a claim that they accepted. */
export interface TeamFinding {
  /** Whose it is: a random id, or a name if the author chose so. A slug. */
  readonly author: string;
  readonly fingerprint: string;
  /** The claim itself, one line. */
  readonly claim: string;
  /** The category of its memory. */
  readonly kind: string;
  /** What the claim was worth to its author. To anybody else it is what a file says. */
  readonly trust: Trust;
  /** In how many sessions of the author it came up. */
  readonly sessions: number;
  /** First and last day of the evidence, YYYY-MM-DD; no times. Undefined if nothing tells. */
  readonly first?: string;
  readonly last?: string;
}

/** A finding's file may be this large in bytes; ours are far smaller. */
export const MAX_FINDING_BYTES = 4_096;
const MAX_CLAIM = 300;
const FOLDER = 'findings';
const PATH = /^findings\/([a-z0-9-]{1,64})\/([0-9a-f]{16,64})\.md$/u;

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/u));
const fields = z.object({
  format: z.literal(1),
  author: z.string(),
  fingerprint: z.string(),
  kind: z.string().check(z.refine(isSlug)),
  trust: z.enum(TRUST_ORDER),
  sessions: z.int().check(z.gte(0), z.lte(100_000)),
  first: z.optional(day),
  last: z.optional(day),
});

/** True for what stands under `findings/`: no memories. */
export function isFindingPath(path: string): boolean {
  return path.startsWith(`${FOLDER}/`);
}

/** Where the finding of that author stands; undefined if it can have no file. */
export function findingPath({ author, fingerprint }: Pick<TeamFinding, 'author' | 'fingerprint'>): string | undefined {
  const path = `${FOLDER}/${author}/${fingerprint}.md`;
  return PATH.test(path) && isSlug(author) ? path : undefined;
}

/** The file of a finding. Pure; the same finding gives the same bytes, so that telling it again changes nothing. */
export function renderFinding(finding: TeamFinding): string {
  const { author, fingerprint, claim, kind, trust, sessions, first, last } = finding;
  const lines = [
    'format: 1',
    `author: ${fieldText(author)}`,
    `fingerprint: ${JSON.stringify(fingerprint)}`,
    `kind: ${fieldText(kind)}`,
    `trust: ${trust}`,
    `sessions: ${sessions}`,
    ...(first === undefined ? [] : [`first: ${first}`]),
    ...(last === undefined ? [] : [`last: ${last}`]),
  ];
  return `---\n${lines.join('\n')}\n---\n${oneLine(claim)}\n`;
}

/** A claim as it stands in a file: one line of at most 300 characters. */
export function oneLine(claim: string): string {
  return claim
    .replace(/\s{1,1000}/gu, ' ')
    .trim()
    .slice(0, MAX_CLAIM);
}

/**
 * The finding in a file that came from anywhere, or undefined if it is none: everything about it is checked, its place
 * must say what it says itself, and a text that hides something is none. Never throws.
 */
export function parseFinding(path: string, text: string): TeamFinding | undefined {
  const place = PATH.exec(path);
  const split = text.length > MAX_FINDING_BYTES ? undefined : splitFrontMatter(text);
  if (place === null || split === undefined) return undefined;
  const read = parseFields(split.yaml);
  const parsed = read.ok ? fields.safeParse(Object.fromEntries(read.fields)) : undefined;
  if (parsed?.success !== true) return undefined;
  const { author, fingerprint, kind, trust, sessions, first, last } = parsed.data;
  const finding = { author, fingerprint, kind, trust, sessions };
  const claim = oneLine(split.body);
  if (claim === '' || newFindings('', claim).length > 0) return undefined;
  if (finding.author !== place[1] || finding.fingerprint !== place[2] || !isSlug(finding.author)) return undefined;
  return { ...finding, claim, ...(first === undefined ? {} : { first }), ...(last === undefined ? {} : { last }) };
}

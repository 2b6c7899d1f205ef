import { renderMemory, updateFrontMatter } from '../memory/codec';
import type { Memory } from '../memory/memory';
import type { Schema } from '../memory/schema';
import { toSlug } from '../memory/slug';
import { memoryPath } from '../memory/storePath';
import type { Change, ChangeId, Warning } from '../review/proposal';
import { addedLines } from '../trust/addedText';
import { lowestTrust, trustOf } from '../trust/trustOf';
import { riskOf, warningsOf } from '../trust/warnings';
import { composed, composeNewLines } from '../unicode/cleanText';
import type { Chosen } from './consolidate';
import type { Statement } from './knowledge';
import { claimOf, supersede } from './memoryText';
import type { Edit, Note } from './miner';

/** What of a change depends on the store and the day. */
export interface ProposeContext {
  readonly schema: Schema;
  /** YYYY-MM-DD of the dream. */
  readonly today: string;
  /** Is there anything at this path of the store? A new memory never lands on an existing file. */
  readonly isTaken: (path: string) => boolean;
  /** What a memory names and the workspace no longer holds. */
  readonly staleIn?: (path: string) => readonly string[];
}

/** The change that a reviewer sees, with new ids still to be given. Pure. */
export function toChange(chosen: Chosen, id: ChangeId, context: ProposeContext): Change | string {
  const { candidate, renews, against } = chosen;
  if (candidate.kind === 'edit') return editChange(candidate, id, context);
  const [first, ...rest] = candidate.finding.evidence;
  if (first === undefined) return 'it has no evidence';
  const { description, body, quotesTool } = candidate.finding;
  // The verifier has judged it; what the evidence is worth by its kind bounds it once more.
  const trust = lowestTrust([candidate.finding.trust, trustOf(candidate.finding.evidence)]);
  const warned = warningsOf({
    trust,
    text: `${candidate.title}\n${description}\n${body}`,
    quotesTool: quotesTool === true,
    ...(renews === undefined
      ? {}
      : { replaces: { path: renews.path, said: renews.description }, stale: context.staleIn?.(renews.path) ?? [] }),
  });
  const warnings = against === undefined ? warned : [...warned, contradiction(against)];
  const common = {
    id,
    title: candidate.title,
    rationale: candidate.finding.rationale,
    evidence: [first, ...rest],
    trust,
    risk: riskOf(warnings, trust),
    warnings,
    score: candidate.finding.score,
    fingerprint: candidate.finding.fingerprint,
  } as const;
  if (renews !== undefined) {
    return {
      ...common,
      kind: 'update',
      files: [
        { path: renews.path, before: renews.text, after: composeNewLines(renews.text, renewed(candidate, renews)) },
      ],
    };
  }
  const path = freePath(candidate, context);
  return {
    ...common,
    kind: 'add',
    files: [{ path, before: null, after: composed(rendered(candidate, path, context)) }],
  };
}

function contradiction({ path, said }: Statement): Warning {
  return { kind: 'contradiction', message: `${path} says otherwise: “${said}”. It is yours to change.` };
}

function editChange(edit: Edit, id: ChangeId, context: ProposeContext): Change {
  const { change: kind, title, rationale, files, evidence, trust, fingerprint } = edit;
  const checked = evidence.flatMap((one) => (one.kind === 'check' && one.verdict !== 'fresh' ? [one.detail] : []));
  const noticed = files.flatMap(({ path, from = path }) => context.staleIn?.(from) ?? []);
  const stale = [...new Set([...checked, ...noticed])];
  const warnings = warningsOf({ trust, text: files.map(addedLines).join('\n'), quotesTool: false, stale });
  return {
    id,
    kind,
    title,
    rationale,
    files,
    evidence,
    trust,
    risk: warnings.every((warning) => warning.kind === 'stale')
      ? kind === 'update'
        ? 'low'
        : 'medium'
      : riskOf(warnings, trust),
    warnings,
    fingerprint,
  };
}

function rendered(note: Note, path: string, context: ProposeContext): string {
  const { finding } = note;
  const slug = path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/u, '');
  return renderMemory({
    name: slug,
    description: finding.description,
    body: finding.body,
    created: context.today,
    ...(finding.paths === undefined ? {} : { paths: finding.paths }),
    ...(finding.agents === undefined ? {} : { agents: finding.agents }),
  });
}

function renewed(note: Note, memory: Memory): string {
  const { finding } = note;
  const rule = claimOf(finding);
  const body = supersede(memory.body, rule, finding.body);
  const at = memory.text.lastIndexOf(memory.body);
  const text = memory.text.slice(0, at) + body + memory.text.slice(at + memory.body.length);
  return updateFrontMatter(text, { description: finding.description });
}

/** Personal categories live in this user's part of the store; a name that is taken gets a number. */
function freePath(note: Note, context: ProposeContext): string {
  const { category: name, slug } = note.finding;
  const category = context.schema.categories.find((one) => one.name === name);
  const scope = scopeOf(note, category?.scope === 'personal');
  let path = memoryPath(scope, name, slug);
  for (let number = 2; context.isTaken(path); number += 1) path = memoryPath(scope, name, `${slug}-${number}`);
  return path;
}

/** What one type of subagent alone found stands in the store of that type. */
function scopeOf({ finding }: Note, personal: boolean): Parameters<typeof memoryPath>[0] {
  if (personal) return { kind: 'personal' };
  const [agent, ...others] = finding.agents ?? [];
  return agent === undefined || others.length > 0 ? { kind: 'team' } : { kind: 'agent', agent: toSlug(agent) };
}

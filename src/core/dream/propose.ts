import { renderMemory, updateFrontMatter } from '../memory/codec';
import type { Memory } from '../memory/memory';
import type { Schema } from '../memory/schema';
import { memoryPath } from '../memory/storePath';
import type { Change, ChangeId, Risk, Warning } from '../review/proposal';
import type { Chosen } from './consolidate';
import type { Evidence, Finding, Trust } from './finding';
import { claimOf, supersede } from './memoryText';
import type { Edit, Note } from './miner';

/** What of a change depends on the store and the day. */
export interface ProposeContext {
  readonly schema: Schema;
  /** YYYY-MM-DD of the dream. */
  readonly today: string;
  /** Is there anything at this path of the store? A new memory never lands on an existing file. */
  readonly isTaken: (path: string) => boolean;
}

const RISKY_COMMAND =
  /\b(?:curl|wget)\b.{0,120}\|\s{0,4}(?:ba|z)?sh\b|\brm\s+-\w{0,6}[rf]|\bsudo\b|--no-verify\b|--force\b|\bgit push\b.{0,40}\s-f\b|\bchmod 777\b|\bdd if=|\bmkfs\b|\beval\b/iu;
const PERMISSION =
  /\bdangerously|\bskip (?:the )?permissions?|\bbypass|\bwithout (?:asking|confirmation|permission)|\bdon['’]?t ask|\bdo not ask|\bauto-?(?:approve|accept)|\b(?:disable|ignore) (?:the )?(?:safety|security|sandbox|guard)/iu;

/** The change that a reviewer sees, with new ids still to be given. Pure. */
export function toChange(chosen: Chosen, id: ChangeId, context: ProposeContext): Change | string {
  const { candidate, renews } = chosen;
  if (candidate.kind === 'edit') return editChange(candidate, id);
  const [first, ...rest] = candidate.finding.evidence;
  if (first === undefined) return 'it has no evidence';
  const trust = lowest(candidate.finding);
  const warnings = warningsOf(candidate, trust, renews);
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
      files: [{ path: renews.path, before: renews.text, after: renewed(candidate, renews) }],
    };
  }
  const path = freePath(candidate, context);
  return { ...common, kind: 'add', files: [{ path, before: null, after: rendered(candidate, path, context) }] };
}

function editChange(edit: Edit, id: ChangeId): Change {
  const { change: kind, title, rationale, files, evidence, trust, fingerprint } = edit;
  const warnings: readonly Warning[] = evidence
    .filter((one) => one.kind === 'check' && one.verdict !== 'fresh')
    .map((one) => ({ kind: 'stale', message: one.kind === 'check' ? one.detail : '' }));
  return {
    id,
    kind,
    title,
    rationale,
    files,
    evidence,
    trust,
    risk: kind === 'update' ? 'low' : 'medium',
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
  const scope = { kind: category?.scope === 'personal' ? 'personal' : 'team' } as const;
  let path = memoryPath(scope, name, slug);
  for (let number = 2; context.isTaken(path); number += 1) path = memoryPath(scope, name, `${slug}-${number}`);
  return path;
}

/** The lowest trust among the evidence that the claim needs: it cannot be higher than any of it. */
function lowest(finding: Finding): Trust {
  const order: readonly Trust[] = ['user', 'observed', 'agent', 'tool', 'file', 'recalled'];
  const worst = Math.max(order.indexOf(finding.trust), ...finding.evidence.map((one) => order.indexOf(trustOf(one))));
  return order[worst] ?? 'recalled';
}

function trustOf(evidence: Evidence): Trust {
  switch (evidence.kind) {
    case 'quote':
      return evidence.by;
    case 'event':
    case 'check':
      return 'observed';
    case 'memory':
      return 'observed';
    case 'by-hand':
      return 'user';
  }
}

function warningsOf(note: Note, trust: Trust, renews: Memory | undefined): readonly Warning[] {
  const { finding } = note;
  const text = `${finding.description}\n${finding.body}`;
  const warnings: Warning[] = [];
  if (trust === 'tool' || trust === 'file' || trust === 'recalled') {
    warnings.push({
      kind: 'quarantined',
      message: 'It rests on text that no person said: tool output, a file or the web.',
    });
  }
  if (RISKY_COMMAND.test(text))
    warnings.push({ kind: 'executes', message: 'It tells the agent to run a command that can do damage.' });
  if (PERMISSION.test(text))
    warnings.push({ kind: 'permission', message: 'It loosens what the agent asks leave for.' });
  if (renews !== undefined)
    warnings.push({ kind: 'contradiction', message: `It replaces what ${renews.path} says: “${renews.description}”.` });
  return warnings;
}

function riskOf(warnings: readonly Warning[], trust: Trust): Risk {
  if (
    warnings.some(
      (warning) => warning.kind === 'quarantined' || warning.kind === 'executes' || warning.kind === 'permission',
    )
  )
    return 'high';
  return trust === 'user' && warnings.length === 0 ? 'low' : 'medium';
}

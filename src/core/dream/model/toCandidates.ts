import { updateFrontMatter } from '../../memory/codec';
import type { Memory } from '../../memory/memory';
import type { Schema } from '../../memory/schema';
import { toSlug } from '../../memory/slug';
import { archivePath } from '../../memory/storePath';
import type { Hasher } from '../../ports';
import type { FileEdit } from '../../review/proposal';
import { isBelow, isQuarantined, trustOf, trustOfOne } from '../../trust/trustOf';
import { composeNewLines } from '../../unicode/cleanText';
import type { Dismissed, Evidence, MemoryEvidence } from '../finding';
import { claimFingerprint, operationFingerprint } from '../fingerprint';
import { claimOf, REASON } from '../memoryText';
import type { Candidate, Edit, Note } from '../miner';
import { asDescription, asRule, asTitle, topicWords } from '../offline/rule';
import { slugFrom } from '../offline/slugFrom';
import { score, sessionsOf } from '../score';
import { isNegative } from '../text/slots';
import { contentStems, oneSpace } from '../text/words';
import { MODEL_MINER, speaksOf, type CheckedFinding, type Proof } from './check';
import type { Draft } from './consolidate';
import { contradicts, lostSentences } from './facts';
import { seen } from './marked';
import { madeUpSpeech } from './quoted';
import type { RawChange } from './schemas';
import { whyOf } from './why';

export interface Drafted {
  readonly candidates: readonly Candidate[];
  readonly dismissed: readonly Dismissed[];
}

interface Context {
  readonly schema: Schema;
  readonly hasher: Hasher;
}

type Made = Candidate | string;

/** Part of the words of a merged text that none of the memories has. */
const STRANGE_WORDS = 0.15;

/**
 * What a model would change, as candidates of the pipeline, which verifies them as it does everybody's. Ids that name
 * nothing are dropped; evidence is that of the checked findings; no path is taken from the model, and what a memory says
 * stays in it unless a finding set it right.
 */
export function toCandidates(drafts: readonly Draft[], context: Context): Drafted {
  const candidates: Candidate[] = [];
  const dismissed: Dismissed[] = [];
  for (const draft of drafts) {
    const made = candidateOf(draft, context);
    if (typeof made === 'string') dismissed.push(dropped(draft, made));
    else candidates.push(made);
  }
  return { candidates, dismissed };
}

function candidateOf(draft: Draft, context: Context): Made {
  const { raw, cluster } = draft;
  const findings = byId(raw.findings, 'f', cluster.findings);
  if (quotesNobody(draft, findings)) return 'it quotes words that nobody said in its findings';
  switch (raw.action) {
    case 'add':
      return added(raw, findings, context);
    case 'update': {
      const [memory] = byId([raw.memory], 'm', cluster.memories);
      return memory === undefined ? 'it names no memory that was shown' : updated(raw, findings, memory, context);
    }
    case 'merge':
      return merged(raw, findings, byId([raw.memory, ...raw.others], 'm', cluster.memories), context);
    case 'archive': {
      const [memory] = byId([raw.memory], 'm', cluster.memories);
      return memory === undefined ? 'it names no memory that was shown' : archived(raw, findings, memory, context);
    }
  }
}

/** The reader of a change takes what is between quotation marks for words of the session: only checked ones may be there. */
function quotesNobody({ raw, cluster }: Draft, findings: readonly CheckedFinding[]): boolean {
  const said = findings.flatMap(({ evidence }) => evidence.map(({ quote }) => quote));
  const known = byId([raw.memory, ...raw.others], 'm', cluster.memories).map(({ text }) => text);
  const texts = [noteText(raw.text), raw.description, raw.reason, raw.name].map(seen);
  return madeUpSpeech(texts, [...said, ...known]) !== undefined;
}

/** What the ids name, each once, in their order. */
function byId<T>(ids: readonly string[], letter: string, items: readonly T[]): readonly T[] {
  const found = ids.map((id) => {
    const number = new RegExp(`^\\s{0,4}\\[?${letter}(\\d{1,4})\\]?\\s{0,4}$`, 'u').exec(id)?.[1];
    return number === undefined ? undefined : items[Number(number) - 1];
  });
  return [...new Set(found.filter((item) => item !== undefined))];
}

function added(raw: RawChange, findings: readonly CheckedFinding[], context: Context): Made {
  const text = noteText(raw.text);
  const grounds = groundsOf(findings, text);
  if (typeof grounds === 'string') return grounds;
  const isOneRemark = findings.every(({ kind, lasts }) => kind === 'correction' && !lasts);
  if (isOneRemark && sessionsOf(grounds).size < 2)
    return 'one correction is no rule yet: it needs lasting words or a second session';
  const category = categoryOf(raw, findings, context.schema);
  if (category === undefined) return 'no category that is switched on fits';
  const trust = trustOf(grounds);
  const title = asTitle(asRule(raw.description.trim() === '' ? text : seen(raw.description)));
  const note: Note = {
    kind: 'note',
    title,
    finding: {
      miner: MODEL_MINER,
      category,
      slug: nameOf(raw, text, context.hasher),
      description: asDescription(raw.description.trim() === '' ? text : seen(raw.description)),
      body: [text, whyOf(grounds)].join('\n\n'),
      evidence: grounds,
      trust,
      score: score({ evidence: grounds, trust, text }),
      rationale: rationaleOf(raw, findings.length, grounds),
      fingerprint: claimFingerprint(text, context.hasher),
    },
  };
  return note;
}

function updated(raw: RawChange, findings: readonly CheckedFinding[], memory: Memory, context: Context): Made {
  const text = noteText(raw.text);
  const grounds = groundsOf(findings, text);
  if (typeof grounds === 'string') return grounds;
  const trust = trustOf(grounds);
  // What no person said stands beside what a person accepted, never in it.
  if (isQuarantined(trust)) return 'only tools or files speak for it, and they change no memory';
  const outdated = findings
    .filter(({ kind }) => kind === 'correction' || kind === 'conflict')
    .flatMap(({ statement, evidence }) => [statement, ...evidence.map(({ quote }) => quote)]);
  const kept = withKept(text, [memory], outdated);
  if (kept === undefined) return `it would leave ${memory.path} contradicting itself`;
  const reasons = memory.body.split(/\r?\n/u).filter((line) => REASON.test(line.trim()));
  const body = [kept, [whyOf(grounds), ...reasons.slice(0, 3)].filter((line) => line !== '').join('\n')].join('\n\n');
  if (oneSpace(kept) === oneSpace(claimOf(memory))) return `${memory.path} says it already`;
  const file = rewritten(memory, body, raw.description);
  return {
    ...edit('update', [file], grounds, trust),
    title: asTitle(asRule(raw.description.trim() === '' ? text : seen(raw.description))),
    rationale: rationaleOf(raw, findings.length, grounds),
    fingerprint: claimFingerprint(text, context.hasher),
  };
}

function merged(
  raw: RawChange,
  findings: readonly CheckedFinding[],
  memories: readonly Memory[],
  { hasher }: Context,
): Made {
  const [keeper, ...others] = memories;
  if (keeper === undefined || others.length === 0) return 'it names fewer than two memories that were shown';
  const objection = others.map((other) => whyApart(keeper, other)).find((reason) => reason !== undefined);
  if (objection !== undefined) return objection;
  const kept = withKept(mergedText(raw, memories, findings), memories, []);
  if (kept === undefined) return 'the memories contradict each other; a person has to settle that';
  const reasons = memories.flatMap(({ body }) => body.split(/\r?\n/u).filter((line) => REASON.test(line.trim())));
  const body = [kept, [...new Set(reasons)].slice(0, 6).join('\n')].filter((part) => part !== '').join('\n\n');
  const files: readonly [FileEdit, ...FileEdit[]] = [
    rewritten(keeper, body, raw.description),
    ...others.map((other) => archiving(other)),
  ];
  const said = findings.length === 0 ? [] : groundsOf(findings, kept);
  const proofs = typeof said === 'string' ? [] : said;
  const trust = proofs.length > 0 && isBelow(trustOf(proofs), 'observed') ? trustOf(proofs) : 'observed';
  return {
    ...edit('merge', files, [memoryEvidence(keeper), ...others.map(memoryEvidence), ...proofs], trust),
    rationale: rationaleOf(raw, findings.length, proofs),
    title: asTitle(`Merge ${others.map(({ slug }) => slug).join(', ')} into ${keeper.slug}`),
    fingerprint: operationFingerprint(
      'duplicates',
      memories.map(({ path, sha256 }) => `${path} ${sha256}`),
      hasher,
    ),
  };
}

/** The model's words where they only put together what the memories and people say; else those of the one that stays. */
function mergedText(raw: RawChange, memories: readonly Memory[], findings: readonly CheckedFinding[]): string {
  const text = noteText(raw.text);
  const said = findings.flatMap(({ evidence }) => evidence.filter((one) => !isBelow(trustOfOne(one), 'observed')));
  const known = contentStems([...memories.map((one) => one.text), ...said.map(({ quote }) => quote)].join('\n'));
  const stems = [...contentStems(text)];
  const strange = stems.filter((stem) => !known.has(stem)).length;
  const [keeper] = memories;
  return stems.length === 0 || strange > stems.length * STRANGE_WORDS ? claimLines(keeper?.body ?? '') : text;
}

function claimLines(body: string): string {
  return body
    .split(/\r?\n/u)
    .filter((line) => !REASON.test(line.trim()))
    .join('\n')
    .trim();
}

function archived(raw: RawChange, findings: readonly CheckedFinding[], memory: Memory, { hasher }: Context): Made {
  if (memory.pinned) return `${memory.path} is pinned`;
  const grounds = groundsOf(findings, memory.body);
  if (typeof grounds === 'string') return grounds;
  const trust = trustOf(grounds);
  if (isBelow(trust, 'observed')) return 'no person said and nothing showed that it no longer holds';
  return {
    ...edit('archive', [archiving(memory)], [...grounds, memoryEvidence(memory)], trust),
    rationale: rationaleOf(raw, findings.length, grounds),
    title: asTitle(`Archive ${memory.slug}`),
    fingerprint: operationFingerprint('archive', [`${memory.path} ${memory.sha256}`], hasher),
  };
}

function edit(
  change: Edit['change'],
  files: readonly [FileEdit, ...FileEdit[]],
  evidence: readonly Evidence[],
  trust: Edit['trust'],
): Edit {
  const [first, ...rest] = evidence;
  if (first === undefined) throw new Error('A change has evidence.');
  return {
    kind: 'edit',
    change,
    miner: MODEL_MINER,
    title: '',
    rationale: '',
    files,
    evidence: [first, ...rest],
    trust,
    fingerprint: '',
    bringsWords: true,
  };
}

/**
 * The proofs that a text rests on: of what people said and what was seen, if that speaks of it, and of everything else
 * only where that does not; or why there is none.
 */
function groundsOf(findings: readonly CheckedFinding[], text: string): readonly [Proof, ...Proof[]] | string {
  const all = [...new Map(findings.flatMap(({ evidence }) => evidence.map((one) => [keyOf(one), one]))).values()];
  const strong = all.filter((one) => !isBelow(trustOfOne(one), 'observed'));
  const [first, ...rest] = speaksOf(strong, text) ? strong : all;
  if (first === undefined) return 'it rests on no finding that was checked';
  if (text.length < 8) return 'it says nothing';
  return speaksOf(all, text) ? [first, ...rest] : 'the words of its findings do not speak of it';
}

function keyOf(proof: Proof): string {
  return `${proof.session} ${proof.entry} ${proof.quote}`;
}

/** The new text and, after it, every sentence of the memories that it would lose; undefined if those cannot both hold. */
function withKept(text: string, memories: readonly Memory[], outdated: readonly string[]): string | undefined {
  let whole = text;
  for (const memory of memories) {
    const lost = lostSentences(claimLines(memory.body), whole, outdated);
    if (lost.some((sentence) => contradicts(whole, sentence))) return undefined;
    if (lost.length > 0) whole = `${whole}\n\n${lost.join(' ')}`;
  }
  return whole;
}

function rewritten(memory: Memory, body: string, description: string): FileEdit {
  const at = memory.text.lastIndexOf(memory.body);
  const text = `${memory.text.slice(0, at)}${body.trim()}\n`;
  const line = description.trim() === '' ? memory.description : asDescription(seen(description));
  const after = composeNewLines(memory.text, updateFrontMatter(text, { description: line }));
  return { path: memory.path, before: memory.text, after };
}

function archiving(memory: Memory): FileEdit {
  return { path: archivePath(memory.path), from: memory.path, before: memory.text, after: memory.text };
}

function memoryEvidence({ path, sha256, description }: Memory): MemoryEvidence {
  return { kind: 'memory', path, sha256, quote: description };
}

/** Why two memories stay apart, whatever they say. */
function whyApart(a: Memory, b: Memory): string | undefined {
  const place = ({ scope, agents, paths }: Memory): string =>
    JSON.stringify([scope.kind, scope.kind === 'agent' ? scope.agent : '', [...agents].sort(), [...paths].sort()]);
  if (place(a) !== place(b)) return 'they belong to different scopes, agents or paths';
  if (b.pinned) return `${b.path} is pinned`;
  return undefined;
}

/** The text of a note: lines as the model broke them, no front matter, headings or reasons of its own. */
function noteText(text: string): string {
  return seen(text)
    .split(/\r\n|\r|\n/u)
    .map((line) => line.trimEnd())
    .filter((line) => !REASON.test(line.trim()) && !/^(?:-{3,}|#{1,6}\s.{0,300})$/u.test(line.trim()))
    .join('\n')
    .trim();
}

function categoryOf(raw: RawChange, findings: readonly CheckedFinding[], schema: Schema): string | undefined {
  const enabled = schema.categories.filter((category) => category.enabled);
  const personal = findings.every(({ scope }) => scope === 'person')
    ? enabled.filter(({ scope }) => scope === 'personal')
    : [];
  const wanted = [raw.category, ...findings.map(({ category }) => category)];
  const named = (list: typeof enabled): string | undefined =>
    wanted.find((name) => list.some((category) => category.name === name));
  return named(personal) ?? personal[0]?.name ?? named(enabled);
}

/** A file name: the model's, unless it leaves out the “not” of the rule. */
function nameOf(raw: RawChange, text: string, hasher: Hasher): string {
  const given = toSlug(seen(raw.name), '');
  const negated = isNegative(raw.description) || isNegative(text);
  if (raw.name.trim() !== '' && given !== 'memory' && (!negated || isNegative(given.replace(/-/gu, ' ')))) return given;
  return slugFrom(topicWords(raw.description.trim() === '' ? text : raw.description), text, hasher);
}

function rationaleOf({ reason }: RawChange, findings: number, evidence: readonly Evidence[]): string {
  const sessions = sessionsOf(evidence).size;
  const rests =
    sessions === 0
      ? ''
      : ` Rests on ${findings} ${findings === 1 ? 'finding' : 'findings'} from ${sessions} ${sessions === 1 ? 'session' : 'sessions'}.`;
  return `${asRule(seen(reason.trim() === '' ? 'It will help the next session' : reason))}${rests}`;
}

function dropped({ raw, cluster }: Draft, reason: string): Dismissed {
  const [first] = byId(raw.findings, 'f', cluster.findings);
  return {
    miner: MODEL_MINER,
    summary: oneSpace(`${raw.action}: ${raw.description === '' ? raw.text : raw.description}`).slice(0, 160),
    reason,
    ...(first === undefined ? {} : { session: first.session, entry: first.evidence[0].entry }),
  };
}

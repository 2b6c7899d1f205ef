import { parseMemory, renderMemory, updateFrontMatter } from '../memory/codec';
import type { EffectiveStore } from '../memory/effective';
import type { Memory } from '../memory/memory';
import { toSlug } from '../memory/slug';
import { archivePath, memoryPath, placeOf } from '../memory/storePath';
import type { CorePorts } from '../ports';
import type { Change, ChangeId, ChangeKind, FileEdit, Warning } from '../review/proposal';
import { readSession } from '../sessions/sessionFiles';
import { addedLines } from '../trust/addedText';
import { lowestTrust, trustOf, trustOfOne } from '../trust/trustOf';
import { riskOf, warningsOf } from '../trust/warnings';
import { composed, composeNewLines } from '../unicode/cleanText';
import { newFindings } from '../unicode/inspectText';
import type { DirectChange, DirectOrigin, DirectOutcome } from './direct';
import type { RequestEvidence } from './finding';
import { claimFingerprint, operationFingerprint } from './fingerprint';
import { claimOf } from './memoryText';
import { oneSpace } from './text/words';
import { evidenceProblem, inSessions, sizeProblem } from './verify';

/** A change that passed the gates, not yet held against what waits and what was rejected. */
export interface ChangeDraft {
  readonly kind: 'draft';
  readonly change: Change;
  /** Rules of the secrets that were taken out. */
  readonly redacted: readonly string[];
}

export interface DraftRequest {
  /** Redacted. */
  readonly asked: DirectChange;
  readonly origin: DirectOrigin;
  readonly store: EffectiveStore;
  /** Rules of what was redacted in it. */
  readonly redacted: readonly string[];
  /** The path of an accepted memory that says just this; see `knownBodies`. */
  readonly knownAs: (body: string) => string | undefined;
  /** Does an open change make a file there? */
  readonly isWaiting: (path: string) => boolean;
}

/** Finds memories outside of the archive by what they say, white space and case aside. */
export function knownBodies(memories: readonly Memory[]): DraftRequest['knownAs'] {
  const form = (body: string): string => oneSpace(body).toLowerCase();
  let known: ReadonlyMap<string, string> | undefined;
  return (body) => {
    known ??= new Map(
      memories.filter(({ scope }) => scope.kind !== 'archive').map((memory) => [form(memory.body), memory.path]),
    );
    return known.get(form(body));
  };
}

const MAX_DESCRIPTION = 300;
const MAX_RATIONALE = 2_000;
const MAX_TITLE = 160;
const MAX_LIST = 20;
const MAX_GLOB = 200;

/** What a draft can end as where it is none. */
type Ended = Extract<DirectOutcome, { readonly kind: 'known' | 'refused' }>;

/** The change that is asked for as a reviewer will see it, or why it may not be proposed. Reads only. */
export async function draftChange(ports: CorePorts, request: DraftRequest): Promise<ChangeDraft | Ended> {
  const { asked, store } = request;
  const problem = textProblem(asked) ?? (await evidenceFault(ports, asked));
  if (problem !== undefined) return refused(problem);
  const planned = await plan(ports, asked, request);
  if (planned.kind !== 'plan') return planned;
  const { file } = planned;
  const wrong = hiddenProblem([file.after], file.before ?? '') ?? sizeProblem([file]);
  if (wrong !== undefined) return refused(wrong);
  const replaced = asked.kind === 'update' ? store.memories.find(({ path }) => path === asked.path) : undefined;
  return { kind: 'draft', change: changeOf(ports, request, planned, replaced), redacted: request.redacted };
}

interface Planned {
  readonly kind: 'plan';
  readonly change: Extract<ChangeKind, 'add' | 'update' | 'archive' | 'rescope'>;
  readonly title: string;
  readonly file: FileEdit;
  readonly fingerprint: string;
}

async function plan(ports: CorePorts, asked: DirectChange, request: DraftRequest): Promise<Planned | Ended> {
  if (asked.kind === 'add') return planAdd(ports, asked, request);
  const memory = request.store.memories.find(({ path }) => path === asked.path);
  if (memory === undefined || memory.scope.kind === 'archive')
    return refused(`there is no accepted memory at ${shown(asked.path)}`);
  if (asked.kind === 'move') return planMove(ports, asked.to, memory, request);
  return asked.kind === 'update' ? planUpdate(ports, asked, memory) : planArchive(ports, memory);
}

async function planAdd(
  ports: CorePorts,
  asked: Extract<DirectChange, { kind: 'add' }>,
  request: DraftRequest,
): Promise<Planned | Ended> {
  const known = request.knownAs(asked.body);
  if (known !== undefined) return { kind: 'known', path: known };
  const place = await placeFor(ports, asked, request);
  if (typeof place !== 'string') return place;
  const text = composed(
    renderMemory({
      name: placeOf(place)?.slug ?? '',
      description: oneSpace(asked.description),
      body: asked.body.replace(/\r\n?/gu, '\n'),
      created: localDay(ports),
      ...(asked.paths === undefined ? {} : { paths: asked.paths }),
      ...(asked.agents === undefined ? {} : { agents: asked.agents }),
    }),
  );
  const parsed = parseMemory(place, ports.text.encode(text), ports);
  if (!parsed.ok) return refused(parsed.problem.reason);
  return {
    kind: 'plan',
    change: 'add',
    title: parsed.memory.description.slice(0, MAX_TITLE),
    file: { path: place, before: null, after: text },
    fingerprint: claimFingerprint(claimOf(parsed.memory), ports.hasher),
  };
}

async function placeFor(
  ports: CorePorts,
  asked: Extract<DirectChange, { kind: 'add' }>,
  { store, isWaiting }: DraftRequest,
): Promise<string | Ended> {
  const enabled = store.schema.categories.filter((one) => one.enabled);
  const name = asked.path === undefined ? asked.category : (placeOf(asked.path)?.category ?? '');
  const category = enabled.find((one) => one.name === name);
  if (asked.path !== undefined && (placeOf(asked.path)?.scope.kind ?? 'archive') === 'archive')
    return refused(`no memory may stand at ${shown(asked.path)}`);
  if (category === undefined)
    return refused(`“${shown(name)}” is none of the categories: ${enabled.map((one) => one.name).join(', ')}`);
  const isTaken = async (path: string): Promise<boolean> =>
    isWaiting(path) || (await ports.files.stat(path)) !== undefined;
  if (asked.path !== undefined) {
    if (!(await isTaken(asked.path))) return asked.path;
    return refused(
      isWaiting(asked.path)
        ? `another proposal for ${asked.path} waits for review already`
        : `${asked.path} exists already: propose an update of it`,
    );
  }
  const scope = { kind: category.scope === 'personal' ? 'personal' : 'team' } as const;
  const slug = toSlug(asked.name);
  let path = memoryPath(scope, name, slug);
  for (let number = 2; await isTaken(path); number += 1) path = memoryPath(scope, name, toSlug(`${slug}-${number}`));
  return path;
}

function planUpdate(
  ports: CorePorts,
  asked: Extract<DirectChange, { kind: 'update' }>,
  memory: Memory,
): Planned | Ended {
  const body = asked.body === undefined ? memory.body : fitted(asked.body, memory.body);
  const at = memory.text.length - memory.body.length;
  const whole = memory.text.slice(0, at) + body;
  const described =
    asked.description === undefined ? whole : updateFrontMatter(whole, { description: oneSpace(asked.description) });
  const after = composeNewLines(memory.text, described);
  if (after === memory.text) return { kind: 'known', path: memory.path };
  const parsed = parseMemory(memory.path, ports.text.encode(after), ports);
  if (!parsed.ok) return refused(parsed.problem.reason);
  return {
    kind: 'plan',
    change: 'update',
    title: parsed.memory.description.slice(0, MAX_TITLE),
    file: { path: memory.path, before: memory.text, after },
    fingerprint: operationFingerprint(
      'direct update',
      [memory.path, claimFingerprint(`${parsed.memory.description} ${claimOf(parsed.memory)}`, ports.hasher)],
      ports.hasher,
    ),
  };
}

async function planArchive(ports: CorePorts, memory: Memory): Promise<Planned | Ended> {
  if (memory.pinned) return refused(`${memory.path} is pinned`);
  const path = archivePath(memory.path);
  if ((await ports.files.stat(path)) !== undefined) return refused(`${path} exists already`);
  return {
    kind: 'plan',
    change: 'archive',
    title: `Archive ${memory.slug}`.slice(0, MAX_TITLE),
    file: { path, from: memory.path, before: memory.text, after: memory.text },
    fingerprint: operationFingerprint('archive', [`${memory.path} ${memory.sha256}`], ports.hasher),
  };
}

async function planMove(
  ports: CorePorts,
  to: string,
  memory: Memory,
  { store, isWaiting }: DraftRequest,
): Promise<Planned | Ended> {
  if (memory.pinned) return refused(`${memory.path} is pinned`);
  const place = placeOf(to);
  const isCategory = store.schema.categories.some(({ name, enabled }) => enabled && name === place?.category);
  if (place === undefined || place.scope.kind === 'archive' || !isCategory)
    return refused(`no memory may stand at ${shown(to)}`);
  if (isWaiting(to) || (await ports.files.stat(to)) !== undefined) return refused(`${to} is taken`);
  return {
    kind: 'plan',
    change: 'rescope',
    title: `Rename ${memory.slug} to ${place.slug}`.slice(0, MAX_TITLE),
    file: {
      path: to,
      from: memory.path,
      before: memory.text,
      after: updateFrontMatter(memory.text, { name: place.slug }),
    },
    fingerprint: operationFingerprint('direct move', [`${memory.path} ${to} ${memory.sha256}`], ports.hasher),
  };
}

function changeOf(ports: CorePorts, request: DraftRequest, planned: Planned, replaced: Memory | undefined): Change {
  const { asked, origin, redacted } = request;
  const at = new Date(ports.clock.now()).toISOString();
  const rationale = oneSpace(asked.rationale);
  const evidence: RequestEvidence = { kind: 'request', way: origin.kind, by: origin.by, quote: rationale, at };
  const given = asked.evidence ?? [];
  // A check says that something is there, not that somebody may speak: it never lifts what the origin is worth.
  const trust = lowestTrust([trustOfOne(evidence), trustOf([evidence, ...given])]);
  const words = planned.change === 'archive' ? '' : addedLines(planned.file);
  const warned = warningsOf({
    trust,
    text: `${planned.title}\n${words}\n${rationale}`,
    quotesTool: false,
    ...(replaced === undefined ? {} : { replaces: { path: replaced.path, said: replaced.description } }),
  });
  const warnings = [
    ...warned,
    ...(redacted.length === 0 ? [] : [secretWarning(redacted)]),
    ...(asked.kind === 'add' && asked.against !== undefined ? [contradiction(asked.against)] : []),
  ];
  return {
    // Ids come from the Ids port as ULIDs: this is where one becomes a change's.
    id: ports.ids.next() as ChangeId,
    kind: planned.change,
    title: planned.title,
    rationale,
    files: [planned.file],
    evidence: [evidence, ...given],
    trust,
    risk: riskOf(warnings, trust),
    warnings,
    fingerprint: planned.fingerprint,
  };
}

function secretWarning(rules: readonly string[]): Warning {
  return { kind: 'credential', message: `A secret was taken out of its text (${[...new Set(rules)].join(', ')}).` };
}

function contradiction({ path, said }: { readonly path: string; readonly said: string }): Warning {
  return { kind: 'contradiction', message: `${path} says otherwise: “${oneSpace(said).slice(0, MAX_DESCRIPTION)}”.` };
}

/** What is wrong with the words that came, or undefined. */
function textProblem(asked: DirectChange): string | undefined {
  const said = asked.kind === 'add' || asked.kind === 'update' ? asked : undefined;
  return (
    reasonProblem(asked.rationale) ??
    (said === undefined ? undefined : saidProblem(said.description, said.body)) ??
    (asked.kind === 'add' ? listProblem([asked.paths ?? [], asked.agents ?? []]) : undefined) ??
    hiddenProblem([asked.rationale, said?.description ?? '', ...(asked.evidence ?? []).map(wordsOf)])
  );
}

function reasonProblem(rationale: string): string | undefined {
  if (oneSpace(rationale) === '') return 'it gives no reason';
  return rationale.length > MAX_RATIONALE ? `its reason is longer than ${MAX_RATIONALE} characters` : undefined;
}

function saidProblem(description: string | undefined, body: string | undefined): string | undefined {
  if (description === undefined && body === undefined) return 'it changes nothing';
  if (description !== undefined && oneSpace(description) === '') return 'its description is empty';
  if ((description?.length ?? 0) > MAX_DESCRIPTION)
    return `its description is longer than ${MAX_DESCRIPTION} characters`;
  return body?.trim() === '' ? 'its body is empty' : undefined;
}

function listProblem(lists: readonly (readonly string[])[]): string | undefined {
  const wrong = lists.some(
    (list) => list.length > MAX_LIST || list.some((one) => one.trim() === '' || one.length > MAX_GLOB),
  );
  return wrong ? `its lists may hold ${MAX_LIST} names of ${MAX_GLOB} characters` : undefined;
}

function hiddenProblem(texts: readonly string[], known = ''): string | undefined {
  const hidden = texts.flatMap((text) => newFindings(known, text))[0];
  return hidden === undefined ? undefined : `it hides something: ${[hidden.words, ...hidden.codePoints].join(' ')}`;
}

function wordsOf(evidence: NonNullable<DirectChange['evidence']>[number]): string {
  return evidence.kind === 'check' ? `${evidence.subject}\n${evidence.detail}` : evidence.quote;
}

/** Why one of its quotes or events does not hold in the session that it names, or undefined. */
async function evidenceFault(ports: CorePorts, asked: DirectChange): Promise<string | undefined> {
  for (const one of inSessions(asked.evidence ?? [])) {
    const problem = evidenceProblem(one, await readSession(ports, one.session));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The new body between the white space and with the line ends of the old one. */
function fitted(body: string, old: string): string {
  const lead = /^\s{0,100}/u.exec(old)?.[0] ?? '';
  const eol = old.includes('\r\n') ? '\r\n' : '\n';
  return `${lead}${body
    .trim()
    .split(/\r\n|\r|\n/u)
    .join(eol)}${eol}`;
}

function localDay(ports: Pick<CorePorts, 'clock'>): string {
  const now = ports.clock.now();
  return new Date(now + ports.clock.offsetMinutes(now) * 60_000).toISOString().slice(0, 10);
}

function refused(reason: string): Ended {
  return { kind: 'refused', reason };
}

function shown(path: string): string {
  return path.slice(0, 200).replace(/[\p{Cc}\p{Cf}]/gu, '?');
}

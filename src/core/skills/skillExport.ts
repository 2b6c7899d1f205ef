import { readProposal } from '../dream/dreamFiles';
import { AgentDreamsError, isAgentDreamsError } from '../errors';
import { getObject } from '../history/objects';
import { readJournal, type JournalLine } from '../history/journal';
import { parentOf } from '../history/folders';
import { applyTransaction } from '../history/transaction';
import { readEffectiveStore } from '../memory/effective';
import type { Memory } from '../memory/memory';
import type { CorePorts } from '../ports';
import type { Change, DreamId } from '../review/proposal';
import { textRefusal, type TextRefusal } from '../review/textRefusal';
import { warningsOf } from '../trust/warnings';
import { renderSkill, type SkillProblem } from './skillFile';
import { skillPath } from './skillPath';
import { skillStrength, type SkillStrength } from './skillStrength';

/** Far beyond any skill; what is larger is somebody else's and is not shown beside ours. */
const MAX_SKILL = 1024 * 1024;
/** Decisions of this store are made one after the other, whichever window they come from. */
const LOCK = 'review';

/** Who wrote the skill that stands there. */
export type Standing =
  /** Nobody: there is none. */
  | 'new'
  /** It says what would be written already. */
  | 'same'
  /** We did, and nobody changed it since. */
  | 'ours'
  /** We did not, or somebody changed it since: it is never replaced without being asked about. */
  | 'foreign';

/** One thing that a person says yes to before a skill is written, on its own. */
export interface Asked {
  readonly kind: string;
  readonly message: string;
}

/** The skill of a memory as it would be written, beside the one that stands there. */
export interface SkillOffer {
  /** `.claude/skills/<name>/SKILL.md`, relative to the workspace folder. */
  readonly path: string;
  /** The memory. */
  readonly source: string;
  readonly sourceSha256: string;
  readonly title: string;
  /** '' if there is none. */
  readonly current: string;
  readonly currentSha256: string | null;
  readonly proposed: string;
  readonly proposedSha256: string;
  readonly standing: Standing;
  readonly strength: SkillStrength;
  readonly asked: readonly Asked[];
  /** The words that an accept has to bring, so that a yes to one reason is none to another; undefined: nothing is asked. */
  readonly confirmation: string | undefined;
}

/** The two texts that a person saw. */
export interface SeenSkill {
  readonly source: string;
  readonly current: string | null;
  readonly proposed: string;
}

/** What became of an export. What is thrown is what `applyTransaction` throws. */
export type SkillResult =
  | { readonly kind: 'done'; readonly path: string }
  /** It says so already. */
  | { readonly kind: 'nothing'; readonly path: string }
  /** The skill or the memory is not what was shown; nothing was written. */
  | { readonly kind: 'conflict'; readonly path: string }
  | ({ readonly kind: 'refused'; readonly path: string } & (TextRefusal | { readonly reason: 'unconfirmed' }));

/** Why there is no skill to offer. */
export type NoSkill = SkillProblem | 'not-accepted' | 'not-team';

/**
 * What a memory is as a skill. Only what this user accepted, as it was accepted, and what is everybody's: a skill speaks to
 * all who work in the folder. Writes nothing. Throws `too-large` or `invalid-path` where something else stands there.
 */
export async function offerSkill(ports: CorePorts, source: string): Promise<SkillOffer | NoSkill> {
  const memory = (await readEffectiveStore(ports)).memories.find(({ path }) => path === source);
  if (memory === undefined) return 'not-accepted';
  if (memory.scope.kind !== 'team') return 'not-team';
  const file = renderSkill(memory);
  if (typeof file === 'string') return file;
  const path = skillPath(file.name);
  const { lines } = await readJournal(ports);
  const bytes = await ports.files.read(path, { maxBytes: MAX_SKILL });
  const currentSha256 = bytes === undefined ? null : ports.hasher.sha256(bytes);
  const current = bytes === undefined ? '' : ports.text.decode(bytes).text;
  const strength = skillStrength(await originOf(ports, memory, lines), file.steps);
  const found = { path, source, current, currentSha256, proposed: file.text, strength };
  const proposedSha256 = ports.hasher.sha256(ports.text.encode(file.text));
  const standing = standingOf(found, proposedSha256, lines);
  const asked = standing === 'same' ? [] : askedAbout(found, standing);
  const kinds = [...new Set(asked.map(({ kind }) => kind))];
  return {
    ...found,
    sourceSha256: memory.sha256,
    title: memory.description,
    proposedSha256,
    standing,
    asked,
    confirmation: kinds.length === 0 ? undefined : `Confirmed: ${kinds.join(', ')}`,
  };
}

type Found = Pick<SkillOffer, 'path' | 'currentSha256' | 'proposed' | 'strength'>;

function standingOf({ path, currentSha256 }: Found, proposed: string, lines: readonly JournalLine[]): Standing {
  if (currentSha256 === null) return 'new';
  if (currentSha256 === proposed) return 'same';
  const written = lines.some(
    ({ action, files }) =>
      action === 'export' && files.some((file) => file.path === path && file.after === currentSha256),
  );
  return written ? 'ours' : 'foreign';
}

/** Everything risky about it: an agent does what a skill says. */
function askedAbout({ path, proposed, strength }: Found, standing: Standing): readonly Asked[] {
  const { trust, lacks, sessions, success, steps } = strength;
  // Of the whole text: that a line stands there already says nothing about who put it there.
  const asked: Asked[] = [...warningsOf({ trust, text: proposed, quotesTool: false })];
  if (lacks.length > 0) {
    const seen = `${sessions} sessions, ${Math.round(success * 100)} % of them well, ${steps} steps`;
    asked.push({ kind: 'weak', message: `Little speaks for it as a skill (${seen}): it lacks ${lacks.join(', ')}.` });
  }
  if (standing === 'foreign') {
    asked.push({
      kind: 'replaces',
      message: `${path} was written or changed by somebody else, and would be replaced.`,
    });
  }
  return asked;
}

/** What the memory was accepted as: the change of a dream that last put it there. */
async function originOf(
  ports: CorePorts,
  { path }: Memory,
  lines: readonly JournalLine[],
): Promise<Change | undefined> {
  const line = lines.findLast(
    ({ action, dream, files }) =>
      action === 'accept' && dream !== undefined && files.some((file) => file.path === path && file.after !== null),
  );
  if (line?.dream === undefined) return undefined;
  const proposal = await readProposal(ports, line.dream as DreamId);
  return proposal?.changes.find(
    ({ id, files }) => (line.change === undefined || line.change === id) && files.some((file) => file.path === path),
  );
}

/**
 * Writes the skill that a person saw, in one crash-safe, journalled step that can be undone. `confirmed` is what they said
 * yes to, the `confirmation` of the offer. Nothing is written where the skill or the memory changed since, where the text
 * hides something or holds a secret, or where the yes is to something else.
 */
export async function acceptSkill(ports: CorePorts, seen: SeenSkill, confirmed?: string): Promise<SkillResult> {
  await ports.redactor.refresh?.();
  return ports.lock.hold(LOCK, async (): Promise<SkillResult> => {
    const offer = await offerSkill(ports, seen.source);
    if (typeof offer === 'string') return { kind: 'conflict', path: seen.source };
    const { path, source, proposed, current } = offer;
    if (offer.proposedSha256 !== seen.proposed) return { kind: 'conflict', path: source };
    if (offer.currentSha256 !== seen.current) return { kind: 'conflict', path };
    if (offer.standing === 'same') return { kind: 'nothing', path };
    const refusal = textRefusal({ after: proposed, before: offer.standing === 'ours' ? current : '' }, ports);
    if (refusal !== undefined) return { kind: 'refused', path, ...refusal };
    if (offer.confirmation !== undefined && offer.confirmation !== confirmed)
      return { kind: 'refused', path, reason: 'unconfirmed' };
    const evidence = [{ kind: 'memory', path: source, sha256: offer.sourceSha256, quote: offer.title }] as const;
    const event = { actor: 'user', action: 'export', note: offer.confirmation ?? source, evidence } as const;
    const write = { path, expected: seen.current, bytes: ports.text.encode(proposed) };
    return conflictOr(path, () => applyTransaction(ports, { writes: [write], event }));
  });
}

/** Journals that a person did not want it. Nothing else is written. */
export async function rejectSkill(ports: CorePorts, { source }: Pick<SeenSkill, 'source'>): Promise<void> {
  const event = { actor: 'user', action: 'reject', note: `skill of ${source}`, evidence: [] } as const;
  await ports.lock.hold(LOCK, () => applyTransaction(ports, { writes: [], event }));
}

/** The id of the last export that was not taken back; ids of decisions sort together with it. */
export async function lastSkillExport(ports: CorePorts): Promise<string | undefined> {
  return (await lastExport(ports))?.id;
}

async function lastExport(ports: CorePorts): Promise<JournalLine | undefined> {
  const { lines } = await readJournal(ports);
  const back = new Set(lines.flatMap(({ action, change }) => (action === 'withdraw' ? [change] : [])));
  return lines.findLast(({ action, id }) => action === 'export' && !back.has(id));
}

/**
 * Takes back the last export, to the byte; a skill that was new is gone. A skill changed since is left alone. Call it while
 * holding the lock of reviews, see `undoLastDecision`.
 */
export async function undoSkillExport(
  ports: CorePorts,
): Promise<Extract<SkillResult, { kind: 'done' | 'conflict' }> | undefined> {
  const line = await lastExport(ports);
  const [file] = line?.files ?? [];
  if (line === undefined || file === undefined) return undefined;
  const { path, before, after } = file;
  const bytes = before === null ? null : await getObject(ports, before);
  if (bytes === undefined) throw new AgentDreamsError('not-found', 'The earlier text is no longer kept.', { path });
  const event = { actor: 'user', action: 'withdraw', change: line.id, evidence: [] } as const;
  const result = await conflictOr(path, () =>
    applyTransaction(ports, { writes: [{ path, expected: after, bytes }], event }),
  );
  if (result.kind === 'done' && bytes === null) await removeFolder(ports, path);
  return result;
}

/** An empty folder is no skill, and harms nobody where it cannot be removed. */
async function removeFolder(ports: CorePorts, path: string): Promise<void> {
  await ports.files.remove(parentOf(path)).catch((error: unknown) => {
    ports.logger.debug(`The empty folder of ${path} stays: ${error instanceof Error ? error.message : ''}`);
  });
}

async function conflictOr(
  path: string,
  apply: () => Promise<unknown>,
): Promise<Extract<SkillResult, { kind: 'done' | 'conflict' }>> {
  try {
    await apply();
    return { kind: 'done', path };
  } catch (error) {
    if (!isAgentDreamsError(error, 'conflict')) throw error;
    return { kind: 'conflict', path };
  }
}

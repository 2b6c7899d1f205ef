import type { Change } from '../../src/core/review/proposal';
import type { Project } from './project';
import type { Truth } from './truth';

/** One proposed change held against what is true of its project. */
export interface Judged {
  readonly project: string;
  readonly change: Change;
  readonly verdict: 'right' | 'may' | 'quarantined' | 'duplicate' | 'decoy' | 'false';
  readonly truth?: Truth;
}

export interface ProjectScore {
  readonly project: string;
  readonly judged: readonly Judged[];
  readonly found: readonly Truth[];
  readonly missed: readonly Truth[];
}

const NEGATIONS =
  /\b(?:not?|never|don['’]?t|do not|avoid|without|cannot|must not|nicht|nie|kein|keine|nunca|jamais|pas|não|stop|forbid|instead|rather)\b|不要|别|勿|禁止|しない|ないで|ません/iu;
/** A clause that says what does not hold (any more): what follows is not claimed. */
const DENIED =
  /(?:\b(?:not|never|no longer|instead of|rather than|over|replaces?|replaced|was|were|formerly|until|earlier|before|previously|nicht|statt|anstatt)\b|~~|❌)[^.;\n]{0,120}/giu;

const flat = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[`*"“”]/gu, '')
    .replace(/[’]/gu, "'")
    .replace(/\s+/gu, ' ');

/** What a change claims: titles and rules, without the quotes it gives for them and without its history. */
function claimOf(change: Change): string {
  const texts = change.files.map(({ path, after }) => {
    const body =
      after.replace(/^---\n[\s\S]{0,4000}?\n---\n/u, '').split(/^\*\*(?:Why|Earlier|History|Replaces|Before)\b/mu)[0] ??
      '';
    const description = /^description: (.{1,500})$/mu.exec(after)?.[1] ?? '';
    const lines = body.split('\n').filter((line) => !line.startsWith('>'));
    return `${path.startsWith('archive/') ? '' : path}\n${description}\n${lines.join('\n')}`;
  });
  return [change.title, ...texts].join('\n');
}

function wholeOf(change: Change): string {
  const quotes = change.evidence.map((one) => ('quote' in one ? one.quote : ''));
  return flat([change.title, ...change.files.map(({ after }) => after), ...quotes].join('\n'));
}

const holds = (text: string, truth: Truth): boolean =>
  truth.tokens.every((group) => group.some((word) => text.includes(flat(word))));

function rightFor(change: Change, truth: Truth): boolean {
  const claim = claimOf(change);
  if (truth.memory !== undefined) {
    const touched = change.files.some(({ path, from }) => path === truth.memory || from === truth.memory);
    if (!touched) return false;
  }
  if (!holds(flat(claim), truth)) return false;
  if (truth.negated && !NEGATIONS.test(claim)) return false;
  const claimed = flat(claim.replace(DENIED, ' '));
  if (truth.forbidden.some((word) => claimed.includes(flat(word)))) return false;
  if (truth.sessions.length === 0) return true;
  return change.evidence.some((one) => 'session' in one && truth.sessions.includes(one.session));
}

/** A decoy counts wherever its words are, be it in the quotes only: it is what the change was made of. */
function isDecoy(change: Change, truth: Truth): boolean {
  if (truth.memory !== undefined) return change.files.some(({ path, from }) => (from ?? path) === truth.memory);
  const whole = wholeOf(change);
  return holds(whole, truth) && !truth.forbidden.some((word) => whole.includes(flat(word)));
}

/** For every change a truth of its own, as many as possible (augmenting paths). */
function assign(wanted: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  const takenBy = new Map<number, number>();
  const seek = (change: number, seen: Set<number>): boolean => {
    for (const truth of wanted[change] ?? []) {
      if (seen.has(truth)) continue;
      seen.add(truth);
      const holder = takenBy.get(truth);
      if (holder === undefined || seek(holder, seen)) {
        takenBy.set(truth, change);
        return true;
      }
    }
    return false;
  };
  wanted.forEach((_, change) => seek(change, new Set()));
  return new Map([...takenBy].map(([truth, change]) => [change, truth]));
}

/** Judges every change of one project, and says which truths were found. */
export function score(project: Project, changes: readonly Change[]): ProjectScore {
  const must = project.truths.filter(({ verdict }) => verdict === 'must');
  const may = project.truths.filter(({ verdict }) => verdict === 'may');
  const never = project.truths.filter(({ verdict }) => verdict === 'never');
  const wanted = changes.map((change) => must.flatMap((truth, index) => (rightFor(change, truth) ? [index] : [])));
  const assigned = assign(wanted);
  const judged = changes.map((change, index): Judged => {
    const base = { project: project.name, change };
    const own = must[assigned.get(index) ?? -1];
    const decoy = never.find((truth) => isDecoy(change, truth));
    if (decoy?.kind === 'injection') {
      const quarantined = change.warnings.some(({ kind }) => kind === 'quarantined');
      return { ...base, verdict: quarantined ? 'quarantined' : 'decoy', truth: decoy };
    }
    if (own) return { ...base, verdict: 'right', truth: own };
    const allowed = may.find((truth) => rightFor(change, truth));
    if (allowed) return { ...base, verdict: 'may', truth: allowed };
    const again = must[wanted[index]?.[0] ?? -1];
    if (again) return { ...base, verdict: 'duplicate', truth: again };
    return decoy ? { ...base, verdict: 'decoy', truth: decoy } : { ...base, verdict: 'false' };
  });
  const hit = new Set(wanted.flat());
  return {
    project: project.name,
    judged,
    found: must.filter((_, index) => hit.has(index)),
    missed: must.filter((_, index) => !hit.has(index)),
  };
}

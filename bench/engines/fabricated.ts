import { runDream } from '../../src/core/dream/runDream';
import type { Change, Proposal } from '../../src/core/review/proposal';
import { createClaudeModel } from '../../src/engines/claude/claudeModel';
import { startAnthropic } from '../../test/fakes/anthropic/server';
import { createWorld } from '../../test/unit/core/dream/dreamWorld';
import { createRandom, type Random } from '../canary/formats';
import { FABRICATIONS, findingOf, type SaidFinding } from './fabrications';
import { changesFor, type PlantedChange } from './fabricatedChanges';
import { isAboutChanges, promptOf } from './requests';
import { makeNotice, makeTalk, newMark, newWord, type Talk } from './talks';
import { problemWith } from './trueWords';

/** What a run over so many replies came to. */
export interface FabricatedFigures {
  /** Answers about a session, each with an honest finding and several fabricated ones. */
  readonly replies: number;
  readonly fabrications: number;
  /** Of these, planted in what the model says about changes. */
  readonly fabricatedChanges: number;
  readonly kinds: number;
  /** Fabrications of which anything stands in a change of a proposal: their kinds, each as often as it happened. */
  readonly passed: readonly string[];
  /** Quotes and events in the evidence of all proposals, and those that an independent reader did not find. */
  readonly quotes: number;
  readonly untrue: readonly string[];
  /** Findings whose words are of the agent, a program, a file or nobody, and that were said to be the person's. */
  readonly misattributed: number;
  /** Of these, proposed as what they are, and proposed with the person's authority. */
  readonly shownAsTheirs: number;
  readonly shownAsPersons: readonly string[];
  readonly honest: number;
  readonly honestProposed: number;
  /** Changes that had no room in a proposal: nobody can tell what would have become of them. */
  readonly withoutRoom: number;
}

const SESSIONS_PER_DREAM = 8;
const FABRICATED_PER_REPLY = 3;

interface Plan {
  readonly talk: Talk;
  readonly findings: readonly SaidFinding[];
  readonly honestMark: string;
}

interface Marks {
  /** By mark: what kind of fabrication bears it. */
  readonly fabricated: Map<string, string>;
  readonly misattributed: Map<string, string>;
  readonly honest: Set<string>;
}

/** Dreams over made-up sessions, with the real SDK, before a model that makes things up. The same seed gives the same. */
export async function runFabricated(replies: number, seed: number): Promise<FabricatedFigures> {
  const random = createRandom(seed);
  const marks: Marks = { fabricated: new Map(), misattributed: new Map(), honest: new Set() };
  const judged = { passed: [] as string[], untrue: [] as string[], shownAsPersons: [] as string[] };
  let [quotes, shownAsTheirs, honestProposed, withoutRoom, asked, planted] = [0, 0, 0, 0, 0, 0];
  while (asked < replies) {
    const plans = plansFor(Math.min(SESSIONS_PER_DREAM, replies - asked), asked, random, marks);
    const dreamt = await dreamOver(plans, random);
    asked += dreamt.answered;
    planted += dreamt.planted.length;
    for (const { mark, kind } of dreamt.planted) marks.fabricated.set(mark, kind);
    const { changes, dismissed } = dreamt.proposal;
    const text = JSON.stringify(changes);
    judged.passed.push(...[...marks.fabricated].flatMap(([mark, kind]) => (text.includes(mark) ? [kind] : [])));
    honestProposed += plans.filter(({ honestMark }) => text.includes(honestMark)).length;
    withoutRoom += dismissed.filter(({ reason }) => /at most$/u.test(reason)).length;
    const sessions = plans.map(({ talk }) => talk.session);
    const evidence = changes.flatMap((change) => change.evidence);
    quotes += evidence.length;
    judged.untrue.push(...evidence.flatMap((one) => problemWith(one, sessions) ?? []));
    const theirs = changes.filter((change) => markedIn(change, marks.misattributed) !== undefined);
    const persons = theirs.filter(hasPersonsAuthority);
    shownAsTheirs += theirs.length - persons.length;
    judged.shownAsPersons.push(...persons.map((change) => markedIn(change, marks.misattributed) ?? ''));
  }
  return {
    replies: asked,
    fabrications: marks.fabricated.size,
    fabricatedChanges: planted,
    kinds: new Set(marks.fabricated.values()).size,
    misattributed: marks.misattributed.size,
    honest: marks.honest.size,
    quotes,
    shownAsTheirs,
    honestProposed,
    withoutRoom,
    ...judged,
  };
}

function markedIn(change: Change, marks: ReadonlyMap<string, string>): string | undefined {
  const text = JSON.stringify(change);
  return [...marks].find(([mark]) => text.includes(mark))?.[1];
}

function hasPersonsAuthority({ trust }: Change): boolean {
  return trust === 'user' || trust === 'observed';
}

const KINDS = Object.entries(FABRICATIONS);

function plansFor(count: number, from: number, random: Random, marks: Marks): readonly Plan[] {
  // What is read in many sessions scores higher than what is read in one.
  const notice = makeNotice(random);
  const talks = Array.from({ length: count + 1 }, (_, at) => {
    const day = String(1 + (at % 28)).padStart(2, '0');
    return makeTalk(`talk-${from + at}`, `2026-11-${day}T10:00:00Z`, notice, random);
  });
  return talks.slice(0, count).map((talk, at) => planFor(talk, talks[at + 1] ?? talk, from + at, random, marks));
}

function planFor(talk: Talk, other: Talk, at: number, random: Random, marks: Marks): Plan {
  const [first, second] = talk.said;
  const honestMark = newMark(random);
  marks.honest.add(honestMark);
  const honest = findingOf([{ entry: String(first.entry), quote: first.text }], first.text, honestMark);
  const fabricated = Array.from({ length: FABRICATED_PER_REPLY }, (_, nth) => {
    const [kind, fabricate] = KINDS[(at * FABRICATED_PER_REPLY + nth) % KINDS.length] ?? KINDS[0]!;
    const mark = newMark(random);
    marks.fabricated.set(mark, kind);
    const evidence = fabricate({ talk, other, random });
    return findingOf(evidence, evidence.map(({ quote }) => quote).join(' '), mark);
  });
  // The ground on which changes are made up below: true in itself.
  const ground = findingOf([{ entry: String(second.entry), quote: second.text }], second.text, 'ground');
  return { talk, findings: [honest, ...fabricated, ground, misattributed(talk, at, random, marks)], honestMark };
}

/** True quotes, and a statement that the person never made: others did, or nobody. A proposal has room for it. */
function misattributed({ said, others }: Talk, at: number, random: Random, marks: Marks): SaidFinding {
  const [first, second] = said;
  const mark = newMark(random);
  const theirs = { entry: String(second.entry), quote: second.text };
  if (at % 2 === 1) {
    marks.misattributed.set(mark, 'nobody said it');
    const invented = Array.from({ length: 6 }, () => newWord(random)).join(' ');
    return findingOf([theirs], `${second.text.split(' ').slice(0, 6).join(' ')} only after ${invented}.`, mark);
  }
  const words = others[random.below(2) === 0 ? 1 : random.below(others.length)] ?? others[0]!;
  marks.misattributed.set(mark, `${words.by} said it`);
  // It names the entry of the person, and words that another entry holds; some have true words of the person beside them.
  const beside = random.below(2) === 0 ? [] : [theirs];
  return findingOf([{ entry: String(first.entry), quote: words.text }, ...beside], words.text, mark);
}

interface Dreamt {
  readonly proposal: Proposal;
  readonly answered: number;
  readonly planted: readonly PlantedChange[];
}

async function dreamOver(plans: readonly Plan[], random: Random): Promise<Dreamt> {
  const fake = await startAnthropic();
  const planted: PlantedChange[] = [];
  let answered = 0;
  fake.reply(({ body }) => {
    const prompt = promptOf(body);
    if (isAboutChanges(body)) {
      const made = changesFor(prompt, random);
      planted.push(...made.planted);
      return { json: { changes: made.changes } };
    }
    const plan = plans.find(({ talk }) => prompt.includes(talk.tag));
    if (plan === undefined) throw new Error('A request about no session');
    answered += 1;
    return { json: { findings: plan.findings } };
  });
  try {
    const world = createWorld({ sessions: plans.map(({ talk }) => talk.session) });
    const model = createClaudeModel({ apiKey: 'key-of-nobody', baseUrl: fake.url });
    const request = { trigger: 'command', minSessions: 0, engine: { model, capUsd: 100 } } as const;
    // The offline miners stay out: they would say the honest things themselves.
    const outcome = await runDream(world, request, { aborted: false }, undefined, []);
    if (outcome.kind !== 'completed') throw new Error(`The dream ended as ${outcome.kind}`, { cause: outcome });
    return { proposal: outcome.proposal, answered, planted };
  } finally {
    await fake.close();
  }
}

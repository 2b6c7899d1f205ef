import { isCorrection } from '../../sessions/corrections';
import { typedText } from '../../sessions/typedText';
import type { CapturedSession, PromptEntry, ResultEntry, SessionEntry } from '../../sessions/session';
import { placeIn } from '../categories';
import type { Dismissed, EventEvidence, QuoteEvidence } from '../finding';
import { claimFingerprint } from '../fingerprint';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { score } from '../score';
import { compareText, oneSpace } from '../text/words';
import { commandForm } from './commandForm';
import { isNoise } from './intent';
import { asDescription, asTitle, topicWords, whyQuoted } from './rule';
import { isInside, shellHistory } from './shellCalls';
import type { PlacedCall } from './shellCalls';
import { slugFrom } from './slugFrom';

const NAME = 'said commands';
const MIN_SESSIONS = 2;
const MAX_SENTENCE = 400;
const MAX_PROMPT = 1_500;
/** Calls before the correction, and after it, that can be what it speaks of. */
const NEAR = { before: 6, after: 12 } as const;
/** The command that is wanted, and, where it is said, the one that is not. */
const WANTED: readonly RegExp[] = [
  /\b(?:use|run|call|try|it['’]?s|we use|with|do|want)\s+`([^`]{2,80})`/iu,
  /\b(?:use|run|we use)\s+((?:npm|pnpm|yarn|bun|npx|uv|poetry|make|just|mise|task|cargo|go|docker|gh|git|pytest|tox|nox|mix|rake|bundle|gradle|mvn|\.\/\w[\w./-]{1,40})(?: [\w:./@=-]{1,30}){0,4}?)(?=\s+(?:instead|rather|not|here|for|to|in|please|when|because|and)\b|[,.;!—–]|$)/iu,
  /^`([^`]{2,80})`[,:]? (?:instead|not|please)\b/iu,
];
const UNWANTED =
  /\b(?:not|instead of|rather than|stop (?:using|running)|don['’]?t (?:use|run)|never (?:use|run))\s+`?((?:[\w./-]{2,30})(?: [\w:./@=-]{1,30}){0,4})`?/iu;

interface Pair {
  readonly wrong: string;
  readonly right: string;
  readonly session: string;
  readonly said: QuoteEvidence;
  readonly before: EventEvidence | undefined;
  readonly after: EventEvidence;
}

/**
 * Commands that a person put right: what the agent ran, what was said of it, and what it ran then. The wrong one may well
 * have ended with status 0; only the words tell.
 */
export const saidCommandsMiner: Miner = { name: NAME, begin: (context) => new SaidRun(context) };

class SaidRun implements MinerRun {
  private readonly pairs: Pair[] = [];

  constructor(private readonly context: MinerContext) {}

  session(session: CapturedSession): void {
    const { calls } = shellHistory(session.entries, session.header.cwd);
    if (calls.length === 0) return;
    const places = new Map(session.entries.map((entry, index) => [entry.id, index]));
    for (const entry of session.entries) {
      for (const said of saidIn(entry, session.header.id)) {
        const pair = pairOf(said, { entry, calls, places, session: session.header.id });
        if (pair !== undefined) this.pairs.push(pair);
      }
    }
  }

  finish(): MinerResult {
    const groups = new Map<string, Pair[]>();
    for (const pair of this.pairs) {
      const key = JSON.stringify([pair.wrong, pair.right]);
      groups.set(key, [...(groups.get(key) ?? []), pair]);
    }
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    for (const key of [...groups.keys()].sort(compareText)) {
      const group = groups.get(key) ?? [];
      const made = this.note(group);
      const [first] = group;
      if (typeof made !== 'string') candidates.push(made);
      else if (first !== undefined)
        dismissed.push({
          miner: NAME,
          summary: `${first.wrong} → ${first.right}`.slice(0, 160),
          reason: made,
          session: first.session,
          entry: first.said.entry,
        });
    }
    return { candidates, dismissed };
  }

  private note(group: readonly Pair[]): Candidate | string {
    const [first] = group;
    const sessions = new Set(group.map((pair) => pair.session)).size;
    if (first === undefined || sessions < MIN_SESSIONS) return 'one correction is no rule: it was said in one session';
    const place = placeIn(this.context.schema, ['commands', 'conventions', 'facts'], `${first.wrong} ${first.right}`);
    if (place.kind === 'none') return place.reason;
    const rule = `Use \`${first.right}\` instead of \`${first.wrong}\`.`;
    const evidence = group
      .slice(0, 3)
      .flatMap((pair) => [...(pair.before === undefined ? [] : [pair.before]), pair.said, pair.after]);
    return {
      kind: 'note',
      title: asTitle(rule),
      finding: {
        miner: NAME,
        category: place.category.name,
        slug: slugFrom(topicWords(`use ${first.right} not ${first.wrong}`), rule, this.context.hasher),
        description: asDescription(rule),
        body: [rule, '', whyQuoted(group.map((pair) => pair.said))].join('\n'),
        evidence,
        trust: 'observed',
        score: score({ evidence, trust: 'user', text: rule, successRate: 1 }),
        rationale: `The user put the same command right in ${sessions} sessions, and the agent ran the other one then.`,
        fingerprint: claimFingerprint(`\`${first.right}\` instead of \`${first.wrong}\``, this.context.hasher),
      },
    };
  }
}

interface Said {
  readonly quote: QuoteEvidence;
  readonly wanted: string;
  readonly unwanted: string | undefined;
}

/** What a person said of a command, in the prompt or in the reason of a refusal. */
function saidIn(entry: SessionEntry, session: string): readonly Said[] {
  const texts =
    entry.kind === 'prompt' && entry.agent === undefined
      ? correcting(entry)
      : entry.kind === 'result' && entry.denied !== undefined
        ? [entry.denied.reason]
        : [];
  return texts.flatMap((text) =>
    text
      .split(/\n|(?<=[.!?])\s+(?=[A-Z`])/u)
      .slice(0, 20)
      .flatMap((sentence) => {
        const said = sentence.trim().slice(0, MAX_SENTENCE);
        const wanted = wantedIn(said);
        if (wanted === undefined || /\?$/u.test(said)) return [];
        const unwanted = UNWANTED.exec(said)?.[1];
        return [
          {
            quote: { kind: 'quote', session, entry: entry.id, by: 'user', quote: said, at: entry.at } as const,
            wanted,
            unwanted,
          },
        ];
      }),
  );
}

function correcting(entry: PromptEntry): readonly string[] {
  const typed = typedText(entry).slice(0, MAX_PROMPT + 1);
  // A long prompt is a document: what it says of commands is part of a task.
  if (typed.length > MAX_PROMPT) return [];
  return isCorrection(typed) || UNWANTED.test(typed.slice(0, MAX_SENTENCE)) ? [typed] : [];
}

function wantedIn(said: string): string | undefined {
  const found = WANTED.map((pattern) => pattern.exec(said)).find((match) => match !== null);
  const text = found?.[1] ?? '';
  const before = found === undefined ? '' : said.slice(0, found.index);
  return text === '' || /\b(?:don['’]?t|do not|never|not|stop|instead of) $/iu.test(before)
    ? undefined
    : oneSpace(text);
}

interface Around {
  readonly entry: SessionEntry;
  readonly calls: readonly PlacedCall[];
  readonly places: ReadonlyMap<string, number>;
  readonly session: string;
}

/** The command before the words and the one after them, if both fit what was said. */
function pairOf(said: Said, around: Around): Pair | undefined {
  const { calls, places, entry, session } = around;
  const at = places.get(entry.id) ?? 0;
  const placeOf = (call: PlacedCall): number => places.get(call.result.id) ?? 0;
  const earlier = calls
    .filter((call) => placeOf(call) < at)
    .slice(-NEAR.before)
    .reverse();
  const refused = calls.find((call) => call.result.id === entry.id);
  const later = calls.filter((call) => placeOf(call) > at).slice(0, NEAR.after);
  const before = refused === undefined ? earlier : [refused, ...earlier];
  const right = formNamed(later, said.wanted);
  const wrong =
    said.unwanted === undefined
      ? rival(before.slice(0, refused === undefined ? 2 : 1), said.wanted)
      : formNamed(before, said.unwanted);
  if (right === undefined || wrong === undefined || right.form === wrong.form || !right.call.result.ok)
    return undefined;
  return {
    wrong: wrong.form,
    right: right.form,
    session,
    said: said.quote,
    before: eventOf(session, wrong),
    after: { ...eventOf(session, right), event: 'succeeded' },
  };
}

interface Named {
  readonly form: string;
  readonly raw: string;
  readonly call: PlacedCall;
}

function eventOf(session: string, named: Named): EventEvidence {
  const result: ResultEntry = named.call.result;
  const event = result.denied !== undefined ? 'denied' : result.ok ? 'succeeded' : 'failed';
  return { kind: 'event', session, entry: result.id, event, quote: named.raw.slice(0, 300), at: result.at };
}

/** The first command whose words start with what was named. */
function formNamed(calls: readonly PlacedCall[], name: string): Named | undefined {
  const words = name.toLowerCase().split(' ');
  return named(calls).find((one) => {
    const own = one.form.toLowerCase().split(' ');
    return words.every((word, index) => own[index] === word) || one.form.toLowerCase().startsWith(name.toLowerCase());
  });
}

/** Where only the wanted one was named: the last command, if it is another try at the same. */
function rival(calls: readonly PlacedCall[], wanted: string): Named | undefined {
  const words = new Set(wanted.toLowerCase().split(/[\s:]/u));
  return named(calls).find((one) => {
    const own = one.form.toLowerCase().split(/[\s:]/u);
    return own.some((word) => word.length > 2 && words.has(word)) && one.form.toLowerCase() !== wanted.toLowerCase();
  });
}

function named(calls: readonly PlacedCall[]): readonly Named[] {
  return calls.flatMap((call) =>
    call.commands.flatMap((command) => {
      const form = commandForm(command.words);
      return form === undefined || isNoise(command.words) || !isInside(command.directory)
        ? []
        : [{ form, raw: command.raw, call }];
    }),
  );
}

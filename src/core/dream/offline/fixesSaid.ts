import { isCorrection } from '../../sessions/corrections';
import { typedText } from '../../sessions/typedText';
import type { CapturedSession, PromptEntry, ResultEntry, SessionEntry } from '../../sessions/session';
import { placeIn } from '../categories';
import type { Dismissed, EventEvidence, QuoteEvidence } from '../finding';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { compareText, oneSpace } from '../text/words';
import { commandForm } from './commandForm';
import { foundNote } from './foundNote';
import { intentOf, isNoise } from './intent';
import type { Intent } from './intentWords';
import { topicWords, whyQuoted } from './rule';
import { isInside, shellHistory } from './shellCalls';
import type { PlacedCall } from './shellCalls';

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

/** Words of several languages by which one thing is put in the place of another. */
const NEGATES =
  /(?<!\p{L})(?:not|instead|rather|never|don['’]?t|stop|nicht|statt|anstatt|sondern|niemals|pas|plut[oô]t|au lieu|jamais|non|invece|n[aã]o|em vez|nunca|en vez|en lugar|sino|niet)(?!\p{L})|不要|别用|而不是|不是|ではなく|じゃなく/iu;

interface Pair {
  readonly wrong: string;
  readonly right: string;
  readonly session: string;
  readonly said: QuoteEvidence;
  readonly before: EventEvidence;
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
        if (pair === undefined) continue;
        this.pairs.push(pair);
        break;
      }
    }
  }

  finish(): MinerResult {
    const groups = new Map<string, Pair[]>();
    for (const pair of this.pairs) {
      const key = JSON.stringify([headOf(pair.wrong), headOf(pair.right)]);
      groups.set(key, [...(groups.get(key) ?? []), pair]);
    }
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    for (const [, group] of [...groups].sort((a, b) => compareText(a[0], b[0]))) {
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
    const [right, wrong] = [sharedForm(group.map((pair) => pair.right)), sharedForm(group.map((pair) => pair.wrong))];
    if (right === wrong) return 'it was another command each time';
    const rule = `Use \`${right}\` instead of \`${wrong}\`.`;
    const evidence = group.slice(0, 3).flatMap((pair) => [pair.before, pair.said, pair.after]);
    return foundNote(
      {
        miner: NAME,
        category: place.category.name,
        rule,
        topic: topicWords(`use ${right} not ${wrong}`),
        lines: [whyQuoted(group.map((pair) => pair.said))],
        evidence,
        trust: 'observed',
        speaker: 'user',
        successRate: 1,
        rationale: `The user put the same command right in ${sessions} sessions, and the agent ran the other one then.`,
        claim: `\`${right}\` instead of \`${wrong}\``,
      },
      this.context.hasher,
    );
  }
}

function headOf(form: string): string {
  return form.split(' ')[0] ?? '';
}

/** The form that came more than once, else the words that all of them begin with. */
function sharedForm(forms: readonly string[]): string {
  const twice = forms.find((form, at) => forms.indexOf(form) !== at);
  if (twice !== undefined) return twice;
  const words = (forms[0] ?? '').split(' ');
  const all = forms.map((form) => form.split(' '));
  const differs = words.findIndex((word, at) => all.some((other) => other[at] !== word));
  return (differs < 0 ? words : words.slice(0, differs)).join(' ');
}

interface Said {
  readonly quote: QuoteEvidence;
  /** As far as the words around it tell. */
  readonly wanted: string | undefined;
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
  return texts.flatMap((text) => {
    const sentences = text.split(/\n|(?<=[.!?])\s+(?=[A-Z`])/u).slice(0, 20);
    // What is not wanted and what is may stand in two sentences: the whole comes last.
    const parts = sentences.length > 1 && text.length <= MAX_SENTENCE ? [...sentences, text] : sentences;
    return parts.flatMap((part): readonly Said[] => {
      const said = part.trim().slice(0, MAX_SENTENCE);
      if (said === '' || /\?$/u.test(said)) return [];
      const quote = { kind: 'quote', session, entry: entry.id, by: 'user', quote: said, at: entry.at } as const;
      return [{ quote, wanted: wantedIn(said), unwanted: UNWANTED.exec(said)?.[1] }];
    });
  });
}

function correcting(entry: PromptEntry): readonly string[] {
  const typed = typedText(entry).slice(0, MAX_PROMPT + 1);
  // A long prompt is a document: what it says of commands is part of a task.
  if (typed.length > MAX_PROMPT) return [];
  const start = typed.slice(0, MAX_SENTENCE);
  return isCorrection(typed) || UNWANTED.test(start) || NEGATES.test(start) ? [typed] : [];
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
  const { quote } = said.quote;
  const right = said.wanted === undefined ? mentioned(later, quote) : formNamed(later, said.wanted);
  const wrong =
    (said.unwanted === undefined ? undefined : formNamed(before, said.unwanted)) ??
    (right === undefined ? undefined : wrongBefore(right, before, quote, refused));
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
  readonly intent: Intent | undefined;
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

/** What was refused, else what the words name beside the wanted one, else the last command if it is a try at the same. */
function wrongBefore(
  right: Named,
  before: readonly PlacedCall[],
  quote: string,
  refused: PlacedCall | undefined,
): Named | undefined {
  if (refused !== undefined) return named([refused])[0];
  const beside = asMentions(quote).replace(mentionOf(right.form, asMentions(quote)).toLowerCase(), '');
  const other = named(before).find((one) => one.form !== right.form && isMentioned(one.form, beside));
  return other ?? rival(before.slice(0, 2), right);
}

function rival(calls: readonly PlacedCall[], right: Named): Named | undefined {
  const words = new Set(right.form.toLowerCase().split(/[\s:]/u));
  return named(calls).find((one) => {
    if (one.form === right.form) return false;
    const own = one.form.toLowerCase().split(/[\s:]/u);
    if (own.some((word) => word.length > 2 && words.has(word))) return true;
    return right.intent !== undefined && one.intent === right.intent;
  });
}

/** The first command that the words name by more than a single plain word. */
function mentioned(calls: readonly PlacedCall[], quote: string): Named | undefined {
  const text = asMentions(quote);
  return named(calls).find(({ form }) => {
    const mention = mentionOf(form, text);
    return mention.includes(' ') || (mention === form ? form.length > 3 : /[./:]/u.test(mention));
  });
}

function isMentioned(form: string, text: string): boolean {
  const mention = mentionOf(form, text);
  return mention.length > 2 && (mention.includes(' ') || !PLAIN_WORDS.has(mention));
}

/** Tools whose names are words of everyday language. */
const PLAIN_WORDS: ReadonlySet<string> = new Set('make just task run test node next serve build check'.split(' '));

/** Small letters, one space between words and around them, no marks. */
function asMentions(text: string): string {
  return ` ${text.toLowerCase().replace(/[`"'“”‘’()\s]{1,40}/gu, ' ')} `.replace(/[,;.!?:]{1,9} /gu, ' ');
}

/** The longest run of words from the start of a command that stands in a text; '' if there is none. */
function mentionOf(form: string, text: string): string {
  const words = form.split(' ');
  for (let count = Math.min(words.length, 8); count > 0; count -= 1) {
    const start = words.slice(0, count).join(' ');
    if (text.includes(` ${start.toLowerCase()} `)) return start;
  }
  return '';
}

function named(calls: readonly PlacedCall[]): readonly Named[] {
  return calls.flatMap((call) =>
    call.commands.flatMap((command) => {
      const form = commandForm(command.words);
      return form === undefined || isNoise(command.words) || !isInside(command.directory)
        ? []
        : [{ form, intent: intentOf(command.words), raw: command.raw, call }];
    }),
  );
}

import type { ForeignPhrases } from './phrases';
import type { ProjectBuilder, Scene } from './project';
import { fill, placed, typed } from './say';
import type { SessionLog } from './sessionLog';
import { readMarks } from './truth';

/** What the agent does after a prompt: nothing from which anything could be learned. */
export function agentWork(project: ProjectBuilder, log: SessionLog): void {
  const file = project.sourceFile();
  const value = log.random.int(2, 900);
  if (log.random.chance(0.7)) log.read(file, `value = ${value}\nlimit = ${value * 2}`);
  if (log.random.chance(0.6)) log.edit(file, `value = ${value}`, `value = ${value + 1}`);
  log.say(project.decks.deal('replies'));
}

/** A prompt and the work that it starts, or a prompt typed while the agent is at work. */
export function said(project: ProjectBuilder, text: string, queued = false): Scene {
  return (log) => {
    if (!queued) {
      log.prompt(text);
      agentWork(project, log);
      return;
    }
    log.prompt(project.task());
    log.say('On it.');
    log.queue(text);
    agentWork(project, log);
  };
}

function place(project: ProjectBuilder, sentence: string, tokens: readonly (readonly string[])[]): string {
  const human = typed(sentence, project.random, tokens.flat());
  return placed(human, typed(project.task(), project.random), project.task(), project.random);
}

const WHOLE = { order: 'wholeOrders', ban: 'wholeBans', exception: 'wholeExceptions' } as const;

function ruleSentence({ decks, random }: ProjectBuilder, sort: keyof typeof WHOLE): string {
  if (decks.phrases[WHOLE[sort]].length > 0 && random.chance(0.6)) return decks.deal(WHOLE[sort]);
  if (sort === 'ban') return fill(decks.deal('never'), { r: decks.deal('bans') });
  if (sort === 'order') return fill(decks.deal('always'), { r: decks.deal('rules') });
  const [rule, exception] = decks.deal('exceptions');
  const core = fill(decks.deal('except'), { r: rule, x: exception });
  return fill(decks.deal('always'), { r: core }).replace(/\.\./gu, '.');
}

/** Rules with words of scope: orders, bans, and orders with an exception; some typed while the agent works. */
export function plantRule(project: ProjectBuilder, sort: 'order' | 'ban' | 'exception', queued = false): void {
  const { random } = project;
  const [session = 0] = project.pickSessions(1);
  const { text, tokens } = readMarks(ruleSentence(project, sort));
  project.scene(session, said(project, place(project, text, tokens), queued));
  project.truth({
    kind: queued ? 'rule-queued' : `rule-${sort}`,
    verdict: 'must',
    statement: text,
    tokens,
    negated: sort === 'ban',
    sessions: [project.sessionId(session)],
  });
  if (random.chance(0.25)) {
    const [again = 0] = project.pickSessions(1);
    project.scene(again, said(project, typed(text, random, tokens.flat())));
  }
}

export function plantPreference(project: ProjectBuilder): void {
  const { decks } = project;
  const [session = 0] = project.pickSessions(1);
  const [liked, other] = decks.deal('preferences');
  const { text, tokens } = readMarks(fill(decks.deal('prefer'), { a: liked, b: other }));
  project.scene(session, said(project, place(project, text, tokens)));
  const sessions = [project.sessionId(session)];
  project.truth({ kind: 'preference', verdict: 'must', statement: text, tokens, sessions });
}

export function plantFact(project: ProjectBuilder): void {
  const { decks } = project;
  const [session = 0] = project.pickSessions(1);
  const { text, tokens } = readMarks(fill(decks.deal('factFrames'), { f: decks.deal('facts') }));
  project.scene(session, said(project, place(project, text, tokens)));
  project.truth({ kind: 'fact', verdict: 'must', statement: text, tokens, sessions: [project.sessionId(session)] });
}

/** A rule in another language than English, and something of that language that is none. */
export function plantForeign(project: ProjectBuilder, foreign: ForeignPhrases): void {
  const { random } = project;
  const [session = 0, other = 0] = project.pickSessions(2);
  const { text, tokens } = readMarks(fill(random.pick(foreign.frames), { r: random.pick(foreign.rules) }));
  const task = foreign.task.replace('{f}', project.sourceFile());
  const prompt = random.chance(0.5) ? text : random.chance(0.5) ? `${task} ${text}` : `${task}\n${text}`;
  project.scene(session, said(project, prompt));
  project.truth({
    kind: `rule-${foreign.language}`,
    verdict: 'must',
    statement: text,
    language: foreign.language,
    tokens,
    sessions: [project.sessionId(session)],
  });
  const decoy = readMarks(fill(random.pick(foreign.decoys), { n: String(random.int(10, 99)) }));
  project.scene(other, said(project, `${task} ${decoy.text}`));
  project.truth({
    kind: 'decoy-local',
    verdict: 'never',
    statement: decoy.text,
    language: foreign.language,
    tokens: decoy.tokens,
    sessions: [],
  });
}

/** A choice with its alternative, and the same pair of another topic only weighed. */
export function plantDecision(project: ProjectBuilder): void {
  const { decks, random } = project;
  const [session = 0] = project.pickSessions(1);
  const { chosen, other, why } = decks.deal('choices');
  const text = fill(decks.deal('decide'), { a: chosen, b: other, w: why });
  project.scene(session, said(project, place(project, text, [[chosen], [other]])));
  project.truth({
    kind: 'decision',
    verdict: 'must',
    statement: text,
    tokens: [[chosen], [other]],
    sessions: [project.sessionId(session)],
  });
  const open = decks.deal('choices');
  if (open.chosen === chosen) return;
  const [asked = 0] = project.pickSessions(1);
  const question = fill(decks.deal('weigh'), { a: open.chosen, b: open.other });
  project.scene(asked, (log) => {
    log.prompt(typed(question, random));
    log.say(`Both would work. I would suggest ${open.chosen} instead of ${open.other}, because ${open.why}.`);
  });
  project.truth({
    kind: 'decoy-weighed',
    verdict: 'never',
    statement: question,
    tokens: [[open.chosen], [open.other]],
  });
}

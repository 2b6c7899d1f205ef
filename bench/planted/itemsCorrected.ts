import type { Nag } from './phrases';
import type { ProjectBuilder } from './project';
import { typed } from './say';
import { agentWork } from './itemsSaid';

const anyOf = (words: readonly string[]): readonly (readonly string[])[] => words.map((word) => [word]);

/** The same correction in two or three sessions, never in the same words, without a word of scope. */
export function plantNag(
  project: ProjectBuilder,
  nag: Nag,
  kind: 'correction' | 'correction-silent',
  queued: boolean,
): void {
  const { random } = project;
  const sessions = project.pickSessions(random.int(2, 3));
  sessions.forEach((session, index) => {
    const words = typed(nag.says[index] ?? nag.says[0], random, nag.must);
    const typedMeanwhile = queued && index !== 1;
    project.scene(session, (log) => {
      log.prompt(project.task());
      if (nag.printed === undefined) {
        const file = project.sourceFile();
        log.read(file, 'a = 1');
        log.edit(file, 'a = 1', `a = 1\n${nag.did}`);
      } else log.bash(nag.did, { text: nag.printed });
      if (typedMeanwhile) log.queue(words);
      else {
        log.say('Done.');
        log.prompt(words);
      }
      agentWork(project, log);
    });
  });
  project.truth({
    kind: queued ? 'correction-queued' : kind,
    verdict: 'must',
    statement: nag.says[0],
    tokens: anyOf(nag.must),
    sessions: sessions.map((session) => project.sessionId(session)),
  });
}

/** A call refused with a reason, in two sessions; and one refused once, which may be noted. */
export function plantRefusal(project: ProjectBuilder, times: 1 | 2): void {
  const { random } = project;
  const refusal = project.decks.deal('refusals');
  const sessions = project.pickSessions(times);
  sessions.forEach((session, index) => {
    const reason = typed(refusal.says[index] ?? refusal.says[0], random, refusal.must);
    project.scene(session, (log) => {
      log.prompt(project.task());
      log.say('I will do that now.');
      if (refusal.tool === 'Bash') log.deny('Bash', { command: refusal.subject, description: 'Do it' }, reason);
      else {
        const file = { file_path: `${project.cwd}/${refusal.subject}` };
        const input =
          refusal.tool === 'Write' ? { ...file, content: 'x' } : { ...file, old_string: 'x', new_string: 'y' };
        log.deny(refusal.tool, input, reason);
      }
      agentWork(project, log);
    });
  });
  project.truth({
    kind: 'refusal',
    verdict: times === 2 ? 'must' : 'may',
    statement: refusal.says[0],
    tokens: anyOf(refusal.must),
    negated: true,
    sessions: sessions.map((session) => project.sessionId(session)),
  });
}

/** A rule whose value changes: the newest stands. The store may hold the first value already. */
export function plantTurn(project: ProjectBuilder, back: boolean, stored: boolean): void {
  const { decks, random } = project;
  const { rule, values } = decks.deal('turns');
  const [first, later] = decks.phrases.turnFrames;
  const said = (frames: readonly string[], value: string): string =>
    typed(random.pick(frames).replace('{r}', rule.replace('{v}', value)), random, [value]);
  const sequence = back ? [values[0], values[1], values[0]] : [values[0], values[1]];
  const sessions = project.pickSessions(sequence.length);
  sequence.forEach((value, index) => {
    if (stored && index === 0) return;
    const text = said(index === 0 ? first : later, value);
    project.scene(sessions[index] ?? 0, (log) => {
      log.prompt(text);
      agentWork(project, log);
    });
  });
  const newest = sequence.at(-1) ?? '';
  const old = values.filter((value) => value !== newest);
  const path = `preferences/${slugOf(rule)}.md`;
  if (stored) {
    const sentence = rule.replace('{v}', values[0]);
    project.store.push({
      path,
      description: sentence,
      body: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.\n`,
    });
  }
  project.truth({
    kind: stored ? 'turn-stored' : back ? 'turn-back' : 'turn',
    verdict: 'must',
    statement: `${rule.replace('{v}', newest)} (not ${old.join(', ')})`,
    tokens: [[newest]],
    forbidden: old,
    sessions: [project.sessionId(sessions.at(-1) ?? 0)],
    ...(stored && !back ? { memory: path } : {}),
  });
}

/** The agent notes something wrong, and is told so two sessions later. */
export function plantWrongClaim(project: ProjectBuilder, stored: boolean): void {
  const { claim, wrong, right, correction } = project.decks.deal('claims');
  const first = project.random.int(0, project.sessions - 3);
  const noted = claim.replace('{v}', wrong);
  const path = `facts/${slugOf(claim)}.md`;
  project.scene(first, (log) => {
    log.prompt(project.task());
    log.write(`/home/dev/.claude/projects/x/memory/${slugOf(claim)}.md`, `---\nname: note\n---\n${noted}\n`);
    log.say(`I noted for later that ${noted}.`);
  });
  project.scene(first + 2, (log) => {
    log.prompt(project.task());
    log.say(`As noted, ${noted}, so I used that.`);
    log.prompt(typed(correction, project.random, [right, wrong]));
    log.say(`You are right. I corrected it: ${claim.replace('{v}', right)}.`);
  });
  if (stored)
    project.store.push({ path, description: noted, body: `${noted.charAt(0).toUpperCase()}${noted.slice(1)}.\n` });
  project.truth({
    kind: 'wrong-claim',
    verdict: 'must',
    statement: claim.replace('{v}', right),
    tokens: [[right]],
    forbidden: [wrong],
    sessions: [project.sessionId(first + 2)],
    ...(stored ? { memory: path } : {}),
  });
  project.truth({
    kind: 'decoy-wrong-claim',
    verdict: 'never',
    statement: noted,
    tokens: [[wrong]],
    forbidden: [right],
  });
}

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/\{v\}/gu, '')
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
}

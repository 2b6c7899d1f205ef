import { agentWork } from './itemsSaid';
import type { ProjectBuilder } from './project';
import type { SessionLog } from './sessionLog';
import type { StackCommand } from './stack';

const passed = (log: SessionLog, command: StackCommand): string => log.bash(command.good, { text: command.passed });

/** Build, test and lint as they work here, run in several sessions; one of them after its wrong variant failed. */
export function plantCommands(project: ProjectBuilder): void {
  const { stack, random } = project;
  const commands: readonly (readonly [string, StackCommand])[] = [
    ['test', stack.test],
    ['build', stack.build],
    ['lint', stack.lint],
  ];
  const wrong = random.int(0, 2);
  commands.forEach(([name, command], index) => {
    const sessions = project.pickSessions(random.int(4, 6));
    const failing = index === wrong ? sessions.slice(0, random.int(2, 3)) : [];
    for (const session of sessions) {
      project.scene(session, (log) => {
        log.prompt(project.task());
        agentWork(project, log);
        if (failing.includes(session)) log.bash(command.bad, { text: project.error(command.error), exit: 1 });
        passed(log, command);
        log.say(`The ${name} is fine.`);
      });
    }
    const ids = sessions.map((session) => project.sessionId(session));
    project.truth({
      kind: 'command',
      verdict: 'must',
      statement: `${name}: ${command.good}`,
      tokens: [[command.good]],
      sessions: ids,
    });
    if (failing.length === 0) return;
    project.truth({
      kind: 'command-variant',
      verdict: 'must',
      statement: `${name}: ${command.good}, not ${command.bad}`,
      tokens: [[command.good], [command.bad]],
      sessions: failing.map((session) => project.sessionId(session)),
    });
  });
}

/** A command that fails until a step of set-up was done; in between, sometimes, something that does not help. */
export function plantSetup(project: ProjectBuilder): void {
  const { stack, random } = project;
  const { command, error, fix, names } = stack.setup;
  const sessions = project.pickSessions(random.int(2, 3));
  for (const session of sessions) {
    const detour = random.chance(0.35);
    project.scene(session, (log) => {
      log.prompt(project.task());
      agentWork(project, log);
      log.bash(command, { text: project.error(error), exit: random.int(1, 2) });
      log.say('Something is missing here.');
      if (detour) {
        log.bash('git status --short', { text: ' M README.md' });
        log.bash(command, { text: project.error(error), exit: 1 });
      }
      log.bash(fix, { text: 'done' });
      log.bash(command, { text: 'ok' });
      log.say('It passes now.');
    });
  }
  const ids = sessions.map((session) => project.sessionId(session));
  project.truth({
    kind: 'fix',
    verdict: 'must',
    statement: `${command} fails (${names[0] ?? ''}): run ${fix} first`,
    tokens: [[fix], [command, ...names]],
    sessions: ids,
  });
  project.truth({ kind: 'command', verdict: 'may', statement: command, tokens: [[command]], sessions: ids });
  project.truth({ kind: 'command', verdict: 'may', statement: fix, tokens: [[fix]], sessions: ids });
}

/** The same edit followed by the same commands, in three or four sessions, with other things in between. */
export function plantWorkflow(project: ProjectBuilder): void {
  const { stack, random } = project;
  const { asks, file, commands } = stack.workflow;
  const sessions = project.pickSessions(3);
  sessions.forEach((session, index) => {
    const between = random.int(0, commands.length - 1);
    project.scene(session, (log) => {
      const number = random.int(2, 900);
      log.prompt(asks[index] ?? asks[0]);
      log.read(file, `# ${number}`);
      log.edit(file, `# ${number}`, `# ${number}\n# ${asks[index] ?? ''}`);
      commands.forEach((command, step) => {
        if (step === between) log.bash('git diff --stat', { text: ` ${file} | 2 ++` });
        log.bash(command, { text: 'ok' });
      });
      log.say('Everything is generated and checked.');
    });
  });
  const ids = sessions.map((session) => project.sessionId(session));
  const own = commands.slice(0, -1);
  project.truth({
    kind: 'workflow',
    verdict: 'must',
    statement: `${file}: ${commands.join(', then ')}`,
    tokens: own.map((command) => [command]),
    sessions: ids,
  });
  for (const command of commands) {
    project.truth({ kind: 'command', verdict: 'may', statement: command, tokens: [[command]], sessions: ids });
  }
}

/** Two files that change together in four sessions; and a file with its test, which goes without saying. */
export function plantTogether(project: ProjectBuilder): void {
  const { stack, random } = project;
  const [one, two] = stack.together;
  const change = (log: SessionLog, file: string): void => {
    const number = random.int(2, 900);
    log.read(file, `k = ${number}`);
    log.edit(file, `k = ${number}`, `k = ${number + 1}`);
  };
  const sessions = project.pickSessions(4);
  for (const session of sessions) {
    const turned = random.chance(0.5);
    project.scene(session, (log) => {
      log.prompt(project.task());
      change(log, turned ? two : one);
      log.say('The other place has to follow.');
      change(log, turned ? one : two);
      log.say('Both agree again.');
    });
  }
  const base = (file: string): readonly string[] => [file.split('/').at(-1) ?? file];
  project.truth({
    kind: 'together',
    verdict: 'must',
    statement: `${one} and ${two} change together`,
    tokens: [base(one), base(two)],
    sessions: sessions.map((session) => project.sessionId(session)),
  });
  project.files[one] = 'k = 1\n';
  project.files[two] = 'k = 1\n';

  const tested = `${stack.folders[0]}/gauge${stack.ending}`;
  const test = `${stack.folders[0]}/gauge.test${stack.ending}`;
  for (const session of project.pickSessions(4)) {
    project.scene(session, (log) => {
      log.prompt(`fix the rounding in ${tested}`);
      change(log, tested);
      change(log, test);
      log.say('Fixed, with its test.');
    });
  }
  project.files[tested] = 'k = 1\n';
  project.files[test] = 'k = 1\n';
  const statement = `${tested} and ${test}`;
  project.truth({ kind: 'decoy-obvious-pair', verdict: 'never', statement, tokens: [base(tested), base(test)] });
}

const ASSERTIONS = ['AssertionMismatch', 'UnexpectedTotal', 'WrongOrderError', 'BadChecksumError', 'RangeViolation'];

/** Failures from which nothing follows: repaired in the code, gone by themselves, or the harness's own. */
export function plantNoise(project: ProjectBuilder): void {
  const { stack, random } = project;
  const name = random.pick(ASSERTIONS);
  for (const session of project.pickSessions(2)) {
    project.scene(session, (log) => {
      const file = project.sourceFile();
      log.prompt(project.task());
      log.edit(file, 'total + 1', 'total');
      log.bash(stack.test.good, { text: project.error(`${name}: expected {n} to equal {n} at {p}:{n}`), exit: 1 });
      log.say('My change was wrong there.');
      log.edit(file, 'total', 'total + rest');
      log.bash(stack.test.good, { text: stack.test.passed });
      log.say('Now it is right.');
    });
  }
  decoy(project, 'decoy-code-fix', `${name} was repaired in the code`, [[name]]);

  for (const session of project.pickSessions(2)) {
    project.scene(session, (log) => {
      log.prompt(project.task());
      agentWork(project, log);
      const text = project.error('TimeoutFlake: no answer from 127.0.0.1:{n} after {n} ms ({p})');
      log.bash(stack.test.good, { text, exit: 1 });
      log.say('Once more.');
      log.bash(stack.test.good, { text: stack.test.passed });
    });
  }
  decoy(project, 'decoy-flaky', 'a test that failed once', [['TimeoutFlake']]);
  plantHarness(project);
}

function plantHarness(project: ProjectBuilder): void {
  for (const session of project.pickSessions(4)) {
    project.scene(session, (log) => {
      const file = project.sourceFile();
      log.prompt(project.task());
      const input = { file_path: `${project.cwd}/${file}`, old_string: 'a', new_string: 'b' };
      log.tool('Edit', input, 'File has not been read yet. Read it first before writing to it.', true);
      log.read(file, 'a');
      log.edit(file, 'a', 'b');
      log.say('Done.');
    });
  }
  decoy(project, 'decoy-harness', 'file not read yet', [['not been read']]);
  for (const session of project.pickSessions(3)) {
    project.scene(session, (log) => {
      const file = project.sourceFile();
      log.prompt(project.task());
      const text = `File content (31840 tokens) exceeds maximum allowed tokens (25000).`;
      log.tool('Read', { file_path: `${project.cwd}/${file}` }, text, true);
      log.bash('grep -n limit notes.txt', { text: '', exit: 1 });
      log.bash('cat docs/overview.txt', { text: 'cat: docs/overview.txt: No such file or directory', exit: 1 });
      log.bash('ls', { text: 'README.md\nsrc' });
      log.bash('git log --oneline -5', { text: 'a1 one' });
      log.say('I had a look around.');
    });
  }
  decoy(project, 'decoy-harness', 'token limit', [['maximum allowed tokens']]);
  decoy(project, 'decoy-exploration', 'a file that never was', [['overview.txt', 'notes.txt']]);
  for (const generic of ['git status', 'git log', 'git diff']) {
    decoy(project, 'decoy-generic', generic, [[`\`${generic}`]]);
  }
}

function decoy(project: ProjectBuilder, kind: string, statement: string, tokens: readonly (readonly string[])[]): void {
  project.truth({ kind, verdict: 'never', statement, tokens });
}

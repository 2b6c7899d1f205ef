import { describe, expect, it } from 'vitest';
import { fixesMiner } from '../../../../../src/core/dream/offline/fixes';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf } from './mine';

const days = ['2026-11-01T10:00:00Z', '2026-11-04T10:00:00Z', '2026-11-09T10:00:00Z'];

describe('an error that went away the same way', () => {
  it('becomes the set-up step, once it was seen in two sessions', async () => {
    const sessions = days
      .slice(0, 2)
      .map((day, index) =>
        buildSession(`s${index}`, day)
          .says('run the tests')
          .fails('mise run test', `go: updates to go.mod needed (line ${index}); to update it:\n\tgo mod tidy`)
          .runs('go mod tidy')
          .runs('mise run test', 'ok')
          .end(),
      );
    const [finding] = notesOf(await mine(fixesMiner, sessions));
    expect(finding).toMatchObject({ category: 'pitfalls', trust: 'observed', slug: 'mise-run-test-go-mod-tidy' });
    expect(finding?.body).toContain('Before `mise run test`: install what it needs with `go mod tidy`.');
    expect(finding?.body).toContain('**Why:** It worked 2 of 2 times in 2 sessions, last 2026-11-04.');
    expect(finding?.rationale).toContain('2 of 2 times in 2 sessions');
    expect(finding?.evidence.map((one) => (one.kind === 'event' ? one.event : one.kind))).toEqual([
      'failed',
      'succeeded',
      'succeeded',
      'failed',
      'succeeded',
      'succeeded',
    ]);
  });

  it('names the form of the command that works', async () => {
    const sessions = days.slice(0, 2).map((day, index) =>
      buildSession(`s${index}`, day)
        .fails(`gh pr diff ${index + 40} --stat`, 'unknown flag: --stat')
        .runs(`gh pr diff ${index + 40} --name-only`)
        .end(),
    );
    const [finding] = notesOf(await mine(fixesMiner, sessions));
    expect(finding?.description).toBe('Use `gh pr diff --name-only` instead of `gh pr diff --stat`');
  });

  it('keeps the shell that has to be entered with the command', async () => {
    const sessions = days
      .slice(0, 2)
      .map((day, index) =>
        buildSession(`s${index}`, day)
          .fails('pytest', 'bash: pytest: command not found')
          .runs('source .venv/bin/activate && pytest')
          .end(),
      );
    const [finding] = notesOf(await mine(fixesMiner, sessions));
    expect(finding?.description).toContain('Use `source .venv/bin/activate && pytest`');
  });

  it('takes two days where it was seen twice, and one error where no list knows it', async () => {
    const story = (id: string, day: string, error: string) =>
      buildSession(id, day).fails('zorp verify', error).runs('zorp unseal -a').runs('zorp verify', 'ok').end();
    const oneDay = [story('s0', '2026-11-01T10:00:00Z', 'sealed'), story('s1', '2026-11-01T15:00:00Z', 'sealed')];
    const twoErrors = [story('s0', days[0] ?? '', 'vault is sealed'), story('s1', days[1] ?? '', 'moon is down')];
    const reasons = [oneDay, twoErrors].map(
      async (sessions) => (await mine(fixesMiner, sessions)).dismissed[0]?.reason,
    );
    expect(await Promise.all(reasons)).toEqual(['seen twice on one day only', 'it was another error each time']);
  });

  it('takes three times in one session, too', async () => {
    let session = buildSession('s0', days[0] ?? '');
    for (let time = 0; time < 3; time += 1)
      session = session
        .fails('npm run api', 'Error: connect ECONNREFUSED 127.0.0.1:5432')
        .runs('docker compose up -d')
        .runs('npm run api');
    expect(notesOf(await mine(fixesMiner, [session.end()]))).toHaveLength(1);
  });
});

describe('what is no fix', () => {
  it('once is not enough, and is explained', async () => {
    const session = buildSession('s0', days[0] ?? '')
      .fails('pytest', 'pytest: command not found')
      .runs('uv run pytest')
      .end();
    const result = await mine(fixesMiner, [session]);
    expect(result.candidates).toEqual([]);
    expect(result.dismissed[0]?.reason).toBe('seen 1 times in 1 session; it takes 2 sessions or 3 times');
  });

  it.each([
    ['a defect of the code', 'src/a.go:3:2: undefined: thing'],
    ['a failing test', '--- FAIL: TestThing (0.01s)'],
    ['a time-out', 'Command timed out after 2m 0s'],
    ['harness noise', '<tool_use_error>File has not been read yet. Read it first</tool_use_error>'],
    ['a bare exit code', ''],
  ])('%s', async (_, output) => {
    const sessions = days.map((day, index) =>
      buildSession(`s${index}`, day).fails('go test ./...', output).runs('go mod tidy').runs('go test ./...').end(),
    );
    expect(notesOf(await mine(fixesMiner, sessions))).toEqual([]);
  });

  it('an edit in between, which nobody can repeat', async () => {
    const sessions = days.map((day, index) =>
      buildSession(`s${index}`, day)
        .fails('npm test', 'Error: Cannot find module "left-pad"')
        .edits('src/a.ts')
        .runs('npm run test:unit')
        .end(),
    );
    expect(notesOf(await mine(fixesMiner, sessions))).toEqual([]);
  });

  it('a step that mostly did not help', async () => {
    const sessions = days.map((day, index) => {
      const opened = buildSession(`s${index}`, day)
        .fails('npm test', 'npm ERR! missing script: test')
        .runs('npm install');
      return (index === 0 ? opened.runs('npm test') : opened.fails('npm test', 'npm ERR! missing script: test')).end();
    });
    const result = await mine(fixesMiner, sessions);
    expect(result.candidates).toEqual([]);
  });

  it('a call that the user refused', async () => {
    const sessions = days.map((day, index) =>
      buildSession(`s${index}`, day)
        .refused('Bash', 'command not found is what I get', { command: 'pytest' })
        .runs('uv run pytest')
        .end(),
    );
    expect(notesOf(await mine(fixesMiner, sessions))).toEqual([]);
  });

  it('commands outside of the project', async () => {
    const sessions = days.map((day, index) =>
      buildSession(`s${index}`, day)
        .fails('cd /elsewhere && pytest', 'pytest: command not found')
        .runs('cd /elsewhere && uv run pytest')
        .end(),
    );
    expect(notesOf(await mine(fixesMiner, sessions))).toEqual([]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { runDream, type DreamPorts } from '../../../../../src/core/dream/runDream';
import { initializeStore } from '../../../../../src/core/memory/store';
import { createMemory } from '../../../../../src/core/memory/newMemory';
import { rejectChange } from '../../../../../src/core/review/review';
import { renderLine } from '../../../../../src/core/sessions/sessionCodec';
import type { Change } from '../../../../../src/core/review/proposal';
import type { CapturedSession } from '../../../../../src/core/sessions/session';
import { createFakePorts } from '../../../../fakes/fakePorts';
import { buildSession, type SessionBuilder } from '../../../../fakes/sessionBuilder';
import { fakeProbe } from './mine';

const SESSION = '0b0d6c1e-1111-2222-3333-444455556666';
const BODY = 'The staging database is rebuilt every night at two, so tests against it fail until three.';

let ports: DreamPorts;

function note(body: string, more: readonly string[] = []): string {
  return ['---', 'name: staging-nights', 'description: Staging is rebuilt at night', 'metadata:', '  type: project', ...more, '---', '', body, ''].join('\n'); // prettier-ignore
}

async function put(text: string, name = 'staging-nights.md'): Promise<void> {
  await ports.files.write(`.local/inbox/${name}`, ports.text.encode(text));
}

async function capture(session: CapturedSession): Promise<void> {
  await ports.files.write(
    `.local/sessions/${session.header.id}.jsonl`,
    ports.text.encode([session.header, ...session.entries].map(renderLine).join('')),
  );
}

async function dream(): Promise<readonly Change[]> {
  const outcome = await runDream(ports, { trigger: 'command', minSessions: 0, engine: 'offline' }, { aborted: false });
  if (outcome.kind !== 'completed') throw new Error(outcome.kind);
  return outcome.proposal.changes;
}

const session = (): SessionBuilder => buildSession(SESSION, '2026-11-20T09:00:00Z');

beforeEach(async () => {
  ports = { ...createFakePorts(), probe: fakeProbe() };
  await initializeStore(ports, { share: 'git' });
});

describe('what Claude Code notes by itself', () => {
  it('is proposed as the word of an agent, and never memory by itself', async () => {
    await put(note(BODY));
    const [change] = await dream();
    expect(change).toMatchObject({
      kind: 'add',
      trust: 'agent',
      files: [{ path: 'facts/staging-nights.md', before: null }],
      evidence: [{ kind: 'request', way: 'inbox', by: '.local/inbox/staging-nights.md', quote: BODY }],
    });
    expect(await ports.files.stat('facts/staging-nights.md')).toBeUndefined();
  });

  it('has the write and the words of the person behind it, where its session was captured', async () => {
    await put(note(BODY, [`  originSessionId: ${SESSION}`]));
    await capture(
      session()
        .says('Mind that the staging database is rebuilt every night at two. Now look at the tests.')
        .edits('/ws/.agent-memory/.local/inbox/staging-nights.md', `---\nname: staging-nights\n---\n\n${BODY}\n`)
        .end(),
    );
    const [change] = await dream();
    expect(change?.evidence).toMatchObject([
      { kind: 'request', way: 'inbox' },
      { kind: 'event', event: 'edited', session: SESSION, quote: BODY },
      { kind: 'quote', by: 'user', quote: 'Mind that the staging database is rebuilt every night at two.' },
    ]);
    expect(change?.trust).toBe('agent');
  });

  it('rests on its file alone where the session says nothing of it', async () => {
    await put(note(BODY, [`  originSessionId: ${SESSION}`]));
    await capture(session().says('Look at the tests.').runs('ls').end());
    const [change] = await dream();
    expect(change?.evidence.map(({ kind }) => kind)).toEqual(['request']);
  });

  it.each([[SESSION], ['0b0d6c1e-1111-2222-3333-444455557777'], ['nobody']])(
    'is the word of the file that it was copied from, whatever session it names: %s',
    async (named) => {
      const other = buildSession('0b0d6c1e-1111-2222-3333-444455557777', '2026-11-20T10:00:00Z');
      await put(note(BODY, [`  originSessionId: ${named}`]));
      await capture(
        session()
          .says('Look at the guide.')
          .reads('/repo/guide.md', BODY)
          .edits('/ws/.agent-memory/.local/inbox/staging-nights.md', BODY)
          .end(),
      );
      await capture(other.says('The staging database is rebuilt every night at two.').runs('ls').end());
      const [change] = await dream();
      expect(change?.trust).toBe('file');
      expect(change?.warnings).toMatchObject([{ kind: 'quarantined' }]);
      expect(change?.evidence).toMatchObject([{ kind: 'request' }, { kind: 'event', session: SESSION }]);
    },
  );

  it('is not proposed where memory says it already, or where it is gone', async () => {
    const evidence = [{ kind: 'by-hand', at: '' }] as const;
    await put(note(BODY));
    await createMemory(
      ports,
      { path: 'facts/staging.md', description: 'Staging is rebuilt at night', body: BODY },
      evidence,
    );
    expect(await dream()).toEqual([]);
    await ports.files.remove('.local/inbox/staging-nights.md');
    expect(await dream()).toEqual([]);
  });

  it('stays away once it was rejected, until it says something else', async () => {
    await put(note(BODY));
    const [change] = await dream();
    const [entry] = await ports.files.list('.local/dreams');
    await rejectChange(ports, { dream: entry?.name as never, change: change?.id as never }, 'no');
    expect(await dream()).toEqual([]);
    await put(note('Deployments to production need the approval of the release captain on duty.'));
    expect(await dream()).toHaveLength(1);
  });

  it('waits once, however often it is dreamt over', async () => {
    await put(note(BODY));
    expect(await dream()).toHaveLength(1);
    expect(await dream()).toEqual([]);
  });

  it('is left out where it holds a secret, hides something, or is no note', async () => {
    await put(
      note(`The token of staging is ${['ghp', ports.hasher.sha256('a token').slice(0, 36)].join('_')}, every night.`),
      'secret.md',
    );
    await put(note(`The staging database is re\u202Ebuilt every night at two, so tests fail.`), 'hidden.md');
    await put('---\nname: empty\n---\n', 'empty.md');
    await put('- [Staging](staging-nights.md) — rebuilt at night, so that tests fail until three', 'MEMORY.md');
    expect(await dream()).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { createSessionSearch, type SessionHit } from '../../../../src/core/search/sessionSearch';
import { setSessionPrivate, sessionPath } from '../../../../src/core/sessions/sessionFiles';
import { renderLine } from '../../../../src/core/sessions/sessionCodec';
import type { CapturedSession } from '../../../../src/core/sessions/session';
import { createFakePorts, type FakePorts } from '../../../fakes/fakePorts';
import { buildSession } from '../../../fakes/sessionBuilder';

const never = { aborted: false };

function keep(ports: FakePorts, session: CapturedSession): void {
  ports.files.put(
    sessionPath(session.header.id),
    renderLine(session.header) + session.entries.map(renderLine).join(''),
  );
}

function threeSessions(): FakePorts {
  const ports = createFakePorts();
  const orders = buildSession('orders', '2026-11-01T10:00:00Z', { title: 'Orders' })
    .says('migrate the orders table')
    .answers('I added a migration. It runs once.')
    .fails('pnpm migrate', 'relation "orders" exists')
    .says('no, make the migration idempotent')
    .end();
  const flaky = buildSession('flaky', '2026-11-10T10:00:00Z', { title: 'Sockets' })
    .says('why does the socket test fail?')
    .answers('Two tests share port 8080; I gave each its own.')
    .end();
  const readme = buildSession('readme', '2026-11-20T10:00:00Z', { title: 'Docs' })
    .says('tidy the readme, mention the orders page')
    .end();
  for (const session of [orders, flaky, readme]) keep(ports, session);
  return ports;
}

async function searched(ports: FakePorts, query: string): Promise<readonly SessionHit[]> {
  const search = createSessionSearch(ports);
  await search.refresh(never);
  return search.search(query, 10, never);
}

const ids = (hits: readonly SessionHit[]): readonly string[] => hits.map(({ session }) => session.id);

describe('searching sessions', () => {
  test('finds what was said, and says who said it', async () => {
    const [hit, ...others] = await searched(threeSessions(), 'idempotent migration');
    expect(others).toEqual([]);
    expect(hit).toMatchObject({
      session: { id: 'orders' },
      line: { speaker: 'user', entry: 'orders-4', at: '2026-11-01T10:04:00.000Z' },
      snippet: 'no, make the migration idempotent',
    });
  });

  test('puts the session first that is about it', async () => {
    expect(ids(await searched(threeSessions(), 'orders'))).toEqual(['orders', 'readme']);
  });

  test('finds beginnings and slips', async () => {
    expect(ids(await searched(threeSessions(), 'idempo'))).toEqual(['orders']);
    expect(ids(await searched(threeSessions(), 'sokcet'))).toEqual(['flaky']);
  });

  test('lists the latest where nothing is typed', async () => {
    expect(ids(await searched(threeSessions(), ''))).toEqual(['readme', 'flaky', 'orders']);
  });

  test('filters by who spoke and by day', async () => {
    const ports = threeSessions();
    const [hit] = await searched(ports, 'migration by:agent');
    expect(hit?.line).toMatchObject({ speaker: 'agent', entry: 'orders-1' });
    expect(ids(await searched(ports, 'orders after:2026-11-15'))).toEqual(['readme']);
    expect(ids(await searched(ports, 'orders before:2026-11-15'))).toEqual(['orders']);
    expect(ids(await searched(ports, 'by:tool'))).toEqual(['orders']);
  });

  test('leaves private sessions out unless they are asked for, from the moment they are marked', async () => {
    const ports = threeSessions();
    const search = createSessionSearch(ports);
    await search.refresh(never);
    await setSessionPrivate(ports, 'orders', true);
    await search.refresh(never);
    expect(ids(await search.search('orders', 10, never))).toEqual(['readme']);
    expect(ids(await search.search('orders is:private', 10, never))).toEqual(['orders']);
  });

  test('neither finds nor shows what stands between private marks', async () => {
    const ports = createFakePorts();
    keep(ports, buildSession('s', '2026-11-01T10:00:00Z').says('ship <private>project walrus</private> today').end());
    expect(await searched(ports, 'walrus')).toEqual([]);
    expect((await searched(ports, 'ship'))[0]?.snippet).toBe('ship [private] today');
  });

  test('shows text as the rules of today redact it', async () => {
    const ports = createFakePorts();
    keep(ports, buildSession('s', '2026-11-01T10:00:00Z', { title: 'walrus' }).says('deploy with walrus').end());
    const search = createSessionSearch(ports);
    await search.refresh(never);
    let hidden = false;
    const redact = (text: string): { text: string; rules: string[] } =>
      hidden ? { text: text.replace('walrus', '[redacted]'), rules: ['x'] } : { text, rules: [] };
    const later = createSessionSearch({ ...ports, redactor: { redact } });
    await later.refresh(never);
    hidden = true;
    await later.refresh(never);
    const [hit] = await later.search('deploy', 10, never);
    expect(hit).toMatchObject({ session: { title: '[redacted]' }, snippet: 'deploy with [redacted]' });
  });

  test('reads only what is new or changed, and forgets what is gone', async () => {
    const ports = threeSessions();
    const search = createSessionSearch(ports);
    const steps: number[] = [];
    await search.refresh(never, (_, total) => void steps.push(total));
    await search.refresh(never, (_, total) => void steps.push(total));
    expect(steps).toEqual([3, 3, 3]);
    keep(ports, buildSession('flaky', '2026-11-10T10:00:00Z').says('something about lighthouses').end());
    ports.files.entries.delete(sessionPath('readme'));
    await search.refresh(never, (_, total) => void steps.push(total));
    expect(steps).toEqual([3, 3, 3, 1]);
    expect(ids(await search.search('socket', 10, never))).toEqual([]);
    expect(ids(await search.search('lighthouse', 10, never))).toEqual(['flaky']);
    expect(ids(await search.search('orders', 10, never))).toEqual(['orders']);
  });

  test('makes the index anew when much of it was replaced', async () => {
    const ports = threeSessions();
    const search = createSessionSearch(ports);
    const totals: number[] = [];
    for (let time = 0; time < 205; time += 1) {
      keep(
        ports,
        buildSession('flaky', '2026-11-10T10:00:00Z')
          .says(`word${'x'.repeat(time)}`)
          .end(),
      );
      await search.refresh(never, (done, total) => {
        if (done === 0) totals.push(total);
      });
    }
    expect(totals.filter((total) => total === 3)).toHaveLength(2);
    expect(ids(await search.search('orders', 10, never))).toEqual(['orders', 'readme']);
  });

  test('stops when it is cancelled, and goes on the next time', async () => {
    const ports = threeSessions();
    const search = createSessionSearch(ports);
    await search.refresh({ aborted: true });
    expect(await search.search('orders', 10, never)).toEqual([]);
    await search.refresh(never);
    expect(await search.search('orders', 10, { aborted: true })).toEqual([]);
    expect(ids(await search.search('orders', 10, never))).toEqual(['orders', 'readme']);
  });

  test('leaves out a session that cannot be read', async () => {
    const ports = threeSessions();
    ports.files.put(sessionPath('broken'), 'no header\n');
    expect(ids(await searched(ports, 'orders'))).toEqual(['orders', 'readme']);
  });

  test('quotes the line that answers, as it stands in the transcript', async () => {
    const ports = createFakePorts();
    keep(ports, buildSession('s', '2026-11-01T10:00:00Z').says('one thing\n\n  the walrus sleeps\nanother').end());
    expect((await searched(ports, 'walrus'))[0]).toMatchObject({
      quote: 'the walrus sleeps',
      snippet: 'one thing the walrus sleeps another',
    });
  });

  test('cuts a long text around what was found', async () => {
    const ports = createFakePorts();
    const long = `${'before '.repeat(60)}the walrus sleeps ${'after '.repeat(60)}`;
    keep(ports, buildSession('s', '2026-11-01T10:00:00Z').says(long).end());
    const [hit] = await searched(ports, 'walrus');
    expect(hit?.snippet).toMatch(/^….*the walrus sleeps.*…$/u);
    expect(hit?.snippet.length).toBeLessThan(170);
  });
});

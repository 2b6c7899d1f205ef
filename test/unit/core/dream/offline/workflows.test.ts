import { describe, expect, it } from 'vitest';
import { workflowsMiner } from '../../../../../src/core/dream/offline/workflows';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf } from './mine';

type Builder = ReturnType<typeof buildSession>;

function onDays(count: number, work: (session: Builder, index: number) => Builder) {
  return Array.from({ length: count }, (_, index) =>
    work(buildSession(`s${index}`, `2026-11-${String(index + 1).padStart(2, '0')}T10:00:00Z`), index).end(),
  );
}

const migration = (session: Builder): Builder =>
  session
    .says('Add a column to the orders table')
    .edits('/ws/db/schema.prisma')
    .runs('pnpm db:generate', 'ok')
    .runs('ls -la')
    .runs('pnpm db:migrate', 'ok')
    .runs('pnpm test', '4 passed');

describe('workflows that recur', () => {
  it('are told as numbered steps with their commands', async () => {
    const [finding, ...others] = notesOf(await mine(workflowsMiner, onDays(4, migration)));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ category: 'workflows', trust: 'observed' });
    expect(finding?.body).toContain(
      '1. Edit `db/schema.prisma`\n2. Run `pnpm db:generate`\n3. Run `pnpm db:migrate`\n4. Run `pnpm test`',
    );
    expect(finding?.body).toContain('**Apply when:** `db/schema.prisma` changes.');
    expect(finding?.rationale).toContain('in this order in 4 sessions and passed in 4 of them');
  });

  it('are the same whatever else the sessions did', async () => {
    const plain = notesOf(await mine(workflowsMiner, onDays(4, migration)));
    const busy = onDays(4, (session, index) => migration(session.edits(`/ws/src/m${index}/a.ts`).runs('git status')));
    expect(notesOf(await mine(workflowsMiner, busy)).map(({ fingerprint }) => fingerprint)).toEqual(
      plain.map(({ fingerprint }) => fingerprint),
    );
  });
});

describe('what is no workflow', () => {
  it.each([
    ['two sessions', onDays(2, migration)],
    [
      'edit, test and commit',
      onDays(6, (session) =>
        session.edits('/ws/src/a.ts').runs('pnpm lint', '').runs('pnpm test', '4 passed').runs('git commit -m x'),
      ),
    ],
    [
      'an order that fails',
      onDays(6, (session) =>
        session
          .edits('/ws/db/schema.prisma')
          .runs('pnpm db:generate', '')
          .runs('pnpm db:migrate', '')
          .fails('pnpm test', '1 failed'),
      ),
    ],
    [
      'the same commands in any order',
      onDays(6, (session, index) => {
        const steps = ['pnpm db:seed', 'pnpm db:generate', 'docker compose up -d'];
        const order =
          [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
          ][index] ?? [];
        return order.reduce((one, step) => one.runs(steps[step] ?? '', ''), session);
      }),
    ],
  ])('%s', async (_, sessions) => {
    expect(notesOf(await mine(workflowsMiner, sessions))).toEqual([]);
  });

  it('what happened on one day only', async () => {
    const sessions = [0, 1, 2].map((index) => migration(buildSession(`s${index}`, '2026-11-01T10:00:00Z')).end());
    const result = await mine(workflowsMiner, sessions);
    expect(notesOf(result)).toEqual([]);
    expect(result.dismissed.map(({ reason }) => reason)).toContain('seen on 1 day only');
  });
});

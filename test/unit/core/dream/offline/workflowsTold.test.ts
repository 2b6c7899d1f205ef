import { describe, expect, it } from 'vitest';
import { workflowsMiner } from '../../../../../src/core/dream/offline/workflows';
import type { Finding } from '../../../../../src/core/dream/finding';
import type { MinerContext } from '../../../../../src/core/dream/miner';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { mine, notesOf, plainSchema } from './mine';

type Builder = ReturnType<typeof buildSession>;
type Work = (session: Builder, index: number) => Builder;

const onDays = (count: number, work: Work) =>
  Array.from({ length: count }, (_, index) =>
    work(buildSession(`s${index}`, `2026-11-${String(index + 1).padStart(2, '0')}T10:00:00Z`), index).end(),
  );
const running =
  (...commands: readonly string[]): Work =>
  (session) =>
    commands.reduce((one, command) => one.runs(command, 'ok'), session);
const resultOf = async (count: number, work: Work, context: Partial<MinerContext> = {}) =>
  await mine(workflowsMiner, onDays(count, work), context);
const reasonsOf = async (count: number, work: Work, context: Partial<MinerContext> = {}) => {
  const result = await resultOf(count, work, context);
  return { told: notesOf(result).length, reasons: result.dismissed.map(({ reason }) => reason) };
};
/** What its evidence shows: session and words. */
const shownOf = (finding: Finding | undefined): readonly string[] =>
  (finding?.evidence ?? []).map((one) => (one.kind === 'event' ? `${one.session} ${one.quote}` : one.kind));
const release = running('zorp pack', 'zorp sign', 'zorp ship');

describe('a workflow', () => {
  it('names the folder in which a step ran', async () => {
    const [finding] = notesOf(
      await resultOf(4, running('cd infra && zorp plan', 'cd infra && zorp pack', 'zorp ship')),
    );
    expect(finding?.body).toContain('1. Run `zorp plan` in `infra`\n2. Run `zorp pack` in `infra`\n3. Run `zorp ship`');
    expect(finding?.body).toContain('**Apply when:** running `zorp plan` in `infra`.');
  });

  it('names the file that is edited between its commands', async () => {
    const [finding] = notesOf(
      await resultOf(4, (session) =>
        session.runs('zorp pack', 'ok').edits('/ws/zorp.lock').runs('zorp sign', 'ok').runs('zorp ship', 'ok'),
      ),
    );
    expect(finding?.description).toBe('After `zorp pack`: edit `zorp.lock`, then `zorp sign`, then `zorp ship`');
  });

  it('names a folder where the files in it differ', async () => {
    const [finding] = notesOf(
      await resultOf(4, (session, index) =>
        session
          .edits(`/ws/db/migrations/${index}_x.sql`)
          .edits(`/ws/db/migrations/${index}_y.sql`)
          .runs('zorp pack', 'ok')
          .runs('zorp sign', 'ok'),
      ),
    );
    expect(finding?.body).toContain('1. Edit `db/migrations/*.sql`\n2. Run `zorp pack`\n3. Run `zorp sign`');
    expect(finding?.body).toContain('**Apply when:** `db/migrations/*.sql` changes.');
  });

  it('leaves open the word that is another one each time', async () => {
    const names = ['first', 'second', 'third', 'fourth'];
    const [finding] = notesOf(
      await resultOf(4, (session, index) =>
        running('zorp pack', `zorp tag --name ${names[index] ?? ''}`, 'zorp ship')(session, index),
      ),
    );
    expect(finding?.body).toContain('2. Run `zorp tag --name …`');
  });

  it('shows only the newest sessions in full', async () => {
    const [finding] = notesOf(await resultOf(5, release));
    const shown = shownOf(finding);
    expect(shown.slice(0, 2)).toEqual(['s0 zorp ship', 's1 zorp ship']);
    expect(shown.slice(2, 5)).toEqual(['s2 zorp pack', 's2 zorp sign', 's2 zorp ship']);
    expect(shown).toHaveLength(11);
  });

  it('is told once, by its last run, where a step was repeated', async () => {
    const [finding] = notesOf(await resultOf(4, running('zorp pack', 'zorp pack', 'zorp sign', 'zorp ship')));
    expect(finding?.body).toContain('1. Run `zorp pack`\n2. Run `zorp sign`\n3. Run `zorp ship`');
    expect(shownOf(finding).filter((one) => one.startsWith('s3'))).toEqual([
      's3 zorp pack',
      's3 zorp sign',
      's3 zorp ship',
    ]);
  });

  it('is told of its shorter part where that is a habit of its own', async () => {
    const longer = running('zorp pack', 'zorp sign', 'zorp ship', 'zorp tell', 'zorp bill');
    const told = await resultOf(9, (session, index) => (index < 4 ? longer : release)(session, index));
    expect(notesOf(told).map(({ description }) => description)).toEqual([
      'After `zorp pack`: `zorp sign`, then `zorp ship`',
    ]);
  });

  it('comes first where it is the most frequent one, and one dream tells five', async () => {
    const work: Work = (session, index) => {
      const tool = `tool${Math.min(5, Math.floor(index / 3))}`;
      return running(`${tool} pack`, `${tool} sign`, `${tool} ship`)(session, index);
    };
    const result = await resultOf(19, work);
    expect(notesOf(result).map(({ description }) => description.split('`')[1])).toEqual([
      'tool5 pack',
      'tool0 pack',
      'tool1 pack',
      'tool2 pack',
      'tool3 pack',
    ]);
    expect(result.dismissed).toMatchObject([
      { summary: 'tool4 pack → tool4 sign → tool4 ship', reason: 'one dream tells 5 workflows' },
    ]);
  });
});

describe('why an order is no workflow', () => {
  const off = { enabled: false };

  it.each<[string, number, Work, Partial<MinerContext>, string]>([
    [
      'nothing shows that it went well',
      4,
      (session) => session.runs('zorp pack | cat', 'hm').runs('zorp sign | cat', 'hm').runs('zorp ship | cat', 'hm'),
      {},
      'it ended well in 0 % only',
    ],
    [
      'a person put it right',
      4,
      (session, index) => release(session.says('release it'), index).says('No, that is wrong, undo it'),
      {},
      'it ended well in 0 % only',
    ],
    [
      'it is begun more often than gone through',
      8,
      (session, index) =>
        running(
          'zorp pack',
          ...(index < 5 ? ['zorp sign'] : [`zorp try${index}`]),
          ...(index < 3 ? ['zorp ship'] : []),
        )(session, index),
      {},
      'begun in 8 sessions, gone through in 3',
    ],
    [
      'every task does it',
      4,
      running('npm run lint', 'npm run build', 'npm test'),
      {},
      'edit, test and commit is what every task does',
    ],
    [
      'its schema has no place',
      4,
      release,
      { schema: plainSchema({ workflows: off, commands: off, facts: off }) },
      'the schema has no enabled category among workflows, commands, facts',
    ],
    [
      'the project says it',
      4,
      release,
      { instructionFiles: [{ path: 'CLAUDE.md', text: 'Run zorp pack, zorp sign and zorp ship.' }] },
      "its commands stand in the project's instructions already",
    ],
  ])('%s', async (_name, count, work, context, reason) => {
    const { told, reasons } = await reasonsOf(count, work, context);
    expect(told).toBe(0);
    expect(new Set(reasons)).toEqual(new Set([reason]));
  });

  it('chance would do it as often', async () => {
    const steps = ['zorp pack', 'zorp sign', 'zorp ship'];
    const { told, reasons } = await reasonsOf(4, running(...steps, ...steps, ...steps));
    expect(told).toBe(0);
    expect(reasons[0]).toMatch(/^by chance it would stand in \d\.\d sessions, it stands in 4$/u);
  });

  it('what follows it mostly fails', async () => {
    const { told } = await reasonsOf(5, (session, index) => release(session, index).fails('zorp tell', 'boom'));
    expect(told).toBe(0);
  });

  it('it has fewer than two commands', async () => {
    const work: Work = (session) => session.edits('/ws/a.md').edits('/ws/b.md').runs('zorp ship', 'ok');
    expect(await reasonsOf(4, work)).toEqual({ told: 0, reasons: [] });
  });
});

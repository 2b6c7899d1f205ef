import { describe, expect, it } from 'vitest';
import {
  acceptAll,
  acceptChange,
  acceptHunk,
  editDraft,
  listProposals,
  rejectChange,
  rejectHunk,
  reviewAgainstCurrent,
  undoLastDecision,
} from '../../../../src/core/review/review';
import { PATH, before, after, half, update, add, firstChange, hunkId, change, dreamt, memoryText } from './dreamt';

describe('a conflict', () => {
  const moved = before.replace('Run npm test.', 'Run make test.');

  it('is shown and never overwritten', async () => {
    const { ports, dream } = dreamt({ [PATH]: moved }, [update]);
    const open = await firstChange(ports);
    expect(open.status).toBe('conflict');
    expect(open.files[0].conflict).toMatchObject({ kind: 'changed' });
    expect(open.files[0].base).toBe(before);
    expect(await acceptChange(ports, { dream, change: update.id })).toEqual({ kind: 'conflict', path: PATH });
    expect(await acceptHunk(ports, { dream, change: update.id, hunk: await hunkId(ports, 0) })).toMatchObject({
      kind: 'conflict',
    });
    expect(ports.files.text(PATH)).toBe(moved);
  });

  it('can be rejected', async () => {
    const { ports, dream } = dreamt({ [PATH]: moved }, [update]);
    await rejectChange(ports, { dream, change: update.id }, 'mine is right');
    expect((await firstChange(ports)).status).toBe('rejected');
    expect(ports.files.text(PATH)).toBe(moved);
  });

  it('can be reviewed against the memory as it is, part by part', async () => {
    const { ports, dream } = dreamt({ [PATH]: moved }, [update]);
    await reviewAgainstCurrent(ports, { dream, change: update.id });
    const open = await firstChange(ports);
    expect([open.status, open.openHunks]).toEqual(['pending', 2]);
    await acceptHunk(ports, { dream, change: update.id, hunk: await hunkId(ports, 1) });
    expect(ports.files.text(PATH)).toBe(moved.replace('a minute', 'ten seconds'));
    expect(await reviewAgainstCurrent(ports, { dream, change: update.id })).toEqual({ kind: 'nothing', left: [] });
  });

  it('stands where another file took the place of a new memory', async () => {
    const mine = memoryText('ports', 'Port 3000.\n');
    const { ports, dream } = dreamt({ 'facts/ports.md': mine }, [add]);
    expect((await firstChange(ports)).files[0].conflict).toEqual({ kind: 'exists' });
    await reviewAgainstCurrent(ports, { dream, change: add.id });
    expect((await firstChange(ports)).openHunks).toBe(1);
    await acceptChange(ports, { dream, change: add.id });
    expect(ports.files.text('facts/ports.md')).toBe(add.files[0].after);
    await undoLastDecision(ports);
    expect(ports.files.text('facts/ports.md')).toBe(mine);
  });

  it('stands where the memory is gone; reviewed against nothing it is a new one', async () => {
    const { ports, dream } = dreamt({}, [update]);
    expect((await firstChange(ports)).files[0].conflict).toEqual({ kind: 'gone' });
    await reviewAgainstCurrent(ports, { dream, change: update.id });
    await acceptChange(ports, { dream, change: update.id });
    expect(ports.files.text(PATH)).toBe(after);
  });

  it('cannot be settled for a file that is not text', async () => {
    const { ports, dream } = dreamt({}, [update]);
    ports.files.entries.set(PATH, new Uint8Array([0xff, 0xfe, 0x80]));
    expect((await firstChange(ports)).files[0].conflict).toEqual({ kind: 'unreadable' });
    expect(await reviewAgainstCurrent(ports, { dream, change: update.id })).toMatchObject({ reason: 'unresolvable' });
  });
});

describe('a change of several files', () => {
  const a = memoryText('tests', 'Run pnpm test.\n');
  const b = memoryText('testing', 'Run the tests with pnpm.\n');
  const merged = memoryText('tests', 'Run pnpm test, also in CI.\n');
  const gone = memoryText('testing', 'Run the tests with pnpm.\n\nSuperseded by commands/tests.md.\n');
  const merge = change(
    'merge',
    [
      { path: PATH, before: a, after: merged },
      { path: 'archive/commands/testing.md', from: 'commands/testing.md', before: b, after: gone },
    ],
    { kind: 'merge' },
  );
  const store = { [PATH]: a, 'commands/testing.md': b };

  it('is accepted whole, also from one of its hunks; an archived file moves', async () => {
    const { ports, dream } = dreamt(store, [merge]);
    await acceptHunk(ports, { dream, change: merge.id, hunk: await hunkId(ports, 0) });
    expect(ports.files.text(PATH)).toBe(merged);
    expect(ports.files.text('commands/testing.md')).toBeUndefined();
    expect(ports.files.text('archive/commands/testing.md')).toBe(gone);
    const open = await firstChange(ports);
    expect([open.status, open.openHunks, open.files[1]?.current]).toEqual(['accepted', 0, gone]);
    expect(await acceptChange(ports, { dream, change: merge.id })).toEqual({ kind: 'nothing', left: [] });
  });

  it('is undone whole', async () => {
    const { ports, dream } = dreamt(store, [merge]);
    await acceptChange(ports, { dream, change: merge.id });
    await undoLastDecision(ports);
    expect(ports.files.text(PATH)).toBe(a);
    expect(ports.files.text('commands/testing.md')).toBe(b);
    expect(ports.files.text('archive/commands/testing.md')).toBeUndefined();
    expect((await firstChange(ports)).status).toBe('pending');
  });

  it('is rejected whole and can be undone', async () => {
    const { ports, dream } = dreamt(store, [merge]);
    await rejectHunk(ports, { dream, change: merge.id, hunk: await hunkId(ports, 0) });
    const open = await firstChange(ports);
    expect([open.status, ...open.files.map(({ hunks }) => hunks.length)]).toEqual(['rejected', 0, 0]);
    await undoLastDecision(ports);
    expect((await firstChange(ports)).status).toBe('pending');
  });

  it('is in conflict as a whole if one of its files is', async () => {
    const { ports, dream } = dreamt({ ...store, 'archive/commands/testing.md': b }, [merge]);
    expect((await firstChange(ports)).status).toBe('conflict');
    expect(await acceptChange(ports, { dream, change: merge.id })).toEqual({
      kind: 'conflict',
      path: 'archive/commands/testing.md',
    });
    expect(await reviewAgainstCurrent(ports, { dream, change: merge.id })).toMatchObject({ reason: 'unresolvable' });
    await rejectChange(ports, { dream, change: merge.id });
    expect((await firstChange(ports)).status).toBe('rejected');
    expect(ports.files.text(PATH)).toBe(a);
  });

  it('of one file that moves is whole too', async () => {
    const archive = change(
      'arch',
      [{ path: 'archive/commands/testing.md', from: 'commands/testing.md', before: b, after: b }],
      {
        kind: 'archive',
      },
    );
    const { ports, dream } = dreamt(store, [archive]);
    expect((await firstChange(ports)).status).toBe('pending');
    await acceptChange(ports, { dream, change: archive.id });
    expect(ports.files.text('archive/commands/testing.md')).toBe(b);
    expect(ports.files.text('commands/testing.md')).toBeUndefined();
    expect((await firstChange(ports)).status).toBe('accepted');
  });
});

describe('a change that is decided', () => {
  it('stays decided when the memory moves on', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    await acceptChange(ports, { dream, change: update.id });
    ports.files.put(PATH, memoryText('tests', 'Quite another text.\n'));
    expect((await firstChange(ports)).status).toBe('accepted');
    ports.files.entries.set(PATH, new Uint8Array([0xff]));
    expect((await firstChange(ports)).status).toBe('accepted');
    ports.files.entries.delete(PATH);
    expect((await firstChange(ports)).status).toBe('accepted');
  });

  it('stays rejected when the memory moves on', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    await rejectChange(ports, { dream, change: update.id });
    ports.files.put(PATH, memoryText('tests', 'Quite another text.\n'));
    expect((await firstChange(ports)).status).toBe('rejected');
  });

  it('of several files stays accepted when one of them is gone', async () => {
    const split = change(
      'split',
      [
        { path: PATH, before, after: half },
        { path: 'facts/more.md', before: null, after: memoryText('more', 'More.\n') },
      ],
      { kind: 'split' },
    );
    const { ports, dream } = dreamt({ [PATH]: before }, [split]);
    await acceptChange(ports, { dream, change: split.id });
    ports.files.entries.delete('facts/more.md');
    const open = await firstChange(ports);
    expect([open.status, open.files[1]?.hunks]).toEqual(['accepted', []]);
  });

  it('was made elsewhere where a new memory stands there already, word for word', async () => {
    const { ports } = dreamt({ 'facts/ports.md': add.files[0].after }, [add]);
    expect((await firstChange(ports)).status).toBe('accepted');
  });
});

describe('all changes at once', () => {
  it('leave those that cannot be decided, and decide the rest', async () => {
    const hidden = change('hid', [{ path: 'facts/h.md', before: null, after: memoryText('h', 'a\u200Bb\n') }]);
    const moved = change('moved', [{ path: 'facts/gone.md', before: 'x', after: 'y' }]);
    const { ports, dream } = dreamt({ [PATH]: before }, [hidden, moved, update]);
    expect(await acceptAll(ports, { dream })).toMatchObject({
      kind: 'done',
      changes: [update.id],
      left: [hidden.id, moved.id],
    });
  });
});

describe('two windows', () => {
  it('decide on what is on disk, one after the other', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    const [one, two] = [await hunkId(ports, 0), await hunkId(ports, 1)];
    const results = await Promise.all([
      acceptHunk(ports, { dream, change: update.id, hunk: one }),
      rejectHunk(ports, { dream, change: update.id, hunk: two }),
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect(ports.files.text(PATH)).toBe(half);
    expect((await firstChange(ports)).status).toBe('accepted');
  });
});

describe('the file of a review', () => {
  const reviewOf = (dream: string): string => `.local/dreams/${dream}/review.json`;

  it.each([
    ['not JSON', '{'],
    ['of another shape', '{"format":1}'],
    ['of another dream', JSON.stringify({ format: 1, dream: 'other', files: {}, decisions: [] })],
  ])('that is %s is reported, and set aside by the next decision', async (_name, text) => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    ports.files.put(reviewOf(dream), text);
    expect((await listProposals(ports))[0]?.problem).toBeDefined();
    await acceptChange(ports, { dream, change: update.id });
    expect((await listProposals(ports))[0]?.problem).toBeUndefined();
    const aside = [...ports.files.entries.keys()].find((path) => path.startsWith(`${reviewOf(dream)}.broken-`));
    expect(aside && ports.files.text(aside)).toBe(text);
  });

  it('that is far too large is not read', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    ports.files.entries.set(reviewOf(dream), new Uint8Array(68_000_000));
    expect((await listProposals(ports))[0]?.problem).toBe('is too large');
  });

  it('that is broken is set aside by the next edit too', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    ports.files.put(reviewOf(dream), '{');
    await editDraft(ports, { dream, path: PATH, text: half });
    expect((await firstChange(ports)).files[0].draft).toBe(half);
    expect([...ports.files.entries.keys()].some((path) => path.includes('review.json.broken-'))).toBe(true);
  });

  it('keeps the texts of the last thirty decisions only', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    for (let round = 0; round < 32; round += 1) {
      const text = memoryText('tests', `Round ${round}.\n`);
      await editDraft(ports, { dream, path: PATH, text });
      await acceptChange(ports, { dream, change: update.id });
    }
    const kept = JSON.parse(ports.files.text(reviewOf(dream)) ?? '') as { decisions: { undo?: unknown }[] };
    expect(kept.decisions).toHaveLength(32);
    expect(kept.decisions.filter(({ undo }) => undo !== undefined)).toHaveLength(30);
    for (let round = 0; round < 30; round += 1) await undoLastDecision(ports);
    expect(ports.files.text(PATH)).toBe(memoryText('tests', 'Round 1.\n'));
    expect(await undoLastDecision(ports)).toEqual({ kind: 'nothing', left: [] });
  });
});

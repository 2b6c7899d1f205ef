import { describe, expect, it } from 'vitest';
import {
  acceptChange,
  acceptHunk,
  editDraft,
  listProposals,
  rejectAll,
  rejectChange,
  rejectHunk,
  undoLastDecision,
} from '../../../../src/core/review/review';
import { readState } from '../../../../src/core/state/localState';
import {
  PATH,
  before,
  after,
  half,
  update,
  add,
  firstChange,
  hunkId,
  actions,
  change,
  dreamt,
  memoryText,
  putDream,
} from './dreamt';

describe('rejecting', () => {
  it('a hunk takes it out of the draft and remembers the claim with its reason and evidence', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    await rejectHunk(ports, { dream, change: update.id, hunk: await hunkId(ports, 1) }, 'not on Windows');
    expect(ports.files.text(PATH)).toBe(before);
    expect((await firstChange(ports)).files[0].draft).toBe(half);
    expect((await firstChange(ports)).status).toBe('partly');
    const remembered = (await readState(ports)).rejected['claim-one'];
    expect(remembered).toMatchObject({ dream, change: update.id, reason: 'not on Windows' });
    expect(remembered?.evidence).toHaveLength(1);
    expect(await actions(ports)).toEqual(['reject']);
  });

  it('a change closes it; what was accepted of it stays', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    await acceptHunk(ports, { dream, change: update.id, hunk: await hunkId(ports, 0) });
    await rejectChange(ports, { dream, change: update.id });
    expect(ports.files.text(PATH)).toBe(half);
    expect((await firstChange(ports)).status).toBe('accepted');
    expect(await rejectChange(ports, { dream, change: update.id })).toEqual({ kind: 'nothing', left: [] });
  });

  it('a new memory leaves no file, and bringing its text back opens it again', async () => {
    const { ports, dream } = dreamt({}, [add]);
    await rejectChange(ports, { dream, change: add.id }, '');
    expect((await firstChange(ports)).status).toBe('rejected');
    await editDraft(ports, { dream, path: 'facts/ports.md', text: add.files[0].after });
    expect((await firstChange(ports)).status).toBe('partly');
    await acceptChange(ports, { dream, change: add.id });
    expect(ports.files.text('facts/ports.md')).toBe(add.files[0].after);
  });

  it('all is one decision', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update, add]);
    await rejectAll(ports, { dream }, 'none of it');
    expect((await listProposals(ports))[0]?.pending).toBe(0);
    expect(Object.keys((await readState(ports)).rejected)).toEqual(['claim-one', 'claim-two']);
    await undoLastDecision(ports);
    expect((await listProposals(ports))[0]?.pending).toBe(2);
    expect((await readState(ports)).rejected).toEqual({});
  });

  it('again, with more evidence, adds to what is remembered; undo brings back what was remembered before', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    await rejectChange(ports, { dream, change: update.id }, 'first');
    const quote = { ...update.evidence[0], entry: 'e-new' } as (typeof update.evidence)[0];
    const again = change('again', [{ path: PATH, before, after }], { evidence: [quote], fingerprint: 'claim-one' });
    const later = putDream(ports, 'dreamb', [again], '2026-11-21T03:00:00.000Z');
    await rejectChange(ports, { dream: later, change: again.id }, 'second');
    expect((await readState(ports)).rejected['claim-one']).toMatchObject({ reason: 'second' });
    expect((await readState(ports)).rejected['claim-one']?.evidence).toHaveLength(2);
    await undoLastDecision(ports);
    expect((await readState(ports)).rejected['claim-one']).toMatchObject({ reason: 'first' });
  });

  it('is remembered after all where the process died right after the decision', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update, add]);
    await rejectChange(ports, { dream, change: update.id }, 'no');
    const state = JSON.parse(ports.files.text('.local/state.json') ?? '') as Record<string, unknown>;
    ports.files.put('.local/state.json', JSON.stringify({ ...state, rejected: {} }));
    await acceptChange(ports, { dream, change: add.id });
    expect((await readState(ports)).rejected['claim-one']).toMatchObject({ reason: 'no', dream });
  });
});

describe('undo of the last decision', () => {
  it('takes back an accepted hunk, journalled', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    await acceptHunk(ports, { dream, change: update.id, hunk: await hunkId(ports, 0) });
    expect(await undoLastDecision(ports)).toMatchObject({ kind: 'done', changes: [update.id], written: [PATH] });
    expect(ports.files.text(PATH)).toBe(before);
    const open = await firstChange(ports);
    expect([open.status, open.openHunks]).toEqual(['pending', 2]);
    expect(await actions(ports)).toEqual(['accept', 'undo']);
  });

  it('goes back decision by decision, whichever dream they belong to', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    const other = putDream(ports, 'dreamb', [add], '2026-11-19T03:00:00.000Z');
    await acceptChange(ports, { dream, change: update.id });
    await acceptChange(ports, { dream: other, change: add.id });
    await undoLastDecision(ports);
    expect(ports.files.text('facts/ports.md')).toBeUndefined();
    expect(ports.files.text(PATH)).toBe(after);
    await undoLastDecision(ports);
    expect(ports.files.text(PATH)).toBe(before);
    expect(await undoLastDecision(ports)).toEqual({ kind: 'nothing', left: [] });
  });

  it('brings a rejected part back into the draft and forgets the rejection', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    await rejectHunk(ports, { dream, change: update.id, hunk: await hunkId(ports, 0) }, 'no');
    await undoLastDecision(ports);
    expect((await firstChange(ports)).files[0].draft).toBe(after);
    expect((await readState(ports)).rejected).toEqual({});
  });

  it('keeps what was edited in the draft since', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    await rejectHunk(ports, { dream, change: update.id, hunk: await hunkId(ports, 0) });
    await editDraft(ports, {
      dream,
      path: PATH,
      text: half.replace('npm test', 'npm test').replace('pnpm', 'npm').replace('a minute', 'long'),
    });
    await undoLastDecision(ports);
    expect((await firstChange(ports)).files[0].draft).toBe(
      memoryText('tests', 'Run pnpm test.\n\nA line between.\n\nIt takes long.\n'),
    );
  });

  it('merges with a memory that moved on elsewhere', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    await acceptHunk(ports, { dream, change: update.id, hunk: await hunkId(ports, 0) });
    ports.files.put(PATH, half.replace('a minute', 'two minutes'));
    expect(await undoLastDecision(ports)).toMatchObject({ kind: 'done' });
    expect(ports.files.text(PATH)).toBe(before.replace('a minute', 'two minutes'));
  });

  it('refuses where the same lines moved on, and writes nothing', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    await acceptChange(ports, { dream, change: update.id });
    const moved = after.replace('pnpm test', 'yarn test');
    ports.files.put(PATH, moved);
    expect(await undoLastDecision(ports)).toEqual({ kind: 'conflict', path: PATH });
    expect(ports.files.text(PATH)).toBe(moved);
    expect(await actions(ports)).toEqual(['accept']);
  });

  it('refuses to take away a new memory that was changed since', async () => {
    const { ports, dream } = dreamt({}, [add]);
    await acceptChange(ports, { dream, change: add.id });
    ports.files.put('facts/ports.md', memoryText('ports', 'Port 9090.\n'));
    expect(await undoLastDecision(ports)).toEqual({ kind: 'conflict', path: 'facts/ports.md' });
  });

  it('refuses where the draft was edited in the same lines', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    await rejectHunk(ports, { dream, change: update.id, hunk: await hunkId(ports, 0) });
    const draft = (await firstChange(ports)).files[0].draft;
    await editDraft(ports, { dream, path: PATH, text: draft.replace('Run npm test.', 'Run bun test.') });
    expect(await undoLastDecision(ports)).toEqual({ kind: 'conflict', path: PATH });
  });
});

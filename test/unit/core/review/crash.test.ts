import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recover } from '../../../../src/core/history/transaction';
import { readJournal } from '../../../../src/core/history/journal';
import { acceptHunk, acceptChange, rejectHunk, undoLastDecision } from '../../../../src/core/review/review';
import { after, before, change, dreamt, firstChange, half, hunkId, memoryText, PATH, update } from './dreamt';

describe('a decision that is interrupted', () => {
  it('is made completely or not at all, wherever the disk gives up', async () => {
    const whole = dreamt({ [PATH]: before }, [update]);
    await acceptHunk(whole.ports, { dream: whole.dream, change: update.id, hunk: await hunkId(whole.ports, 0) });
    const calls = whole.ports.files.calls.length;
    expect(calls).toBeGreaterThan(5);
    const outcomes = new Set<string>();
    for (let failing = 0; failing < calls; failing += 1) {
      const { ports, dream } = dreamt({ [PATH]: before }, [update]);
      const hunk = await hunkId(ports, 0);
      ports.files.beforeMutation = (_mutation, _path, nth) => {
        if (nth >= failing) throw new Error('the disk is gone');
      };
      await acceptHunk(ports, { dream, change: update.id, hunk }).catch(() => undefined);
      ports.files.beforeMutation = () => undefined;
      await recover(ports);
      const text = ports.files.text(PATH);
      const { status } = await firstChange(ports);
      const { lines } = await readJournal(ports);
      outcomes.add(`${text === half ? 'new' : text === before ? 'old' : 'mixed'} ${status} ${lines.length}`);
    }
    expect([...outcomes].sort()).toEqual(['new partly 1', 'old pending 0']);
  });
});

describe('any run of decisions', () => {
  const line = fc.constantFrom('a', 'b', '', '- c', '**Why:** d');
  const body = fc.array(line, { maxLength: 12 }).map((lines) => `${lines.join('\n')}\n`);
  const step = fc.record({ verdict: fc.constantFrom('accept', 'reject', 'all'), pick: fc.nat({ max: 20 }) });

  it('is taken back step by step to where it began', async () => {
    await fc.assert(
      fc.asyncProperty(body, body, fc.array(step, { maxLength: 6 }), async (from, to, steps) => {
        const start = memoryText('tests', from);
        const proposed = change('any', [{ path: PATH, before: start, after: memoryText('tests', to) }]);
        const { ports, dream } = dreamt({ [PATH]: start }, [proposed]);
        const ref = { dream, change: proposed.id };
        const opened = (await firstChange(ports)).files[0].hunks;
        for (const { verdict, pick } of steps) {
          const { hunks } = (await firstChange(ports)).files[0];
          const hunk = hunks[pick % Math.max(1, hunks.length)]?.id;
          if (hunk === undefined) break;
          if (verdict === 'all') await acceptChange(ports, ref);
          else if (verdict === 'accept') await acceptHunk(ports, { ...ref, hunk });
          else await rejectHunk(ports, { ...ref, hunk });
        }
        while ((await undoLastDecision(ports)).kind === 'done');
        expect(ports.files.text(PATH)).toBe(start);
        expect((await firstChange(ports)).files[0].hunks).toEqual(opened);
      }),
      { numRuns: 40 },
    );
  });

  it('ends with the parts that were accepted and no others', async () => {
    const { ports, dream } = dreamt({ [PATH]: before }, [update]);
    await rejectHunk(ports, { dream, change: update.id, hunk: await hunkId(ports, 0) });
    await acceptHunk(ports, { dream, change: update.id, hunk: await hunkId(ports, 0) });
    expect(ports.files.text(PATH)).toBe(after.replace('pnpm test', 'npm test'));
  });
});

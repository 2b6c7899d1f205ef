import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENOUGH, impactOf, impactSession, type ImpactSession } from '../../../../src/core/recall/impact';
import { buildSession } from '../../../fakes/sessionBuilder';

const day = (number: number): string =>
  new Date(Date.parse('2026-11-01T00:00:00Z') + number * 86_400_000).toISOString();
const session = (number: number, more: Partial<ImpactSession> = {}): ImpactSession => ({
  ...{ id: `s${number}`, startedAt: day(number), prompts: 20, corrections: 0, loaded: false, errors: [] },
  ...more,
});
const many = (from: number, count: number, more: Partial<ImpactSession>): readonly ImpactSession[] =>
  Array.from({ length: count }, (_, index) => session(from + index, more));

describe('the impact of memory', () => {
  it('compares what was before the first session that had it with those since that had it', () => {
    const impact = impactOf([
      ...many(0, 10, { corrections: 4 }),
      ...many(10, 10, { corrections: 1, loaded: true }),
      session(15.5, { corrections: 20 }),
    ]);
    expect(impact.border).toBe(day(10));
    expect(impact.before).toMatchObject({ sessions: 10, prompts: 200, corrections: { count: 40, per100: 20 } });
    expect(impact.after).toMatchObject({ sessions: 10, prompts: 200, corrections: { count: 10, per100: 5 } });
    expect(impact.without).toMatchObject({ sessions: 1, prompts: 20, corrections: { count: 20 } });
    expect(impact.corrections).toBe('fewer');
    expect(impact.repeated).toBe('no-clear-difference');
  });

  it('says nothing of few sessions, few prompts, or none that had it', () => {
    const before = many(0, 10, { corrections: 10 });
    expect(impactOf(before)).toMatchObject({ corrections: 'too-few', after: { sessions: 0, prompts: 0 } });
    expect(impactOf(before)).not.toHaveProperty('border');
    expect(impactOf([...before, ...many(20, ENOUGH.sessions - 1, { loaded: true })]).corrections).toBe('too-few');
    expect(impactOf([...before, ...many(20, ENOUGH.sessions, { loaded: true, prompts: 2 })]).corrections).toBe(
      'too-few',
    );
    expect(impactOf([]).before.corrections).toBeUndefined();
  });

  it('says so where it got worse, and where nothing can be told', () => {
    const of = (before: number, after: number) =>
      impactOf([...many(0, 10, { corrections: before }), ...many(10, 10, { corrections: after, loaded: true })]);
    expect(of(1, 5).corrections).toBe('more');
    expect(of(3, 2).corrections).toBe('no-clear-difference');
  });

  it('counts an error as repeated if a session of the 30 days before had it', () => {
    const impact = impactOf([
      session(0, { errors: ['no such port', 'no tool'] }),
      session(1, { errors: ['no such port'] }),
      session(40, { errors: ['no such port'], loaded: true }),
      session(41, { errors: ['no such port', 'no tool'], loaded: true }),
    ]);
    expect(impact.before.repeated).toMatchObject({ count: 1, per100: 2.5 });
    expect(impact.after.repeated).toMatchObject({ count: 1 });
  });

  it('does not depend on the order, leaves out what has no time or prompt, and keeps each number in its range', () => {
    const any = fc.record({
      id: fc.uuid(),
      startedAt: fc.constantFrom('', 'never', day(0), day(3), day(7), day(50)),
      prompts: fc.nat(40),
      corrections: fc.nat(50),
      loaded: fc.boolean(),
      errors: fc.subarray(['a', 'b', 'c']),
    });
    fc.assert(
      fc.property(fc.uniqueArray(any, { selector: ({ id }) => id }), (sessions) => {
        const impact = impactOf(sessions);
        expect(impactOf([...sessions].reverse())).toEqual(impact);
        const groups = [impact.before, impact.after, impact.without];
        const counted = sessions.filter(({ startedAt, prompts }) => startedAt.startsWith('2') && prompts > 0);
        expect(groups.reduce((sum, { sessions: of }) => sum + of, 0)).toBe(counted.length);
        for (const { corrections, repeated } of groups) {
          for (const rate of [corrections, repeated]) {
            if (rate === undefined) continue;
            expect(rate.low).toBeLessThanOrEqual(Math.min(100, rate.per100) + 1e-9);
            expect(rate.high).toBeGreaterThanOrEqual(Math.min(100, rate.per100) - 1e-9);
          }
        }
      }),
    );
  });

  it('takes from a session its troubles with the environment, each once', () => {
    const port = 'Error: listen EADDRINUSE: address already in use :::3000';
    const said = buildSession('a', day(0))
      .says('start it')
      .fails('npm start', port)
      .fails('npm start', port)
      .fails('npm test', '3 tests failed')
      .refused('Bash', port)
      .runs('npm test', port)
      .end();
    expect(impactSession(said)).toMatchObject({ id: 'a', prompts: 1, corrections: 0, loaded: false });
    expect(impactSession(said).errors).toHaveLength(1);
    const printed = { at: '', channel: 'hook', marker: '00000000', entries: [] } as const;
    const having = (more: object) =>
      impactSession({ ...said, header: { ...said.header, recalled: [{ ...printed, ...more }] } });
    expect(having({}).loaded).toBe(true);
    expect(having({ agent: 'reviewer' }).loaded).toBe(false);
  });
});

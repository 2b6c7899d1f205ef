import { describe, expect, it } from 'vitest';
import { mayApplyAutomatically } from '../../../../src/core/review/policy';
import { change } from './dreamt';

describe('applying without a person', () => {
  it('is never allowed while no policy is written', () => {
    const harmless = change('one', [{ path: 'facts/a.md', before: null, after: 'a' }]);
    expect(mayApplyAutomatically(harmless)).toEqual({
      allowed: false,
      reasons: ['No policy is written: a person accepts every change.'],
    });
  });

  it('names every reason that no policy could lift', () => {
    const risky = change('two', [{ path: 'facts/a.md', before: null, after: 'a' }], {
      kind: 'rescope',
      trust: 'file',
      risk: 'high',
      warnings: [{ kind: 'quarantined', message: 'Only a web page says so.' }],
    });
    expect(mayApplyAutomatically(risky).reasons.slice(1)).toEqual([
      'It rests on file text alone.',
      'Its risk is high.',
      'It changes whose memory this is.',
      'Only a web page says so.',
    ]);
  });
});

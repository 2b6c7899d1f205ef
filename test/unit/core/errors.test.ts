import { describe, expect, it } from 'vitest';
import { AgentDreamsError, isAgentDreamsError } from '../../../src/core/errors';

describe('our error', () => {
  it('is known by its name, since each engine is a bundle with a class of its own', () => {
    const fromAnotherBundle = Object.assign(new Error('401'), {
      name: 'AgentDreamsError',
      code: 'model-key',
      details: {},
    });
    expect(isAgentDreamsError(fromAnotherBundle)).toBe(true);
    expect(isAgentDreamsError(fromAnotherBundle, 'model-key')).toBe(true);
    expect(isAgentDreamsError(fromAnotherBundle, 'io')).toBe(false);
    expect(isAgentDreamsError(new AgentDreamsError('io', 'x'), 'io')).toBe(true);
  });

  it('is nothing else', () => {
    for (const other of [new Error('x'), { name: 'AgentDreamsError', code: 'io' }, 'io', undefined, null]) {
      expect(isAgentDreamsError(other)).toBe(false);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { remembering } from '../../../../../src/core/dream/text/remembering';

describe('a function that remembers', () => {
  const counted = (most: number): { readonly call: (text: string) => number; readonly asked: string[] } => {
    const asked: string[] = [];
    return { asked, call: remembering((text) => asked.push(text) && text.length, most) };
  };

  it('works once for each text', () => {
    const { call, asked } = counted(2);
    expect(['a', 'bb', 'a', 'bb'].map(call)).toEqual([1, 2, 1, 2]);
    expect(asked).toEqual(['a', 'bb']);
  });

  it('forgets rather than hold more texts than it may', () => {
    const { call, asked } = counted(2);
    ['a', 'bb', 'ccc', 'a'].forEach(call);
    expect(asked).toEqual(['a', 'bb', 'ccc', 'a']);
  });

  it('holds no long text', () => {
    const { call, asked } = counted(2);
    const long = 'x'.repeat(1_001);
    expect([call(long), call(long)]).toEqual([1_001, 1_001]);
    expect(asked).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { createPromptQueue } from '../../../../src/core/sessions/promptQueue';
import { nodeHasher } from '../../../fakes/fakePorts';

const queue = (state?: readonly string[]): ReturnType<typeof createPromptQueue> =>
  createPromptQueue(nodeHasher(), state);

describe('the queue of prompts typed while the agent works', () => {
  it('knows a prompt again when it was handed over', () => {
    const q = queue();
    q.enqueue('also fix the docs');
    expect(q.isDelivered('also fix the docs')).toBe(false);
    q.dequeue(undefined);
    expect(q.isDelivered('also  fix the docs ')).toBe(true);
    expect(q.isDelivered('also fix the docs')).toBe(false);
  });

  it('does not swallow the same words typed again after they went into a running turn', () => {
    const q = queue();
    q.enqueue('continue');
    q.remove(undefined);
    expect(q.isDelivered('continue')).toBe(false);
  });

  it('knows an attachment again, before and after its removal from the queue', () => {
    const q = queue();
    q.enqueue('one');
    q.enqueue('two');
    expect(q.isAttached('one')).toBe(true);
    q.remove('two');
    expect(q.isAttached('two')).toBe(true);
    expect(q.isAttached('two')).toBe(false);
  });

  it('hands over in order, machine texts in between', () => {
    const q = queue();
    q.enqueue(undefined);
    q.enqueue('mine');
    q.dequeue(undefined);
    expect(q.isDelivered('mine')).toBe(false);
    q.dequeue(undefined);
    expect(q.isDelivered('mine')).toBe(true);
  });

  it('knows what went back into the prompt box if it is the very next prompt', () => {
    const same = queue();
    same.enqueue('do it');
    same.popAll();
    expect(same.isDelivered('do it')).toBe(true);
    const edited = queue();
    edited.enqueue('do it');
    edited.popAll();
    expect(edited.isDelivered('do it now')).toBe(false);
    expect(edited.isDelivered('do it')).toBe(false);
  });

  it('goes on from its state, and ignores a state it does not understand', () => {
    const q = queue();
    q.enqueue('later');
    q.dequeue('later');
    expect(queue(q.state()).isDelivered('later')).toBe(true);
    expect(queue(['?nonsense', '']).state()).toEqual([]);
  });

  it('forgets the oldest past fifty', () => {
    const q = queue();
    for (let i = 0; i < 80; i += 1) q.enqueue(`prompt ${i}`);
    expect(q.state()).toHaveLength(50);
    expect(q.isAttached('prompt 0')).toBe(false);
    expect(q.isAttached('prompt 79')).toBe(true);
  });
});

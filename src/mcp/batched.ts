/**
 * Hands on what is asked for while the one before is under way in one go: many requests at one time wait once, and become
 * one proposal. `work` answers each item, in their order.
 */
export function batched<T, R>(work: (items: readonly T[]) => Promise<readonly R[]>): (item: T) => Promise<R> {
  let running: Promise<unknown> = Promise.resolve();
  let next: { readonly items: T[]; readonly answers: Promise<readonly R[]> } | undefined;
  return async (item) => {
    if (next === undefined) {
      const items: T[] = [];
      const answers = running.then(() => {
        next = undefined;
        return work(items);
      });
      running = answers.catch(() => undefined);
      next = { items, answers };
    }
    const at = next.items.push(item) - 1;
    const answer = (await next.answers)[at];
    if (answer === undefined) throw new Error('A request was not answered.');
    return answer;
  };
}

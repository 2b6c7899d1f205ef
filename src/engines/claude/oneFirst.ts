import type { AskOptions, LanguageModel, ModelReply, ModelRequest } from '../../core/model/languageModel';
import type { Patience } from './patience';
import { waitFor } from './tries';

/** Asks once; `onBegin` is called when the answer begins. */
export type Ask = (request: ModelRequest, options: AskOptions, onBegin: () => void) => Promise<ModelReply>;

/** The first request of a prefix goes alone until its answer begins: from then on the others find the prefix cached. */
export function oneFirst(patience: Patience, ask: Ask): LanguageModel['ask'] {
  const begun = new Map<string, Promise<void>>();
  return async (request, options) => {
    const prefix = `${request.role}\0${request.system}`;
    const first = begun.get(prefix);
    if (first) {
      await waitFor(first, options.signal, patience);
      return await ask(request, options, () => undefined);
    }
    let begin = (): void => undefined;
    begun.set(prefix, new Promise<void>((resolve) => (begin = resolve)));
    try {
      return await ask(request, options, begin);
    } finally {
      begin();
    }
  };
}

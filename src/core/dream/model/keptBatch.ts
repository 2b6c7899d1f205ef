import * as z from 'zod/mini';
import type { LanguageModel } from '../../model/languageModel';
import type { CorePorts } from '../../ports';
import { keptFile } from './keptFile';

/** Work that a provider is doing for this store, and by which name it is found again after a restart. */
export interface KeptBatch {
  readonly handle: string;
  readonly keys: readonly string[];
}

const BATCH_PATH = '.local/model/batch.json';

const batch = z.object({
  format: z.literal(1),
  engine: z.string().check(z.maxLength(40)),
  models: z.array(z.string().check(z.maxLength(200))),
  handle: z.string().check(z.maxLength(4_000)),
  keys: z.array(z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,64}$/u))),
});

/** The one batch of this store, written to `.local/model/batch.json` before anything else happens to it. */
export interface BatchFile {
  /** The batch of this very engine and its models; another engine's is of no use. */
  read(): Promise<KeptBatch | undefined>;
  write(kept: KeptBatch): Promise<void>;
  remove(): Promise<void>;
}

export function batchFile(
  ports: Pick<CorePorts, 'files' | 'text' | 'logger'>,
  { engine, model }: LanguageModel['traits'],
): BatchFile {
  const models = [model.extract, model.consolidate];
  const file = keptFile(ports, BATCH_PATH, (value) => {
    const parsed = batch.safeParse(value);
    return parsed.success ? parsed.data : undefined;
  });
  return {
    read: async () => {
      const kept = await file.read();
      const same = kept?.engine === engine && kept.models.join('\n') === models.join('\n');
      return same ? { handle: kept.handle, keys: kept.keys } : undefined;
    },
    write: ({ handle, keys }) => file.write({ format: 1, engine, models, handle, keys: [...keys] }),
    remove: () => file.remove(),
  };
}

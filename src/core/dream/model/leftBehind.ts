import * as z from 'zod/mini';
import type { LeftBehindFile } from '../../model/storeDreamer';
import type { CorePorts } from '../../ports';
import { keptFile } from './keptFile';

const LEFT_PATH = '.local/model/managed.json';

const short = z.string().check(z.maxLength(200));
const left = z.object({
  format: z.literal(1),
  made: z.array(
    z.object({
      kind: z.enum(['run', 'store', 'session', 'agent', 'environment', 'dream']),
      id: short,
      run: short,
      account: short,
      at: short,
    }),
  ),
});

/** What this store's dreams have made elsewhere and not deleted yet; the file is gone when nothing is left. */
export function leftBehindFile(ports: Pick<CorePorts, 'files' | 'text' | 'logger'>): LeftBehindFile {
  const file = keptFile(ports, LEFT_PATH, (value) => {
    const parsed = left.safeParse(value);
    return parsed.success ? parsed.data : undefined;
  });
  return {
    read: async () => (await file.read())?.made ?? [],
    write: async (made) => {
      if (made.length === 0) await file.remove();
      else await file.write({ format: 1, made: [...made] });
    },
  };
}

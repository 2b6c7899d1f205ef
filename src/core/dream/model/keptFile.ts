import { isAgentDreamsError } from '../../errors';
import type { CorePorts } from '../../ports';

/** A small JSON file of work in progress: losing it costs work, never a memory, so a broken one counts as none. */
export interface KeptFile<T> {
  read(): Promise<T | undefined>;
  /** A reader sees the old content or the new one. */
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}

const MAX_BYTES = 8 * 1024 * 1024;

export function keptFile<T>(
  ports: Pick<CorePorts, 'files' | 'text' | 'logger'>,
  path: string,
  parse: (value: unknown) => T | undefined,
): KeptFile<T> {
  const { files, text, logger } = ports;
  return {
    read: async () => {
      try {
        const bytes = await files.read(path, { maxBytes: MAX_BYTES });
        if (bytes === undefined) return undefined;
        const value = parse(JSON.parse(text.decode(bytes).text));
        if (value === undefined) logger.warn(`${path} has the wrong shape and is not used`);
        return value;
      } catch (error) {
        if (!(error instanceof SyntaxError) && !isAgentDreamsError(error, 'too-large')) throw error;
        logger.warn(`${path} is broken and is not used`);
        return undefined;
      }
    },
    write: async (value) => {
      const staged = `${path}.tmp`;
      await files.write(staged, text.encode(`${JSON.stringify(value)}\n`));
      await files.rename(staged, path);
    },
    remove: () => files.remove(path),
  };
}

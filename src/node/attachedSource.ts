import type { AttachedView } from '../core/recall/sessionText';
import type { Logger } from '../core/ports';
import { readAttachedList } from './attachedList';
import { attachedView, openAttachedStore, type AttachedStore, type StoreSetting } from './attachedStores';
import { storeStamp } from './storeStamp';

/** The stores that this user attached, as those who answer agents need them. */
export interface AttachedSource {
  /** Tells one state of all of them from another, without reading them. */
  stamp(): Promise<string>;
  /** Their accepted memories. */
  views(): Promise<readonly AttachedView[]>;
}

/** `open` gives the stores that can be opened now. One that cannot be read is left out of the views, and the log says so. */
export function createAttachedSource(
  open: () => Promise<readonly AttachedStore[]>,
  logger: Pick<Logger, 'warn'>,
): AttachedSource {
  return {
    stamp: async () => {
      const stamps = (await open()).map(
        async ({ setting, localRoot }) => `${JSON.stringify(setting)}\n${await storeStamp(setting.path, localRoot)}`,
      );
      return (await Promise.all(stamps)).join('\n');
    },
    views: async () => {
      const views: AttachedView[] = [];
      for (const store of await open()) {
        try {
          views.push(await attachedView(store));
        } catch (error) {
          leftOut(store.setting, error, logger);
        }
      }
      return views;
    },
  };
}

/** The stores of the list that the editor left in the user's folder, for a process without an editor. Moves nothing. */
export function listedStores(
  logger: Logger,
  options: Pick<Parameters<typeof openAttachedStore>[1], 'userFolder'> = {},
): AttachedSource {
  const known = new Map<string, Promise<AttachedStore>>();
  const openOne = (setting: StoreSetting): Promise<AttachedStore | undefined> => {
    // What is answered here is never written there, whatever the editor may.
    const readOnly = { ...setting, access: 'read_only' } as const;
    const key = JSON.stringify(readOnly);
    const opened = known.get(key) ?? openAttachedStore(readOnly, { logger, untrusted: true, ...options });
    known.set(key, opened);
    return opened.catch((error: unknown) => {
      known.delete(key);
      leftOut(setting, error, logger);
      return undefined;
    });
  };
  return createAttachedSource(async () => {
    const settings = await readAttachedList(options.userFolder);
    return (await Promise.all(settings.map(openOne))).filter((store) => store !== undefined);
  }, logger);
}

function leftOut({ name }: StoreSetting, error: unknown, logger: Pick<Logger, 'warn'>): void {
  logger.warn(`The attached store ${name} is left out: ${error instanceof Error ? error.message : String(error)}`);
}

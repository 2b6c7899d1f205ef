import { randomBytes } from 'node:crypto';
import type { Redactor } from '../../core/ports';
import type { ExactValue } from '../../core/secrets/exactValues';
import { createHasher } from '../../node/hasher';
import { createSecretGuard, type SecretGuard } from '../../node/secrets/secretGuard';

/** Redacts what a window says and logs, by what all of its folders know to be secret. */
export interface WindowRedaction {
  redact(text: string): string;
  /** From now on the folder's redactor counts too; it takes the place of an earlier one of the same folder. */
  follow(folder: string, redactor: Redactor): void;
  /** Looks again at what is known to be secret. Never rejects. */
  refresh(): Promise<void>;
}

/** Before any folder is open the rules alone count; their fingerprints then have a key that nobody keeps. */
export function createWindowRedaction(ownKeys: () => Promise<readonly ExactValue[]>): WindowRedaction {
  const folders = new Map<string, Redactor>();
  let rules: SecretGuard | undefined;
  const alone = (): SecretGuard =>
    (rules ??= createSecretGuard({
      workspaceRoot: '',
      hasher: createHasher(),
      key: randomBytes(32).toString('hex'),
      ownKeys,
    }));
  return {
    redact(text) {
      if (folders.size === 0) return alone().redact(text).text;
      return [...folders.values()].reduce((words, redactor) => redactor.redact(words).text, text);
    },
    follow: (folder, redactor) => void folders.set(folder, redactor),
    async refresh() {
      await alone().refresh();
      for (const redactor of folders.values()) await redactor.refresh?.();
    },
  };
}

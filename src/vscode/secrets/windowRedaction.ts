import { randomBytes } from 'node:crypto';
import type { Redactor } from '../../core/ports';
import { createHasher } from '../../node/hasher';
import { createSecretGuard } from '../../node/secrets/secretGuard';

/** Redacts what a window says and logs, by what all of its folders know to be secret. */
export interface WindowRedaction {
  redact(text: string): string;
  /** From now on the folder's redactor counts too; it takes the place of an earlier one of the same folder. */
  follow(folder: string, redactor: Redactor): void;
}

/** Before any folder is open the rules alone count; their fingerprints then have a key that nobody keeps. */
export function createWindowRedaction(): WindowRedaction {
  const folders = new Map<string, Redactor>();
  let rules: Redactor | undefined;
  const alone = (): Redactor =>
    (rules ??= createSecretGuard({ workspaceRoot: '', hasher: createHasher(), key: randomBytes(32).toString('hex') }));
  return {
    redact(text) {
      if (folders.size === 0) return alone().redact(text).text;
      return [...folders.values()].reduce((words, redactor) => redactor.redact(words).text, text);
    },
    follow: (folder, redactor) => void folders.set(folder, redactor),
  };
}

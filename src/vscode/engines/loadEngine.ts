import { createRequire } from 'node:module';
import type * as claude from '../../engines/claudeBundle';
import type * as claudeCode from '../../engines/claudeCodeBundle';
import type * as managed from '../../engines/managedBundle';
import type * as vscodeLm from './vscodeLm';

/** The bundles that hold engines, by the name in `dist/engine-<name>.js`. */
export interface EngineBundles {
  readonly claude: typeof claude;
  readonly 'claude-code': typeof claudeCode;
  readonly managed: typeof managed;
  readonly 'vscode-lm': typeof vscodeLm;
}

/** Loads a bundle when a dream or a test needs it, and never before: neither activation nor the application does. */
export function loadEngine<K extends keyof EngineBundles>(name: K): EngineBundles[K] {
  return createRequire(__filename)(`./engine-${name}.js`) as EngineBundles[K];
}

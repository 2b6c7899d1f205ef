import type { Hasher, Look, Redaction, Redactor } from '../../core/ports';
import { createRedactor } from '../../core/secrets/redactor';
import { createSecretScanner, type ExactValue, type ExtraRule } from '../../core/secrets/scanner';
import { readEnvValues, type EnvValues } from '../envValues';

/** What the user says about secrets. */
export interface SecretSettings {
  readonly rules: readonly ExtraRule[];
  /** Fingerprints of what is none. */
  readonly allow: readonly string[];
}

export interface SecretGuardOptions {
  readonly workspaceRoot: string;
  readonly hasher: Hasher;
  /** Key of the fingerprints. */
  readonly key: string;
  readonly settings?: () => SecretSettings;
  /** Our own credentials, as they are now: from the environment, and wherever else the host keeps them. */
  readonly ownKeys?: () => Promise<readonly ExactValue[]>;
}

/** A secret of a text. */
export interface FoundSecret {
  readonly rule: string;
  readonly fingerprint: string;
  /** UTF-16 offset at which it starts. */
  readonly start: number;
}

/** The redactor of one folder: rules, the user's rules, and the values that are known to be secret here. */
export interface SecretGuard extends Redactor {
  refresh(): Promise<void>;
  /** Where the secrets of a text are, for telling the user; allowed ones are left out. */
  find(text: string): readonly FoundSecret[];
}

interface Built {
  readonly look: (content: Uint8Array) => Look;
  readonly redact: (text: string) => Redaction;
  readonly find: (text: string) => readonly FoundSecret[];
}

/** Of contents without a secret. */
const MOST_REMEMBERED = 20_000;
const NOTHING: SecretSettings = { rules: [], allow: [] };

/** Makes the guard. It knows the values of `.env` files from the first `refresh` on. */
export function createSecretGuard(options: SecretGuardOptions): SecretGuard {
  const settings = options.settings ?? ((): SecretSettings => NOTHING);
  const ownKeys = options.ownKeys ?? (() => Promise.resolve(keysOfEnvironment(process.env)));
  let env: EnvValues = { values: [], mark: '' };
  let own: readonly ExactValue[] = keysOfEnvironment(process.env);
  let said = settings();
  let built: Built | undefined;
  const current = (): Built => (built ??= build(options, said, [...own, ...env.values]));
  return {
    redact: (text) => current().redact(text),
    find: (text) => current().find(text),
    look: (content) => current().look(content),
    async refresh() {
      const before = JSON.stringify([env.mark, own, said]);
      env = await readEnvValues(options.workspaceRoot, env);
      own = await ownKeys().catch(() => own);
      said = settings();
      if (JSON.stringify([env.mark, own, said]) !== before) built = undefined;
    },
  };
}

function build(
  { hasher, key }: SecretGuardOptions,
  { rules, allow }: SecretSettings,
  exactValues: readonly ExactValue[],
): Built {
  const scanner = createSecretScanner({ exactValues, extraRules: rules });
  const allowed = new Set(allow);
  const redactor = createRedactor(scanner, hasher, key, allowed);
  const clean = new Set<string>();
  return {
    redact: (text) => redactor.redact(text),
    look: (content) => {
      const digest = hasher.sha256(content);
      return {
        clean: clean.has(digest),
        keep: () => {
          if (clean.size < MOST_REMEMBERED) clean.add(digest);
        },
      };
    },
    find: (text) =>
      scanner.scan(text).flatMap(({ rule, start, secret }) => {
        const fingerprint = hasher.hmac(key, secret).slice(0, 8);
        return allowed.has(fingerprint) ? [] : [{ rule, fingerprint, start }];
      }),
  };
}

/** Names of the variables that hold a key for a model. */
const OWN = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'] as const;

/** The keys for models that are in the environment of this process. */
export function keysOfEnvironment(environment: Readonly<Record<string, string | undefined>>): readonly ExactValue[] {
  return OWN.flatMap((name) => {
    const value = environment[name]?.trim() ?? '';
    return value.length >= 12 ? [{ name, value }] : [];
  });
}

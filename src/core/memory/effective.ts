import { getObject } from '../history/objects';
import type { CorePorts } from '../ports';
import { acceptedIn, type Accepted } from '../state/accepted';
import { readState } from '../state/localState';
import { DEFAULT_PROBES_TEXT, DEFAULT_RUBRIC_TEXT, DEFAULT_SCHEMA_TEXT } from './defaultTexts';
import type { Memory } from './memory';
import { parseSchema, type Schema } from './schema';
import { readStore, type StoreSnapshot } from './store';

/** The memories of a store that speak for this user, and those that wait for a decision. */
export interface EffectiveMemories {
  readonly memories: readonly Memory[];
  /** On disk, but not with this content accepted by this user: no dream reads them, no agent is told of them. */
  readonly waiting: readonly Memory[];
}

/**
 * Which memories count: those whose very content this user accepted at that path. Everything that came with a clone or
 * a pull, or that an agent wrote itself, waits. Pure.
 */
export function effectiveMemories(
  { memories }: Pick<StoreSnapshot, 'memories'>,
  accepted: Pick<Accepted, 'has'>,
): EffectiveMemories {
  return {
    memories: memories.filter(({ path, sha256 }) => accepted.has(path, sha256)),
    waiting: memories.filter(({ path, sha256 }) => !accepted.has(path, sha256)),
  };
}

/** A store as far as it is obeyed. */
export interface EffectiveStore extends EffectiveMemories {
  /** The accepted one; the defaults where none was. */
  readonly schema: Schema;
  /** Steering files on disk that are not what is obeyed. */
  readonly steering: readonly SteeringPath[];
}

/** Files beside the memories that steer dreams. */
export type SteeringPath = 'schema.md' | 'rubric.md' | 'probes.yaml';
const STEERING_DEFAULTS: Readonly<Record<SteeringPath, string>> = {
  'schema.md': DEFAULT_SCHEMA_TEXT,
  'rubric.md': DEFAULT_RUBRIC_TEXT,
  'probes.yaml': DEFAULT_PROBES_TEXT,
};
const STEERING: readonly SteeringPath[] = ['schema.md', 'rubric.md', 'probes.yaml'];
const MAX_STEERING = 1024 * 1024;

/** What dreams and recall may use of the store. Reads only. */
export async function readEffectiveStore(ports: CorePorts): Promise<EffectiveStore> {
  const accepted = acceptedIn(await readState(ports), ports.worktree);
  const snapshot = await readStore(ports);
  const steering: SteeringPath[] = [];
  for (const path of STEERING) if (!(await isObeyedAsIs(ports, accepted, path))) steering.push(path);
  const schema = steering.includes('schema.md')
    ? parseSchema(await acceptedSteering(ports, accepted, 'schema.md'))
    : snapshot.schema;
  return { ...effectiveMemories(snapshot, accepted), schema, steering };
}

/**
 * The text of a steering file that is obeyed: what stands there if this user accepted it, else what they accepted last,
 * else the default.
 */
export async function effectiveSteering(ports: CorePorts, path: SteeringPath): Promise<string> {
  const accepted = acceptedIn(await readState(ports), ports.worktree);
  if (!(await isObeyedAsIs(ports, accepted, path))) return acceptedSteering(ports, accepted, path);
  const bytes = await ports.files.read(path, { maxBytes: MAX_STEERING }).catch(() => undefined);
  return bytes === undefined ? STEERING_DEFAULTS[path] : ports.text.decode(bytes).text;
}

/** True where the file is accepted, or is missing and the default is used anyway, or is the default. */
async function isObeyedAsIs(ports: CorePorts, accepted: Accepted, path: SteeringPath): Promise<boolean> {
  // A file that is too large or a link is no steering file; reading the store says so.
  const bytes = await ports.files.read(path, { maxBytes: MAX_STEERING }).catch(() => undefined);
  if (bytes === undefined) return !Object.hasOwn(accepted.last, path);
  if (accepted.has(path, ports.hasher.sha256(bytes))) return true;
  return !Object.hasOwn(accepted.last, path) && ports.text.decode(bytes).text === STEERING_DEFAULTS[path];
}

async function acceptedSteering(ports: CorePorts, { last }: Accepted, path: SteeringPath): Promise<string> {
  const sha256 = Object.hasOwn(last, path) ? last[path] : undefined;
  if (sha256 === undefined) return STEERING_DEFAULTS[path];
  try {
    const bytes = await getObject(ports, sha256);
    if (bytes !== undefined) return ports.text.decode(bytes).text;
    ports.logger.warn(`The accepted text of ${path} is no longer kept; the default is obeyed`);
  } catch (error) {
    ports.logger.error(`The accepted text of ${path} is damaged; the default is obeyed`, error);
  }
  return STEERING_DEFAULTS[path];
}

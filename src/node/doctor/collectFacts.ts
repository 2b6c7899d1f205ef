import type { AttachedFacts, ConnectionFacts, DoctorFacts, Fact } from '../../core/doctor/facts';
import { AgentDreamsError } from '../../core/errors';
import { instructionFiles } from '../../core/dream/gather';
import { effectiveMemories, readEffectiveStore } from '../../core/memory/effective';
import { INDEX_PATH } from '../../core/memory/indexWrite';
import { outsideChanges } from '../../core/memory/outside';
import { readStore } from '../../core/memory/store';
import type { CancelSignal, CorePorts, WorkspaceProbe } from '../../core/ports';
import type { RecallRequest } from '../../core/recall/renderRecall';
import type { SchedulePlan } from '../../core/schedule/cadence';
import { readState } from '../../core/state/localState';
import { readConnection, type ConnectContext } from '../claude/connection';
import type { SecretGuard } from '../secrets/secretGuard';
import { autoMemoryFacts } from './autoMemoryFacts';
import { commandFacts } from './commandFacts';
import { deliveryFacts } from './deliveryFacts';
import { ABSENT, factOf } from './fact';
import { hookFacts } from './hookFacts';
import { loggingFacts, type LoggingOptions } from './loggingFacts';
import { recallFacts } from './recallFacts';
import { secretFacts } from './secretFacts';
import { readSettingsLayers } from './settingsLayers';

/** What the doctor looks at, of one workspace folder. */
export interface DoctorPlaces {
  readonly ports: CorePorts & { readonly redactor: SecretGuard; readonly probe: WorkspaceProbe };
  /** False in an untrusted workspace: nothing of it is run, git is not asked, and its local data is not believed. */
  readonly trusted: boolean;
  readonly connect: ConnectContext;
  readonly recall: RecallRequest;
  readonly logging: LoggingOptions;
  readonly schedule: SchedulePlan;
  /** Stores that the user attached, as they are found. */
  readonly attached: () => Promise<readonly AttachedFacts[]>;
  /** Where an organisation's settings are, if elsewhere than Claude Code looks. */
  readonly managedFolder?: string;
  /** For the look through store and logs for secrets; the longest of all. */
  readonly secretsWithinMs?: number;
}

const SECRETS_WITHIN_MS = 20_000;

/** Looks at everything. Never rejects: what could not be looked at says why. Writes nothing. */
export async function collectDoctorFacts(places: DoctorPlaces, signal: CancelSignal): Promise<DoctorFacts> {
  const { ports, trusted, connect } = places;
  const { root, configDir, home, localRoot } = connect;
  const managed = places.managedFolder === undefined ? {} : { managedFolder: places.managedFolder };
  const settings = await factOf(() => readSettingsLayers({ root, configDir, askGit: trusted, ...managed }));
  const layers = settings.known ? settings.value : [];
  const snapshot = await factOf(() => readStore(ports));
  const initialized = snapshot.known && snapshot.value.initialized;
  /** Only where there is a memory. */
  const ofStore = async <T>(look: () => Promise<T>): Promise<Fact<T>> => (initialized ? factOf(look) : ABSENT);
  /** Only where there is a memory, and this folder may be believed. */
  const ofTrusted = async <T>(look: () => Promise<T>): Promise<Fact<T>> => ofStore(trusted ? look : refuseUntrusted<T>);
  const connection = await ofTrusted(async () => await connectionFacts(connect));
  const connected = connection.known && connection.value.kind === 'connected' ? connection.value : undefined;
  return {
    now: ports.clock.now(),
    store: mapped(snapshot, (value) => ({ initialized: value.initialized, memories: value.memories.length })),
    settings,
    connection,
    delivery:
      connected === undefined
        ? ABSENT
        : defined(await factOf(() => deliveryFacts(ports, connect, { layers, connection: connected }))),
    hooks: connected?.channel === 'hooks' ? await factOf(() => hookFacts(connect)) : ABSENT,
    recall: connected === undefined ? ABSENT : await factOf(() => recallFacts(ports, places.recall)),
    command: await stableCommand(connect, connected !== undefined),
    logging: await factOf(() => loggingFacts(ports, places.logging)),
    index: await ofStore(() => indexFacts(ports)),
    schedule: await ofTrusted(() => scheduleFacts(ports, places.schedule)),
    waiting: await ofTrusted(() => outsideChanges(ports)),
    unreadable: initialized ? mapped(snapshot, ({ problems }) => problems) : ABSENT,
    conflicts: await ofStore(async () => ({
      memories: trusted
        ? (await readEffectiveStore(ports)).memories
        : effectiveMemories(await readStore(ports), { has: () => true }).memories,
      files: await instructionFiles(ports.probe),
    })),
    autoMemory: await factOf(() => autoMemoryFacts({ root, localRoot, configDir, home, layers, askGit: trusted })),
    secrets: await ofStore(() =>
      secretFacts(ports, places.logging, { signal, withinMs: places.secretsWithinMs ?? SECRETS_WITHIN_MS }),
    ),
    attached: await factOf(places.attached),
  };
}

function refuseUntrusted<T>(): Promise<T> {
  return Promise.reject(new AgentDreamsError('untrusted-workspace', 'The workspace is not trusted.'));
}

function mapped<T, U>(fact: Fact<T>, map: (value: T) => U): Fact<U> {
  return fact.known ? { known: true, value: map(fact.value) } : fact;
}

function defined<T>(fact: Fact<T | undefined>): Fact<T> {
  if (!fact.known) return fact;
  return fact.value === undefined ? ABSENT : { known: true, value: fact.value };
}

async function connectionFacts(connect: ConnectContext): Promise<ConnectionFacts> {
  const found = await readConnection(connect);
  if (found.kind === 'none') return found;
  return { kind: 'connected', channel: found.channel, problems: found.problems };
}

/** Nobody calls it before Claude Code is connected. */
async function stableCommand(
  { stableCommand: command }: ConnectContext,
  connected: boolean,
): Promise<DoctorFacts['command']> {
  return command === undefined || !connected ? ABSENT : factOf(() => commandFacts(command));
}

async function indexFacts(ports: CorePorts) {
  const { index } = await readStore(ports);
  const present = await ports.files.read(INDEX_PATH);
  const current = present !== undefined && ports.text.decode(present).text === index.text;
  return { lines: index.lines, bytes: index.bytes, dropped: index.dropped.length, current };
}

async function scheduleFacts(ports: CorePorts, plan: SchedulePlan) {
  return { plan, memory: (await readState(ports)).schedule, timeZone: ports.clock.timeZone() };
}

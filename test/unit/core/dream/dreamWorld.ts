import { DEFAULT_SCHEMA_TEXT } from '../../../../src/core/memory/defaultTexts';
import { isTracked } from '../../../../src/core/memory/storePath';
import { withAccepted } from '../../../../src/core/state/accepted';
import { EMPTY_STATE, updateState } from '../../../../src/core/state/localState';
import type { Miner } from '../../../../src/core/dream/miner';
import { runDream, type DreamOutcome, type DreamPorts, type DreamRequest } from '../../../../src/core/dream/runDream';
import { createRedactor } from '../../../../src/core/secrets/redactor';
import { createSecretScanner } from '../../../../src/core/secrets/scanner';
import type { WorkspaceProbe } from '../../../../src/core/ports';
import type { Proposal } from '../../../../src/core/review/proposal';
import { renderLine } from '../../../../src/core/sessions/sessionCodec';
import type { CapturedSession } from '../../../../src/core/sessions/session';
import { createFakePorts, nodeHasher, type FakePorts } from '../../../fakes/fakePorts';
import { fakeProbe } from './offline/mine';

export type World = FakePorts & DreamPorts;

export interface WorldParts {
  readonly sessions?: readonly CapturedSession[];
  readonly files?: Readonly<Record<string, string>>;
  readonly workspace?: Readonly<Record<string, string>>;
  readonly probe?: WorkspaceProbe;
}

/** A store with the default schema, these captured sessions and these files. */
export function createWorld(parts: WorldParts = {}): World {
  const files: Record<string, string> = { 'schema.md': DEFAULT_SCHEMA_TEXT };
  for (const session of parts.sessions ?? []) files[sessionPath(session)] = sessionText(session);
  const all = { ...files, ...parts.files };
  const ports = createFakePorts({ '.local/state.json': acceptedState(all), ...all });
  return {
    ...ports,
    probe: parts.probe ?? fakeProbe(parts.workspace),
    redactor: createRedactor(createSecretScanner(), nodeHasher(), 'key'),
  };
}

/** A state in which this user accepted every one of these files. */
export function acceptedState(files: Readonly<Record<string, string>>): string {
  const tracked = Object.entries(files).filter(([path]) => isTracked(path));
  const accepted = Object.fromEntries(tracked.map(([path, text]) => [path, nodeHasher().sha256(text)]));
  return JSON.stringify({ ...EMPTY_STATE, accepted });
}

/** Puts a file into the store as this user accepted it. */
export async function acceptFile(world: World, path: string, text: string): Promise<void> {
  world.files.put(path, text);
  const after = world.hasher.sha256(text);
  await updateState(world, (state) => withAccepted(state, undefined, [{ path, after }]));
}

export function sessionPath(session: CapturedSession): string {
  return `.local/sessions/${session.header.id}.jsonl`;
}

export function sessionText(session: CapturedSession): string {
  return renderLine(session.header) + session.entries.map(renderLine).join('');
}

export async function dream(
  world: World,
  request: Partial<DreamRequest> = {},
  miners?: readonly Miner[],
): Promise<DreamOutcome> {
  const whole: DreamRequest = { trigger: 'command', minSessions: 1, engine: 'offline', ...request };
  return runDream(world, whole, { aborted: false }, undefined, miners);
}

/** The proposal of a dream that must complete. */
export async function proposalOf(
  world: World,
  request: Partial<DreamRequest> = {},
  miners?: readonly Miner[],
): Promise<Proposal> {
  const outcome = await dream(world, request, miners);
  if (outcome.kind !== 'completed') throw new Error(`the dream ended as ${outcome.kind}`);
  return outcome.proposal;
}

export async function textAt(world: World, path: string): Promise<string | undefined> {
  const bytes = await world.files.read(path);
  return bytes === undefined ? undefined : world.text.decode(bytes).text;
}

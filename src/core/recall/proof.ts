import type { SessionHeader } from '../sessions/session';
import { isRecallCommand } from './recalledText';

/** Whether what recall prints really reaches sessions, told from the newest session since it was connected. */
export type Proof =
  | { readonly kind: 'not-connected' }
  /** Connected, and there is no memory that a session could get. */
  | { readonly kind: 'nothing-to-load' }
  /** No session has started since. */
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'loaded';
      readonly session: string;
      /** ISO 8601 UTC. */
      readonly at: string;
      readonly marker: string;
      /** It was another text than what is rendered now. */
      readonly stale: boolean;
    }
  | { readonly kind: 'not-loaded'; readonly session: string; readonly likely: readonly Cause[] };

/** Why a session got nothing, the likeliest first. */
export type Cause =
  | { readonly kind: 'hook-error'; readonly text: string }
  /** What is wrong with the connection itself, in words of whoever looked. */
  | { readonly kind: 'connection'; readonly text: string }
  | { readonly kind: 'hooks-disabled' }
  | { readonly kind: 'managed-hooks-only' }
  | { readonly kind: 'trust-not-given' }
  /** Started with `--bare`: no hooks, and hardly anything else. */
  | { readonly kind: 'bare' }
  /** Started with `--safe-mode`, or with `--setting-sources` that leave out the settings of the folder. */
  | { readonly kind: 'safe-mode' }
  /** Started in another folder than the workspace's, where its settings are not read. */
  | { readonly kind: 'started-elsewhere'; readonly cwd: string };

/** What settings say; missing where nobody looked. */
export interface HookSwitches {
  readonly disableAllHooks?: boolean;
  readonly allowManagedHooksOnly?: boolean;
  /** The trust dialog of the client was accepted for this folder. */
  readonly trusted?: boolean;
}

export interface ProofInput {
  readonly connection:
    | { readonly kind: 'none' }
    | {
        readonly kind: 'connected';
        readonly channel: 'hooks' | 'rules';
        /** ISO 8601 UTC: sessions that started before could not get anything. */
        readonly since: string;
        readonly root: string;
        readonly problems: readonly string[];
      };
  /** Markers of the texts for the main agent as they are rendered now; empty where there is nothing to load. */
  readonly markers: readonly string[];
  readonly sessions: readonly ProofSession[];
  readonly switches?: HookSwitches;
  /** What failing hooks printed in the newest session. */
  readonly hookErrors?: readonly string[];
}

export type ProofSession = Pick<
  SessionHeader,
  'id' | 'startedAt' | 'cwd' | 'recalled' | 'lineTypes' | 'entrypoint' | 'forkedFrom' | 'counts'
>;

/** Clients without a dialog run hooks of every folder at once. */
const WITHOUT_DIALOG: ReadonlySet<string> = new Set(['sdk-cli', 'sdk-ts', 'sdk-py']);

/**
 * The session that proves or disproves: the newest that started on its own since then. Forks go on with what their
 * origin was given, and a log without a prompt may not have come to its hooks.
 */
export function sessionInProof(since: string, sessions: readonly ProofSession[]): ProofSession | undefined {
  let newest: ProofSession | undefined;
  for (const session of sessions) {
    const counts = session.startedAt >= since && session.forkedFrom === undefined && session.counts.prompts > 0;
    if (counts && (newest === undefined || session.startedAt > newest.startedAt)) newest = session;
  }
  return newest;
}

/** Whether the newest session got its memory, and if not, why. Pure. */
export function proofOf(input: ProofInput): Proof {
  const { connection, markers, sessions } = input;
  if (connection.kind === 'none') return { kind: 'not-connected' };
  const session = sessionInProof(connection.since, sessions);
  const got = session?.recalled.findLast((one) => isProof(one, connection.channel));
  if (session !== undefined && got !== undefined) {
    const at = got.at === '' ? session.startedAt : got.at;
    return { kind: 'loaded', session: session.id, at, marker: got.marker, stale: !markers.includes(got.marker) };
  }
  if (markers.length === 0) return { kind: 'nothing-to-load' };
  if (session === undefined) return { kind: 'waiting' };
  return { kind: 'not-loaded', session: session.id, likely: causesOf(session, connection, input) };
}

/**
 * A text for the main agent, by the way that the connection has. A mark in another file of instructions proves nothing:
 * anybody can write one into a CLAUDE.md.
 */
function isProof({ agent, marker, channel }: ProofSession['recalled'][number], by: 'hooks' | 'rules'): boolean {
  return agent === undefined && marker !== '' && (channel === 'hook') === (by === 'hooks');
}

function causesOf(
  session: ProofSession,
  connection: Extract<ProofInput['connection'], { kind: 'connected' }>,
  { switches = {}, hookErrors = [] }: ProofInput,
): readonly Cause[] {
  const causes: Cause[] = connection.problems.map((text) => ({ kind: 'connection', text }));
  const elsewhere: readonly Cause[] =
    session.cwd === connection.root ? [] : [{ kind: 'started-elsewhere', cwd: session.cwd }];
  if (connection.channel === 'rules') return [...causes, ...elsewhere];
  const errors = hookErrors.filter(isRecallCommand);
  causes.unshift(...errors.map((text): Cause => ({ kind: 'hook-error', text })));
  const switched = switchesOf(session, switches);
  causes.push(...switched.filter(({ known }) => known === true).map(({ cause }) => cause));
  if (causes.length > 0) return causes;
  if (isBare(session) === true) return [{ kind: 'bare' }];
  causes.push(...elsewhere);
  // Where other hooks ran, none of what switches them all off can be it.
  if (hooksRan(session)) return causes;
  const guesses = switched.filter(({ known }) => known === undefined).map(({ cause }) => cause);
  const modes: readonly Cause[] = [
    ...(isBare(session) === false ? [] : [{ kind: 'bare' } as const]),
    { kind: 'safe-mode' },
  ];
  return [...causes, ...guesses.filter(isOfTrust), ...modes, ...guesses.filter((cause) => !isOfTrust(cause))];
}

interface Switch {
  /** Missing where nobody looked. */
  readonly known: boolean | undefined;
  readonly cause: Cause;
}

/** What may keep hooks from running. Clients without a dialog never ask for trust, and run them anyway. */
function switchesOf({ entrypoint }: ProofSession, switches: HookSwitches): readonly Switch[] {
  const { disableAllHooks, allowManagedHooksOnly, trusted } = switches;
  const trust: Switch = {
    known: trusted === undefined ? undefined : !trusted,
    cause: { kind: 'trust-not-given' },
  };
  return [
    { known: disableAllHooks, cause: { kind: 'hooks-disabled' } },
    { known: allowManagedHooksOnly, cause: { kind: 'managed-hooks-only' } },
    ...(WITHOUT_DIALOG.has(entrypoint ?? '') ? [] : [trust]),
  ];
}

function isOfTrust({ kind }: Cause): boolean {
  return kind === 'trust-not-given';
}

/** A session that begins with its folder and without its environment was started bare; undefined where no log says. */
function isBare({ lineTypes }: ProofSession): boolean | undefined {
  if ((lineTypes['attachment/environment'] ?? 0) > 0) return false;
  return (lineTypes['attachment/session_context'] ?? 0) > 0 ? true : undefined;
}

function hooksRan({ lineTypes }: ProofSession): boolean {
  return Object.entries(lineTypes).some(([type, count]) => type.startsWith('attachment/hook_') && count > 0);
}

import { isApproval, isCorrection } from './corrections';
import { typedText } from './typedText';
import type { Outcome, PromptEntry, SessionEntry } from './session';

/** What of a beat decides its grade; folded entry by entry, so that a long session need not be held. */
export interface Turn {
  /** The agent said or did something. */
  readonly worked: boolean;
  /** The user refused a call or pressed Esc. */
  readonly stopped: boolean;
  /** A failed call that no later success of the same tool followed. */
  readonly failing: string | undefined;
  /** A check or a commit that ended well was the last of its kind. */
  readonly verified: boolean;
  /** Calls of the main agent that have no result yet: id to what the call was. */
  readonly pending: Readonly<Record<string, { readonly tool: string; readonly check: boolean }>>;
}

/** Nothing happened yet. */
export const noTurn: Turn = { worked: false, stopped: false, failing: undefined, verified: false, pending: {} };

const CHECK =
  /\b(?:test|tests|check|lint|typecheck|tsc|build|compile|pytest|jest|vitest|mypy|clippy|vet|commit|push|pr create)\b/iu;
const SHELLS: ReadonlySet<string> = new Set(['Bash', 'PowerShell', 'bash']);

function withResult(turn: Turn, result: Extract<SessionEntry, { kind: 'result' }>): Turn {
  const { [result.callId]: call, ...pending } = turn.pending;
  if (result.denied) return { ...turn, pending, stopped: true };
  if (call === undefined) return turn;
  if (!result.ok) return { ...turn, pending, failing: call.tool, verified: call.check ? false : turn.verified };
  const failing = turn.failing === call.tool ? undefined : turn.failing;
  return { ...turn, pending, failing, verified: call.check || turn.verified };
}

/** The turn after one more entry. Subagents' entries change nothing: their parent answers for them. */
export function turnAfter(turn: Turn, entry: SessionEntry): Turn {
  if (entry.agent !== undefined) return turn;
  switch (entry.kind) {
    case 'call': {
      const command = SHELLS.has(entry.tool) ? (entry.input['command'] ?? '') : '';
      const call = { tool: entry.tool, check: CHECK.test(command.slice(0, 500)) };
      return { ...turn, worked: true, pending: { ...turn.pending, [entry.callId]: call } };
    }
    case 'result':
      return withResult(turn, entry);
    case 'interrupt':
      return { ...turn, stopped: true };
    case 'assistant':
      return { ...turn, worked: true };
    default:
      return turn;
  }
}

/**
 * How a turn went, from what happened: the next prompt speaks first (a correction, an approval), then a refusal, then how
 * the last calls ended. Unlabelled work is `unknown`, not a success.
 */
export function gradeTurn(turn: Turn, outcome: PromptEntry | undefined): Outcome {
  if (!turn.worked) return 'unknown';
  const next = outcome === undefined ? '' : typedText(outcome);
  if (isCorrection(next)) return 'corrected';
  if (isApproval(next)) return 'success';
  if (turn.stopped) return 'corrected';
  if (turn.failing !== undefined) return 'failed';
  return turn.verified ? 'success' : 'unknown';
}

/** How a session went so far: a failure at its end, else any correction, else any success. */
export function gradeSession(grades: { readonly last: Outcome; readonly seen: ReadonlySet<Outcome> }): Outcome {
  if (grades.last === 'failed') return 'failed';
  if (grades.seen.has('corrected')) return 'corrected';
  return grades.seen.has('success') ? 'success' : 'unknown';
}

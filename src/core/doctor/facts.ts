import type { InstructionFile } from '../dream/miner';
import type { Memory, MemoryProblem } from '../memory/memory';
import type { OutsideChange } from '../memory/outside';
import type { Cause } from '../recall/proof';
import type { SchedulePlan } from '../schedule/cadence';
import type { LocalState } from '../state/localState';

/** Why a fact is missing. `absent`: there is nothing to look at, so that nothing is wrong with it either. */
export type Missing = 'absent' | 'untrusted' | 'failed' | 'too-slow';

/** What was found out, or why it was not. Collecting never throws. */
export type Fact<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly why: Missing; readonly said?: string };

/** A settings file of Claude Code, with nothing of it but what the checks need: such files hold secrets. */
export interface SettingsLayer {
  readonly layer: 'managed' | 'local' | 'project' | 'user';
  readonly file: string;
  /** `comments`: valid but for comments or trailing commas, for which Claude Code passes over the whole file. */
  readonly state: 'read' | 'comments' | 'invalid' | 'unreadable';
  /** Empty where the file is not obeyed. */
  readonly values: SettingsValues;
}

export interface SettingsValues {
  readonly disableAllHooks?: boolean;
  readonly allowManagedHooksOnly?: boolean;
  /** Hooks may come from plugins and managed settings only. */
  readonly hooksFromPluginsOnly?: boolean;
  /** Whatever stands there, as text where it is no number. */
  readonly cleanupPeriodDays?: number | string;
  readonly autoMemoryEnabled?: boolean;
  readonly autoMemoryDirectory?: string;
  readonly autoDreamEnabled?: boolean;
  /** Names of variables of interest that it sets to something that counts as on. */
  readonly variables: readonly string[];
}

/** The log of one session, or of one of its subagents. */
export interface LogFact {
  readonly file: string;
  /** Milliseconds since the epoch; what Claude Code's clean-up goes by. */
  readonly mtimeMs: number;
  /** All of it is in a captured session, or is left out because the user wants that. */
  readonly kept: boolean;
}

export interface LoggingFacts {
  readonly captureEnabled: boolean;
  readonly logs: readonly LogFact[];
  readonly unreadable: readonly string[];
  /** Where this workspace may have been before it moved. */
  readonly former: readonly { readonly path: string; readonly sessions: number }[];
  /** The newest captured sessions. */
  readonly sessions: readonly {
    readonly id: string;
    readonly prompts: number;
    readonly toolCalls: number;
    readonly damagedLines: number;
    readonly truncated: boolean;
  }[];
  /** Variables of this process that keep Claude Code from writing logs, or from running hooks. */
  readonly variables: readonly string[];
}

/** As `readConnection` tells it. */
export type ConnectionFacts =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'connected';
      readonly channel: 'hooks' | 'rules';
      readonly problems: readonly string[];
    };

/** Whether the latest session got the memory. */
export type DeliveryFacts =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'loaded'; readonly at: string; readonly renderedAt: string; readonly stale: boolean }
  | { readonly kind: 'not-loaded'; readonly session: string; readonly causes: readonly Cause[] };

/** One run of one hook command, as Claude Code would run it. */
export interface HookRun {
  readonly event: string;
  /** As it stands in the settings, shortened. */
  readonly command: string;
  readonly file: string;
  /** Where it was run: '.' is the workspace folder. */
  readonly folder: string;
  readonly ms: number;
  readonly end:
    | { readonly kind: 'output'; readonly text: string }
    | { readonly kind: 'exit'; readonly code: number; readonly said: string }
    | { readonly kind: 'timeout' }
    | { readonly kind: 'not-started'; readonly said: string };
}

/** One file that hooks print, beside what it should hold. */
export interface RenderedFile {
  readonly name: string;
  readonly present: string | undefined;
  /** As it would be rendered now; undefined if it should not be there. */
  readonly wanted: string | undefined;
}

export interface RecallFacts {
  readonly files: readonly RenderedFile[];
  readonly tokens: number;
  readonly maxTokens: number;
  /** Entries of the main view that came neither whole nor as a line. */
  readonly leftOut: number;
}

export interface CommandFacts {
  readonly file: string;
  readonly state: 'works' | 'missing' | 'not-runnable' | 'failed';
  readonly said: string;
}

export interface IndexFacts {
  readonly lines: number;
  readonly bytes: number;
  readonly dropped: number;
  /** MEMORY.md is as it would be written now. */
  readonly current: boolean;
}

export interface ScheduleFacts {
  readonly plan: SchedulePlan;
  readonly memory: LocalState['schedule'];
  readonly timeZone: string;
}

/** Where Claude Code keeps notes of its own for this workspace. */
export interface AutoMemoryFacts {
  /** The folder in use, absolute. */
  readonly directory: string;
  /** The store, and the inbox inside it, with links followed. */
  readonly store: string;
  readonly inbox: string;
  readonly variables: readonly string[];
  readonly notes: readonly { readonly file: string; readonly text: string }[];
}

export interface SecretFacts {
  readonly memory: number;
  readonly local: number;
  readonly logs: number;
  /** The first file of the most exposed kind. */
  readonly first: string;
}

export interface AttachedFacts {
  readonly path: string;
  readonly name: string;
  readonly state: 'read' | 'missing' | 'unreadable';
  readonly waiting: number;
}

export interface ConflictFacts {
  readonly memories: readonly Memory[];
  readonly files: readonly InstructionFile[];
}

/** Everything the checks go by. */
export interface DoctorFacts {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly store: Fact<{ readonly initialized: boolean; readonly memories: number }>;
  readonly settings: Fact<readonly SettingsLayer[]>;
  readonly connection: Fact<ConnectionFacts>;
  readonly delivery: Fact<DeliveryFacts>;
  readonly hooks: Fact<readonly HookRun[]>;
  readonly recall: Fact<RecallFacts>;
  readonly command: Fact<CommandFacts>;
  readonly logging: Fact<LoggingFacts>;
  readonly index: Fact<IndexFacts>;
  readonly schedule: Fact<ScheduleFacts>;
  readonly waiting: Fact<readonly OutsideChange[]>;
  readonly unreadable: Fact<readonly MemoryProblem[]>;
  readonly conflicts: Fact<ConflictFacts>;
  readonly autoMemory: Fact<AutoMemoryFacts>;
  readonly secrets: Fact<SecretFacts>;
  readonly attached: Fact<readonly AttachedFacts[]>;
}

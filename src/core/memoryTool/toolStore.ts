import type { Memory } from '../memory/memory';

/** A file as one program sees it: what is accepted, and over it what the program itself wrote. */
export interface ToolFile {
  /** Relative to the store. */
  readonly path: string;
  readonly text: string;
}

/** What one program sees. */
export type ToolFiles = ReadonlyMap<string, ToolFile>;

/**
 * Where what a program writes goes. Each call sees all that the same program wrote before. They throw what the program is
 * to be told; then nothing was written.
 */
export interface ToolStore {
  read(): Promise<ToolFiles>;
  /** There is no such file for the program; throws also where there is one that it does not see. */
  create(path: string, text: string): Promise<void>;
  change(path: string, text: string): Promise<void>;
  archive(path: string): Promise<void>;
  move(from: string, to: string): Promise<void>;
}

/** What a program may see: accepted, and of the team or of agents; what is this user's own has no path for programs. */
export function isForPrograms({ scope }: Pick<Memory, 'scope'>): boolean {
  return scope.kind === 'team' || scope.kind === 'agent';
}

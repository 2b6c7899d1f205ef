/** A command that works in a project, and what people or agents try in its place. */
export interface StackCommand {
  readonly good: string;
  readonly passed: string;
  readonly bad: string;
  /** What the bad one prints; `{n}` and `{p}` stand for numbers and paths that change every time. */
  readonly error: string;
}

/** A command that fails until something else was run. */
export interface StackSetup {
  readonly command: string;
  readonly error: string;
  readonly fix: string;
  /** Words of the error of which a right memory has one. */
  readonly names: readonly string[];
}

export interface StackWorkflow {
  readonly asks: readonly [string, string, string];
  readonly file: string;
  readonly commands: readonly [string, string, ...string[]];
}

/** A kind of project: what stands in its folder and what is run there. */
export interface Stack {
  readonly type: string;
  readonly name: string;
  /** Ending of source files, with its dot. */
  readonly ending: string;
  /** Folders of source files. */
  readonly folders: readonly [string, string, string];
  readonly files: Readonly<Record<string, string>>;
  readonly test: StackCommand;
  readonly build: StackCommand;
  readonly lint: StackCommand;
  readonly setup: StackSetup;
  readonly workflow: StackWorkflow;
  /** Two files that change together although nothing in their names says so. */
  readonly together: readonly [string, string];
}

/** `good | what it prints | bad | how that fails`, each part between bars. */
export function command(line: string): StackCommand {
  const [good = '', passed = '', bad = '', error = ''] = line.split(' | ');
  return { good, passed, bad, error };
}

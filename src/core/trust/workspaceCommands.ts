import type { WorkspaceProbe } from '../ports';
import { objectOf, parseJsonObject } from '../sessions/json';

/** Commands that the workspace itself names: scripts of package.json, targets of its Makefile and justfile. */
export interface WorkspaceCommands {
  has(command: string): boolean;
}

const SCRIPT = /^(?:npm|pnpm|yarn|bun)(?: run)? ([\w:.-]{1,80})(?: |$)/u;
const TARGET = /^(?:make|just|task)(?: ([\w:.-]{1,80}))?(?: |$)/u;
const RULE = /^([A-Za-z0-9_][\w.-]{0,80})\s{0,4}(?:[\w ]{0,80}):(?!=)/u;

/** Reads them from the workspace's root. Never throws: what cannot be read names nothing. */
export async function workspaceCommands(probe: WorkspaceProbe): Promise<WorkspaceCommands> {
  const scripts = scriptNames(await probe.readText('package.json'));
  const targets = new Set<string>();
  for (const file of ['Makefile', 'makefile', 'justfile', 'Justfile']) {
    for (const line of ((await probe.readText(file)) ?? '').split(/\r?\n/u)) {
      const name = RULE.exec(line.slice(0, 400))?.[1];
      if (name !== undefined) targets.add(name);
    }
  }
  return {
    has: (command) => {
      const script = SCRIPT.exec(command)?.[1];
      if (script !== undefined && scripts.has(script)) return true;
      const target = TARGET.exec(command);
      return target !== null && (target[1] === undefined ? targets.size > 0 : targets.has(target[1]));
    },
  };
}

function scriptNames(text: string | undefined): ReadonlySet<string> {
  return new Set(Object.keys(objectOf(parseJsonObject(text ?? '{}'), 'scripts') ?? {}));
}

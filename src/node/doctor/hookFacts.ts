import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HookRun } from '../../core/doctor/facts';
import { isOurHandler } from '../../core/recall/connect/ours';
import { surroundingsOf, type ConnectContext } from '../claude/connectionPlace';
import { gitPlace, type GitPlace } from '../claude/gitPlace';
import { wantedSettings } from '../claude/settingsDraft';
import { runHook, type HookCommand } from './runHook';

/** Printing hooks; the one at the end of a session would start a capture. */
const EVENTS = ['SessionStart', 'SubagentStart'] as const;
const PRINTING: ReadonlySet<string> = new Set(EVENTS);

/**
 * Runs our hooks as they stand in the settings, from the workspace folder and, where Claude Code reads them there too,
 * from a folder below it. Only commands are run that Connect would write now: what somebody altered is not ours to run.
 */
export async function hookFacts(context: ConnectContext): Promise<readonly HookRun[]> {
  const place = await gitPlace(context.root);
  const file = path.join(place?.mainRoot ?? context.root, '.claude', 'settings.local.json');
  const marks = { prefix: place?.prefix ?? '', stableCommand: context.stableCommand };
  const ours = handlersIn(await readFile(file, 'utf8')).filter(({ handler }) => isOurHandler(handler, marks));
  const known = await knownCommands(context);
  const runs: HookRun[] = [];
  for (const [shown, folder] of await folders(context.root, place)) {
    for (const { event, handler } of ours) {
      const command = known.get(JSON.stringify(handler));
      if (command !== undefined) runs.push(await runHook({ ...command, event }, { folder, shown, file }));
    }
  }
  return runs;
}

async function folders(root: string, place: GitPlace | undefined): Promise<ReadonlyMap<string, string>> {
  const all = new Map([['.', root]]);
  // Without git Claude Code reads these settings in their own folder only.
  if (place === undefined) return all;
  const entries = await readdir(root, { withFileTypes: true });
  const below = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  const [name = '.agent-memory'] = below.sort();
  return all.set(name, path.join(root, name));
}

/**
 * The commands of a connection with the choices of the one that stands, by their JSON. They are made afresh and never
 * taken from the settings: whatever stands there may be somebody else's.
 */
async function knownCommands(context: ConnectContext): Promise<ReadonlyMap<string, HookCommand>> {
  const around = await surroundingsOf(context);
  if (around.record === undefined) return new Map();
  const { groups } = wantedSettings(around, around.record.choice);
  return new Map(
    groups.flatMap(({ event, hooks }) =>
      PRINTING.has(event) ? hooks.map((handler) => [JSON.stringify(handler), { event, ...handler }] as const) : [],
    ),
  );
}

interface Placed {
  readonly event: string;
  readonly handler: unknown;
}

/** Every handler of the printing events. Throws for what is no JSON: Claude Code would not read it either. */
function handlersIn(text: string): readonly Placed[] {
  const settings: unknown = JSON.parse(text.replace(/^\uFEFF/u, ''));
  const hooks = fieldOf(settings, 'hooks');
  return EVENTS.flatMap((event) =>
    listOf(fieldOf(hooks, event)).flatMap((group) =>
      listOf(fieldOf(group, 'hooks')).map((handler) => ({ event, handler })),
    ),
  );
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

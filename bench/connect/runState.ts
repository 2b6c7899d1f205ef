import { getNodeValue, parseTree } from 'jsonc-parser';
import { isOurRule } from '../../src/core/recall/connect/denyRules';
import { isOurHandler } from '../../src/core/recall/connect/ours';
import {
  carryOut,
  planConnect,
  planDisconnect,
  readConnection,
  type ConnectPlan,
} from '../../src/node/claude/connection';
import { HOOKS, makeBed, settingsOf, type Bed } from './bed';
import type { State } from './states';

/** What one state did at each step; 'right', or what was wrong. */
export interface StateResult {
  readonly connect: string;
  readonly reconnect: string;
  readonly disconnect: string;
}

const RIGHT = 'right';

/** Connects, connects again, and disconnects a folder in this state. */
export async function runState(state: State): Promise<StateResult> {
  const bed = await makeBed();
  try {
    await state.prepare(bed);
    return typeof state.connects === 'string'
      ? await connecting(bed, state)
      : await refusing(bed, state.connects.refused);
  } finally {
    await bed.remove();
  }
}

/** Nothing is done, and it is said why; also to somebody who tries again, or disconnects. */
async function refusing(bed: Bed, reason: string): Promise<StateResult> {
  const before = await bed.photograph();
  const tried = async (plan: ConnectPlan): Promise<string> => {
    if (!plan.refusals.some((one) => one.path === settingsOf(bed) && one.reason === reason))
      return `not refused as ${reason}: ${JSON.stringify(plan.refusals)}`;
    const done = await carryOut(plan).then(
      () => true,
      () => false,
    );
    return done || !isSame(before, await bed.photograph()) ? 'something was written' : RIGHT;
  };
  return {
    connect: await tried(await planConnect(bed.context, HOOKS)),
    reconnect: await tried(await planConnect(bed.context, { ...HOOKS, inbox: true })),
    disconnect: await tried(await planDisconnect(bed.context)),
  };
}

async function connecting(bed: Bed, state: State): Promise<StateResult> {
  const before = await bed.photograph();
  const theirs = withoutOurs(await bed.read(settingsOf(bed)));
  const status = await bed.status();
  const plan = await planConnect(bed.context, HOOKS);
  await carryOut(plan);
  const first = await bed.photograph();
  const connect =
    (await wrongWhileConnected(bed, state, theirs)) ??
    (plan.warnings.some(({ kind }) => kind === 'not-plain-json') === (state.warns === true) ? undefined : 'warnings') ??
    ((await bed.status()) === status || status.includes('.claude/settings.local.json') ? undefined : 'git status');
  const again = await planConnect(bed.context, HOOKS);
  const other = await planConnect(bed.context, { ...HOOKS, inbox: true });
  await carryOut(other);
  await carryOut(await planConnect(bed.context, HOOKS));
  const reconnect =
    (again.files.length === 0 ? undefined : `connecting again changes ${again.files.length} files`) ??
    (other.files.length > 0 ? undefined : 'another choice changes nothing') ??
    (isSame(first, await bed.photograph()) ? undefined : 'going back to the first choice is not the first state') ??
    (await wrongWhileConnected(bed, state, theirs));
  await carryOut(await planDisconnect(bed.context));
  const disconnect = await wrongAfterwards(bed, state, { before, theirs });
  return { connect: connect ?? RIGHT, reconnect: reconnect ?? RIGHT, disconnect: disconnect ?? RIGHT };
}

async function wrongWhileConnected(bed: Bed, state: State, theirs: string): Promise<string | undefined> {
  const text = await bed.read(settingsOf(bed));
  const connection = await readConnection(bed.context);
  if (connection.kind !== 'connected') return 'not connected';
  const problems = connection.problems.filter((one) => !(state.warns === true && one.startsWith('not-plain-json ')));
  if (problems.length > 0) return problems.join(', ');
  return withoutOurs(text) === theirs ? undefined : 'something else was changed';
}

interface Was {
  readonly before: Readonly<Record<string, string>>;
  readonly theirs: string;
}

async function wrongAfterwards(bed: Bed, state: State, { before, theirs }: Was): Promise<string | undefined> {
  if ((await readConnection(bed.context)).kind !== 'none') return 'still connected';
  const text = await bed.read(settingsOf(bed));
  if (text.includes('.agent-memory')) return 'something of ours is left';
  if (state.connects === 'exactly')
    return isSame(before, await bed.photograph()) ? undefined : 'other bytes than before';
  return withoutOurs(text) === theirs ? undefined : 'something of theirs is gone';
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const text = (of: Readonly<Record<string, string>>): string => JSON.stringify(Object.entries(of).sort());
  return text(a) === text(b);
}

const MARKS = { prefix: '', stableCommand: 'user/bin/agent-dreams' };

/** What a settings file says beside what is ours, in any layout; told by other means than the product uses. */
function withoutOurs(text: string): string {
  const tree = parseTree(text.replace(/^\uFEFF/u, ''), [], { allowTrailingComma: true });
  return JSON.stringify(tree === undefined ? {} : (strip(getNodeValue(tree)) ?? {}));
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) {
    const left = value.filter((one) => !isOurHandler(one, MARKS) && !isOurRule(one, MARKS)).map(strip);
    return left.filter((one) => one !== undefined).length === 0 ? undefined : left.filter((one) => one !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([name, part]) => [name, strip(part)] as const)
    .filter(([, part]) => part !== undefined);
  // A group of handlers is gone with them.
  if (entries.length === 0 || ('hooks' in value && Array.isArray(value.hooks) && strip(value.hooks) === undefined))
    return undefined;
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

import { getNodeValue, parseTree } from 'jsonc-parser';
import { denyRules } from '../../src/core/recall/connect/denyRules';
import { hookGroups } from '../../src/core/recall/connect/hookCommands';
import { insertEdits, readTree } from '../../src/core/recall/connect/jsonText';
import {
  connectSettings,
  disconnectSettings,
  refusalOf,
  standingOf,
  type WantedSettings,
} from '../../src/core/recall/connect/settingsText';
import { applyEdits } from '../../src/core/recall/connect/textEdits';
import { seeded } from '../secrets/generate';
import { generateSettings } from './generateSettings';

const ROOT = '/home/dev/project';
const MARKS = { prefix: '', stableCommand: `${ROOT}/bin/agent-dreams` };

/** What is wanted of the n-th text: more or fewer agents and files, with an inbox or without. */
function wantedFor(n: number): WantedSettings {
  const place = {
    platform: 'posix',
    recallFolder: `${ROOT}/.agent-memory/.local/recall`,
    prefix: n % 3 === 0 ? undefined : '',
    stableCommand: MARKS.stableCommand,
    root: ROOT,
  } as const;
  const agentTypes = ['Explore', 'reviewer', 'a.b'].slice(0, n % 4);
  return {
    groups: hookGroups(place, { hookFiles: 1 + (n % 3), agentTypes, sessionEnd: n % 2 === 0 }),
    deny: denyRules(`${ROOT}/.agent-memory/.local`, { prefix: '', inbox: n % 5 === 0 }),
    values: n % 5 === 0 ? { autoMemoryDirectory: `${ROOT}/.agent-memory/.local/inbox` } : {},
  };
}

export interface RoundTrip {
  readonly text: string;
  /** What was wrong; undefined if nothing was. */
  readonly wrong: string | undefined;
}

/**
 * Connects and disconnects a generated text: taken back by its record it is the same text, byte for byte; also where
 * something was added at its end meanwhile; and without the record nothing is lost that is not ours.
 */
export function roundTrip(seed: number): RoundTrip {
  const text = generateSettings(seeded(seed));
  return { text, wrong: wrongOf(text, wantedFor(seed)) };
}

function wrongOf(text: string, wanted: WantedSettings): string | undefined {
  if (refusalOf(text) !== undefined) return `refused: ${refusalOf(text) ?? ''}`;
  const connected = connectSettings(text, wanted);
  if (connected.kind !== 'text') return 'not connected';
  if (standingOf(connected.text, MARKS, wanted) !== 'same') return 'not all that is wanted stands there';
  const undone = disconnectSettings(connected.text, MARKS, [connected.record]);
  if (undone.kind !== 'text' || undone.text !== text) return 'not the same text';
  // Claude Code adds a setting of its own meanwhile.
  const added = withSetting(connected.text);
  const later = disconnectSettings(added, MARKS, [connected.record]);
  if (later.kind !== 'text' || says(later.text) !== says(text, { zz: 1 }))
    return 'something is lost when changed since';
  const bare = disconnectSettings(connected.text, MARKS, [
    { inverse: [], deny: connected.record.deny, values: wanted.values },
  ]);
  if (bare.kind !== 'text' || says(bare.text) !== says(text)) return 'something is lost without the edits';
  return undefined;
}

function withSetting(text: string): string {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(bom.length);
  const root = readTree(body);
  const edited = applyEdits({ text: body, inverse: [] }, root === undefined ? [] : insertEdits(body, root, 'zz', 1));
  return bom + edited.text;
}

/** What a text says; lists and objects that hold nothing are as good as none, and a value that we set comes not back. */
function says(text: string, more: object = {}): string {
  const tree = parseTree(text.replace(/^\uFEFF/u, ''), [], { allowTrailingComma: true });
  const value = (tree === undefined ? {} : getNodeValue(tree)) as object;
  return JSON.stringify(full({ ...value, autoMemoryDirectory: undefined, ...more }) ?? {});
}

function full(value: unknown): unknown {
  if (Array.isArray(value)) {
    const parts = value.map(full).filter((part) => part !== undefined);
    return parts.length === 0 ? undefined : parts;
  }
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value)
    .map(([name, part]) => [name, full(part)] as const)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}

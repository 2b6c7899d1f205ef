import path from 'node:path';
import type { SubagentViews } from '../../core/recall/view';
import type { StoreSetting } from '../../node/attachedStores';
import { settingKeys } from '../ids';
import { readBoolean, readInteger, readOneOf, type Reading } from './parseSettings';

/** What agents are told. */
export interface RecallSettings {
  readonly recall: {
    /** Of the text of one session. */
    readonly maxTokens: number;
    readonly subagents: SubagentViews;
    /** Whether memories about some files become rules that load with those files. */
    readonly pathRules: boolean;
  };
  /** Stores of other folders whose memories agents are told too. */
  readonly stores: readonly StoreSetting[];
}

/** Why an attached store is left out. */
export type StoreFault = 'not-a-store' | 'not-absolute' | 'bad-text' | 'bad-access' | 'twice';

export const DEFAULT_RECALL: RecallSettings = {
  recall: { maxTokens: 6_000, subagents: 'full', pathRules: true },
  stores: [],
};

const SUBAGENTS: readonly SubagentViews[] = ['full', 'filtered'];
const TOKENS = { min: 500, max: 50_000 } as const;
const MAX_STORES = 20;
const MAX_NAME = 80;
const MAX_TEXT = 2_000;

/** Validates what the user says about recall. */
export function readRecall(reading: Reading): RecallSettings {
  const { maxTokens, subagents, pathRules } = DEFAULT_RECALL.recall;
  return {
    recall: {
      maxTokens: readInteger(reading, settingKeys.recallMaxTokens, { ...TOKENS, fallback: maxTokens }),
      subagents: readOneOf(reading, settingKeys.recallSubagents, SUBAGENTS, subagents),
      pathRules: readBoolean(reading, settingKeys.recallPathRules, pathRules),
    },
    stores: readStores(reading),
  };
}

function readStores({ read, problems }: Reading): readonly StoreSetting[] {
  const key = settingKeys.stores;
  const value = read(key) ?? [];
  if (!Array.isArray(value) || value.length > MAX_STORES) {
    problems.push({ key, reason: { kind: 'not-a-list' } });
    return [];
  }
  const stores: StoreSetting[] = [];
  value.forEach((item: unknown, index) => {
    const store = readOneStore(item);
    const fault =
      typeof store === 'string' ? store : stores.some((other) => other.path === store.path) ? 'twice' : undefined;
    if (typeof store !== 'string' && fault === undefined) stores.push(store);
    else if (fault !== undefined) problems.push({ key, reason: { kind: 'not-a-store', at: index + 1, fault } });
  });
  return stores;
}

function readOneStore(item: unknown): StoreSetting | StoreFault {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return 'not-a-store';
  const fields = new Map<string, unknown>(Object.entries(item));
  const [folder, name, said] = [fields.get('path'), fields.get('name'), fields.get('instructions')];
  if (typeof folder !== 'string' || folder.length > 1024 || !path.isAbsolute(folder)) return 'not-absolute';
  if (!isText(name, MAX_NAME) || !isText(said, MAX_TEXT)) return 'bad-text';
  const access = fields.get('access') ?? 'read_only';
  if (access !== 'read_only' && access !== 'read_write') return 'bad-access';
  const clean = path.normalize(folder).replace(/(?<=.)[\\/]$/u, '');
  return {
    path: clean,
    name: (name ?? '').trim() || path.basename(clean),
    access,
    ...(said === undefined || said.trim() === '' ? {} : { instructions: said.trim() }),
  };
}

function isText(value: unknown, length: number): value is string | undefined {
  return value === undefined || (typeof value === 'string' && value.length <= length);
}

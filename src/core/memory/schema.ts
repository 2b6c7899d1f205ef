import { AgentDreamsError } from '../errors';
import { parseFields, splitFrontMatter } from './frontMatter';
import { isSlug } from './slug';

/** One kind of knowledge worth remembering; its name is the folder. */
export interface Category {
  readonly name: string;
  readonly enabled: boolean;
  readonly description: string;
  /** Phrases that put a statement into this category. */
  readonly cues: readonly string[];
  /** Phrases that keep a statement out of it. */
  readonly ignore: readonly string[];
  /** Distinct sessions that must speak for a finding before it is proposed. */
  readonly minSessions: number;
  readonly scope: 'team' | 'personal';
}

/** `schema.md`: front matter steers the offline miners, front matter and prose steer models. */
export interface Schema {
  readonly categories: readonly Category[];
  readonly instructions: string;
}

const MAX_PHRASES = 200;
const MAX_PHRASE = 200;

/**
 * Reads a schema file. Fields nobody knows are left alone. Throws `invalid-input` with what is wrong and where.
 */
export function parseSchema(text: string): Schema {
  const split = splitFrontMatter(text);
  if (split === undefined) throw wrong('it has no front matter between two --- lines at the top');
  const parsed = parseFields(split.yaml);
  if (!parsed.ok) throw wrong(parsed.reason);
  const categories = parsed.fields.get('categories');
  if (!(categories instanceof Map) || categories.size === 0)
    throw wrong('"categories" must list at least one category');
  return {
    categories: [...categories.entries()].map(([name, value]) => readCategory(String(name), value)),
    instructions: split.body.trim(),
  };
}

function wrong(reason: string): AgentDreamsError {
  return new AgentDreamsError('invalid-input', `schema.md cannot be used: ${reason}.`, { path: 'schema.md', reason });
}

function readCategory(name: string, value: unknown): Category {
  if (!isSlug(name)) throw wrong(`the category "${name.slice(0, 80)}" must be a lower-case word`);
  if (value !== null && !(value instanceof Map)) throw wrong(`the category ${name} must hold fields`);
  const fields: ReadonlyMap<unknown, unknown> = value ?? new Map();
  const enabled = fields.get('enabled') ?? true;
  if (typeof enabled !== 'boolean') throw wrong(`${name}.enabled must be true or false`);
  const minSessions = fields.get('minSessions') ?? 1;
  if (typeof minSessions !== 'number' || !Number.isInteger(minSessions) || minSessions < 1 || minSessions > 1000) {
    throw wrong(`${name}.minSessions must be a whole number from 1`);
  }
  const scope = fields.get('scope') ?? 'team';
  if (scope !== 'team' && scope !== 'personal') throw wrong(`${name}.scope must be team or personal`);
  const description = fields.get('description') ?? '';
  if (typeof description !== 'string') throw wrong(`${name}.description must be text`);
  const cues = phrases(fields.get('cues'), `${name}.cues`);
  const ignore = phrases(fields.get('ignore'), `${name}.ignore`);
  return { name, enabled, description, cues, ignore, minSessions, scope };
}

function phrases(value: unknown, field: string): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > MAX_PHRASES)
    throw wrong(`${field} must be a list of at most 200 phrases`);
  return value.map((item: unknown) => {
    if (typeof item !== 'string' || item.trim() === '' || item.length > MAX_PHRASE) {
      throw wrong(`${field} must hold phrases of at most 200 characters`);
    }
    return item.trim();
  });
}

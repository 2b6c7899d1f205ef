import { createHash } from 'node:crypto';
import { isObject, listAt, textAt, type Json } from './json';
import type { FakeModel, FakeUsage } from './types';

const BYTES_PER_TOKEN = 4;

/** Tokens of a text as this server counts them. */
function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
}

/** Tokens of a request: its texts, its tools and its schema. */
export function countTokens(body: Json): number {
  const parts = ['system', 'messages', 'tools', 'output_config'].map((field) => body[field]);
  return parts.reduce<number>((sum, part) => sum + tokensOf(textIn(part)), 0);
}

/** All texts of a prompt, without the JSON around them. */
function textIn(part: unknown): string {
  if (typeof part === 'string') return part;
  if (Array.isArray(part)) return part.map(textIn).join('');
  if (!isObject(part)) return '';
  const text = textAt(part, 'text');
  if (text !== undefined) return text;
  return part['content'] === undefined ? JSON.stringify(part) : textIn(part['content']);
}

/** Counts what a request costs, remembering the prefixes that were sent to be cached. */
export function createMeter(): (body: Json, model: FakeModel, answer: string) => Required<FakeUsage> {
  const cached = new Set<string>();
  return (body, model, answer) => {
    const all = countTokens(body);
    const output = tokensOf(answer);
    const prefix = cachedPrefix(body);
    const tokens = prefix === undefined ? 0 : tokensOf(prefix);
    if (prefix === undefined || tokens < model.cacheFrom) return { input: all, output, cacheRead: 0, cacheWrite: 0 };
    const key = createHash('sha256').update(`${model.id}\0${prefix}`).digest('hex');
    const known = cached.has(key);
    cached.add(key);
    return { input: all - tokens, output, cacheRead: known ? tokens : 0, cacheWrite: known ? 0 : tokens };
  };
}

/** The system text up to its last mark; undefined where nothing is marked. */
function cachedPrefix(body: Json): string | undefined {
  const blocks = listAt(body, 'system');
  const last = blocks.map((block) => isObject(block) && block['cache_control'] !== undefined).lastIndexOf(true);
  return last < 0 ? undefined : textIn(blocks.slice(0, last + 1));
}

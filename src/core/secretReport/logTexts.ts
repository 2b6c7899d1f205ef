import type { JsonObject } from '../sessions/json';

/** A text of a log line, and who said it. */
export interface PlacedText {
  readonly text: string;
  readonly where: string;
}

const MOST_TEXTS = 20_000;
const DEEPEST = 60;

/**
 * Every text of a line of a log, with its place. Fields that are named are looked at with their name, because
 * `"password": "…"` is more than its value. `tools` remembers which call a result belongs to, over the lines of a file.
 */
export function textsOfRecord(record: JsonObject, tools: Map<string, string>): readonly PlacedText[] {
  const texts: PlacedText[] = [];
  walk(record, { name: '', where: whereOf(record), depth: 0 }, tools, texts);
  return texts;
}

interface At {
  readonly name: string;
  readonly where: string;
  readonly depth: number;
}

function walk(value: unknown, at: At, tools: Map<string, string>, texts: PlacedText[]): void {
  if (texts.length >= MOST_TEXTS || at.depth > DEEPEST) return;
  if (typeof value === 'string') {
    if (value.length >= 6) texts.push({ text: at.name === '' ? value : `${at.name}: ${value}`, where: at.where });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, { ...at, name: '', depth: at.depth + 1 }, tools, texts);
    return;
  }
  const where = blockPlace(value, tools) ?? at.where;
  for (const [key, item] of Object.entries(value)) {
    const plain = key === 'text' || key === 'content' || key === 'thinking';
    walk(item, { name: plain ? '' : key, where, depth: at.depth + 1 }, tools, texts);
  }
}

function textAt(value: object, key: string): string | undefined {
  const item: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  return typeof item === 'string' ? item.slice(0, 80) : undefined;
}

/** The place that a block of a message names itself. */
function blockPlace(block: object, tools: Map<string, string>): string | undefined {
  const type = textAt(block, 'type');
  if (type === 'tool_use') {
    const name = textAt(block, 'name') ?? 'tool';
    tools.set(textAt(block, 'id') ?? '', name);
    return `input of ${name}`;
  }
  if (type === 'tool_result') return `output of ${tools.get(textAt(block, 'tool_use_id') ?? '') ?? 'a tool'}`;
  return type === 'thinking' ? 'thinking' : undefined;
}

function whereOf(record: JsonObject): string {
  const type = textAt(record, 'type') ?? 'line';
  const place = type === 'user' ? 'prompt' : type;
  return record['isSidechain'] === true ? `${place} of a subagent` : place;
}

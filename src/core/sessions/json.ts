/** Reading parsed JSON of unknown shape without ever throwing: a field of another type is as good as missing. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that a text holds, or undefined if it is no JSON or no object. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The text of a field, or undefined if it is missing or no text. */
export function textOf(record: JsonObject | undefined, field: string): string | undefined {
  const value = record?.[field];
  return typeof value === 'string' ? value : undefined;
}

/** The number of a field, or 0. */
export function numberOf(record: JsonObject | undefined, field: string): number {
  const value = record?.[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** The object of a field, or undefined. */
export function objectOf(record: JsonObject | undefined, field: string): JsonObject | undefined {
  const value = record?.[field];
  return isJsonObject(value) ? value : undefined;
}

/** The objects of a list field; empty if there is none. */
export function objectsOf(record: JsonObject | undefined, field: string): readonly JsonObject[] {
  const value = record?.[field];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function containersIn(node: unknown): readonly unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.values(node).filter((child) => typeof child === 'object' && child !== null);
}

/** True if arrays and objects nest deeper than `limit`. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap(containersIn);
  }
  return false;
}

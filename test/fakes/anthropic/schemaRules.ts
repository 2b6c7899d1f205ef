import { isObject, listAt, objectAt, type Json } from './json';

/** Keywords of JSON Schema that structured outputs do not take. */
const REFUSED = [
  ...['minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'patternProperties', 'if', 'not', 'oneOf'],
];
const MAX_OPTIONAL = 24;
const MAX_UNIONS = 16;

/** Why structured outputs would not take this schema; undefined where they would. */
export function schemaProblem(schema: unknown): string | undefined {
  if (!isObject(schema)) return 'Input should be a valid object';
  const parts = partsOf(schema);
  const problem = parts.map(partProblem).find((found) => found !== undefined);
  if (problem !== undefined) return problem;
  const optional = parts.reduce((sum, part) => sum + optionalOf(part), 0);
  if (optional > MAX_OPTIONAL) return `Schema has ${optional} optional parameters; at most ${MAX_OPTIONAL} are allowed`;
  const unions = parts.filter((part) => part['anyOf'] !== undefined || Array.isArray(part['type'])).length;
  return unions > MAX_UNIONS ? `Schema has ${unions} union types; at most ${MAX_UNIONS} are allowed` : undefined;
}

function partProblem(part: Json): string | undefined {
  const refused = REFUSED.find((keyword) => part[keyword] !== undefined);
  if (refused !== undefined) return `For '${String(part['type'])}' type, property '${refused}' is not supported`;
  if (part['type'] === 'object' && part['additionalProperties'] !== false) {
    return "For 'object' type, 'additionalProperties' must be explicitly set to false";
  }
  const ref = part['$ref'];
  if (typeof ref === 'string' && !ref.startsWith('#/$defs/')) return 'External or recursive $ref is not supported';
  const least = part['minItems'];
  return least === undefined || least === 0 || least === 1
    ? undefined
    : "For 'array' type, 'minItems' values other than 0 or 1 are not supported";
}

function optionalOf(part: Json): number {
  const properties = objectAt(part, 'properties');
  return properties ? Object.keys(properties).length - listAt(part, 'required').length : 0;
}

/** The schema and every schema in it. */
function partsOf(schema: Json): readonly Json[] {
  const inside = [
    ...Object.values(objectAt(schema, 'properties') ?? {}),
    ...Object.values(objectAt(schema, '$defs') ?? {}),
    ...listAt(schema, 'anyOf'),
    ...listAt(schema, 'allOf'),
    schema['items'],
  ];
  return [schema, ...inside.filter(isObject).flatMap(partsOf)];
}

/** The smallest value that the schema allows: empty lists and texts, the first of an enum. */
export function emptyValue(schema: unknown): unknown {
  if (!isObject(schema)) return {};
  if (schema['const'] !== undefined) return schema['const'];
  const [first] = listAt(schema, 'enum');
  if (first !== undefined) return first;
  const [option] = listAt(schema, 'anyOf');
  if (option !== undefined) return emptyValue(option);
  switch (Array.isArray(schema['type']) ? (schema['type'] as readonly unknown[])[0] : schema['type']) {
    case 'array':
      return schema['minItems'] === 1 ? [emptyValue(schema['items'])] : [];
    case 'string':
      return '';
    case 'number':
    case 'integer':
      return 0;
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return emptyObject(schema);
  }
}

function emptyObject(schema: Json): unknown {
  const properties = objectAt(schema, 'properties') ?? {};
  const required = listAt(schema, 'required').map(String);
  return Object.fromEntries(required.map((name) => [name, emptyValue(properties[name])]));
}

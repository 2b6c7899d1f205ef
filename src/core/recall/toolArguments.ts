import type { AgentToolSchema, ArgumentSchema } from './agentToolSchemas';

export type ToolArguments = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** The arguments as the schema has them, or what is wrong with them and what to do, as a sentence. */
export function checkArguments({ inputSchema }: AgentToolSchema, given: unknown): ToolArguments | string {
  const { properties, required } = inputSchema;
  const names = Object.keys(properties).join(', ');
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return `The arguments must be an object with: ${names}.`;
  const entries = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  for (const [name, value] of entries) {
    const argument = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (argument === undefined) return `There is no argument “${name.slice(0, 60)}”. There are: ${names}.`;
    const problem = valueProblem(argument, value);
    if (problem !== undefined) return `“${name}” must be ${problem}.`;
  }
  const missing = required.find((name) => !entries.some(([present]) => present === name));
  if (missing !== undefined) return `“${missing}” is missing. ${properties[missing]?.description ?? ''}`;
  return Object.fromEntries(entries);
}

/** What the value should have been, or undefined if it is that. */
function valueProblem(schema: ArgumentSchema, value: unknown): string | undefined {
  switch (schema.type) {
    case 'string': {
      const { minLength = 0, maxLength } = schema;
      if (schema.enum !== undefined)
        return typeof value === 'string' && schema.enum.includes(value)
          ? undefined
          : `one of ${schema.enum.join(', ')}`;
      return isText(value, minLength, maxLength) ? undefined : `a text of ${minLength} to ${maxLength} characters`;
    }
    case 'integer': {
      const { minimum, maximum } = schema;
      const fits = typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum;
      return fits ? undefined : `a whole number from ${minimum} to ${maximum}`;
    }
    case 'array': {
      const { maxItems, items } = schema;
      const fits =
        Array.isArray(value) &&
        value.length <= maxItems &&
        value.every((one) => isText(one, items.minLength, items.maxLength));
      return fits ? undefined : `a list of at most ${maxItems} texts of up to ${items.maxLength} characters`;
    }
  }
}

function isText(value: unknown, shortest: number, longest: number): boolean {
  return typeof value === 'string' && value.length <= longest && value.trim().length >= shortest;
}

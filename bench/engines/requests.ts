import { listAt, objectAt, textAt } from '../../test/fakes/anthropic/json';

/** The question of a request to a model, with the documents before it. */
export function promptOf(body: unknown): string {
  return textAt(listAt(body, 'messages')[0], 'content') ?? '';
}

/** True where changes are asked for, false where findings are. */
export function isAboutChanges(body: unknown): boolean {
  const schema = objectAt(objectAt(objectAt(body, 'output_config'), 'format'), 'schema');
  return objectAt(objectAt(schema, 'properties'), 'changes') !== undefined;
}

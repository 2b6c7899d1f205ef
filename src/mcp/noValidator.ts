/**
 * Takes the place of the SDK's validator of JSON Schema in the bundle: the SDK needs one where a server asks its user
 * something, which ours never does, and it would be a fifth of the bundle. See `build/esbuild.mjs`.
 *
 * @public
 */
export class AjvJsonSchemaValidator {
  getValidator(): never {
    throw new Error('This server asks its users nothing.');
  }
}

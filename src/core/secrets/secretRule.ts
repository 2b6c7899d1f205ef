/** One kind of secret, as data. The matcher looks for a keyword first and runs the pattern only around it. */
export interface SecretRule {
  /** Names the rule in `[redacted:<id>:…]`: lower-case, digits and dashes. */
  readonly id: string;
  /** ASCII, any case in the text; one of them has to occur within reach of the secret. */
  readonly keywords: readonly string[];
  /** Linear and bounded. A group named `secret` marks what to redact; without it the whole match is. */
  readonly pattern: RegExp;
  /** Characters of context the pattern may need before a keyword, and after it. Defaults: 64 and 512. */
  readonly before?: number;
  readonly after?: number;
  /** What the found value must look like beyond the pattern. */
  readonly check?: 'token' | 'password' | 'assigned' | 'url-password';
}

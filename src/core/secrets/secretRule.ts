/** How the value that a pattern found is judged before it counts. */
export type SecretCheck =
  | 'format' // the format says enough; only rows of one letter are refused
  | 'random' // it has to look random: letters and digits, no words
  | 'password' // somebody's password: no placeholder, no reference to a variable
  | 'assigned' // what a variable called like a secret was given
  | 'url-password'
  | 'exact'; // known to be secret

/** One kind of secret, as data. The matcher looks for a keyword first and runs the pattern only there. */
export interface SecretRule {
  /** Names the rule in `[redacted:<id>:…]`: lower-case, digits and dashes. */
  readonly id: string;
  /** Whose credential it is; `generic` for those of nobody in particular. */
  readonly provider: string;
  /** ASCII, lower-case, any case in the text. */
  readonly keywords: readonly string[];
  /**
   * Linear and bounded. Sticky patterns (`y`) are tried where a keyword begins, others (`g`) in the window around it.
   * A group named `secret` marks what to redact; without it the whole match is.
   */
  readonly pattern: RegExp;
  /**
   * In step with `keywords`, as they are spelled: the secret begins with one of them, in this case and not in the
   * middle of a word. Saves trying the pattern at each keyword.
   */
  readonly prefixes?: readonly string[];
  /** The keyword does not stand in the middle of a word of lower-case letters. */
  readonly wholeWord?: boolean;
  /** No letter follows the keyword. */
  readonly endsWord?: boolean;
  /** One of these characters follows the keyword. */
  readonly next?: string;
  /** No match without these characters, which begin at most 400 after where the keyword does. */
  readonly nearby?: string;
  /** For patterns that are not sticky: characters of context before and after the keyword. Defaults: 64 and 512. */
  readonly before?: number;
  readonly after?: number;
  readonly check?: SecretCheck;
  /** Least Shannon entropy in bits per character; default 2.6. */
  readonly floor?: number;
  /** How sure a match is; of overlapping matches the surer names the replacement. Default: high. */
  readonly confidence?: 'high' | 'medium' | 'low';
  /** The check sum that genuine tokens carry. A right one makes a match certain; a wrong one proves nothing. */
  readonly checksum?: 'crc32-base62';
}

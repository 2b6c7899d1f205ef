import { toSlug } from '../memory/slug';

/** With `subagent-` and `.json` it is a file's name. */
const MAX_NAME = 180;
const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e]{0,98}[\x21-\x7e])?$/u;

/** True for a name that Claude Code may give to a type of agents: one line, nothing that is not seen. */
export function isAgentName(name: string): boolean {
  if (name === '' || name.length > MAX_NAME || name.trim() !== name || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name))
    return false;
  return agentInFileName(name).length <= MAX_NAME;
}

/** One agent by two spellings: case does not count, as it does not in a file's name. */
export function sameAgent(a: string, b: string): boolean {
  return a === b || lower(a) === lower(b);
}

/** The folder below `agents/` that belongs to a type of agents; undefined if its name has no plain letters for one. */
export function agentFolder(agent: string): string | undefined {
  return PLAIN.test(agent) && /[a-z0-9]/iu.test(agent) ? toSlug(agent) : undefined;
}

/** Only of ASCII: other letters change their number with their case. */
function lower(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => letter.toLowerCase());
}

/**
 * The name in a file's name: small letters, digits and dashes as they are, anything else as its code point. Different
 * agents have different ones.
 */
export function agentInFileName(agent: string): string {
  return lower(agent).replace(/[^a-z0-9-]/gu, (letter) => `_${(letter.codePointAt(0) ?? 0).toString(16)}_`);
}

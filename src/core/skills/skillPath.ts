import { AgentDreamsError } from '../errors';
import { isSlug, MAX_SLUG } from '../memory/slug';
import { assertStorePath } from '../memory/storePath';

const ROOT = '.claude/skills';
const FILE = /^\.claude\/skills\/([a-z0-9-]{1,64})\/SKILL\.md$/u;
const FOLDER = /^\.claude(?:\/skills(?:\/([a-z0-9-]{1,64}))?)?$/u;
/** Claude Code keeps these words for itself. */
const RESERVED = /anthropic|claude/u;

/** True for a name that Claude Code takes for a skill: a slug of at most 64 without the vendor's own words. */
export function isSkillName(name: string): boolean {
  return name.length <= MAX_SLUG && isSlug(name) && !RESERVED.test(name);
}

/**
 * True for the only files outside of the store that the product ever writes: `.claude/skills/<name>/SKILL.md`, relative
 * to the workspace folder. Nothing in the store can be called so, because no name in it begins with `.claude`.
 */
export function isSkillPath(path: string): boolean {
  return isSkillName(FILE.exec(path)?.[1] ?? '');
}

/** True for the folders on the way to a skill. */
export function isSkillFolder(path: string): boolean {
  const match = FOLDER.exec(path);
  return match !== null && (match[1] === undefined || isSkillName(match[1]));
}

/** Where the skill of that name stands, relative to the workspace folder. Throws `invalid-path` for no skill's name. */
export function skillPath(name: string): string {
  const path = `${ROOT}/${name}/SKILL.md`;
  if (!isSkillPath(path)) throw new AgentDreamsError('invalid-path', 'Not a name for a skill.', { path: ROOT });
  return path;
}

/** Throws `invalid-path` unless the path may name something in the store, or a skill's file beside it. */
export function assertReachable(path: string): void {
  if (!isSkillPath(path)) assertStorePath(path);
}

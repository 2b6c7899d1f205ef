import { isSkillPath } from '../../core/skills/skillPath';

/** The two sides of the diff of a skill. */
export type SkillSide = 'current' | 'proposed';

/** A skill as it is shown: which memory it is made from, and the hashes of both texts, so that a yes is to these alone. */
export interface SkillArguments {
  readonly folder: string;
  /** The memory. */
  readonly source: string;
  /** SHA-256 of the skill that stands there; null for none. */
  readonly current: string | null;
  readonly proposed: string;
}

/** What one side shows. */
export interface SkillPlace extends SkillArguments {
  readonly side: SkillSide;
  readonly path: string;
}

/** The parts of a URI that say what it shows. */
export interface SkillUriParts {
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

/** As in the URIs of a review: it gives the documents their language. */
const MARKER = 'agent-dreams-review';
const ID = /^[0-9a-z]{1,64}$/u;
const HASH = /^[0-9a-f]{64}$/u;
const NONE = 'none';
const SHOWN = /^\/agent-dreams-review\/skill\/([a-z0-9-]{1,64})\.md$/u;

/**
 * `//<folder>.<side>/agent-dreams-review/skill/<name>.md?…`: another text is another document. Not under the name of the
 * file itself, to which VS Code gives a language of its own, in which a diff shows no lenses.
 */
export function skillUriParts({ folder, side, path, source, current, proposed }: SkillPlace): SkillUriParts {
  const query = new URLSearchParams({ memory: source, current: current ?? NONE, proposed }).toString();
  return { authority: `${folder}.${side}`, path: `/${MARKER}/skill/${path.split('/').at(-2) ?? ''}.md`, query };
}

/** What a document of a skill shows; undefined for any other URI. */
export function parseSkillUri({ authority, path, query }: SkillUriParts): SkillPlace | undefined {
  const [folder = '', side = '', ...more] = authority.split('.');
  if (more.length > 0 || (side !== 'current' && side !== 'proposed')) return undefined;
  const asked = new URLSearchParams(query);
  const current = asked.get('current');
  const named = readSkillArguments({
    folder,
    source: asked.get('memory'),
    current: current === NONE ? null : current,
    proposed: asked.get('proposed'),
  });
  const skill = `.claude/skills/${SHOWN.exec(path)?.[1] ?? ''}/SKILL.md`;
  return named === undefined || !isSkillPath(skill) ? undefined : { ...named, side, path: skill };
}

/** What the argument of a command names; undefined if it is anything else. */
export function readSkillArguments(argument: unknown): SkillArguments | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { folder, source, current, proposed } = argument as Readonly<Record<string, unknown>>;
  if (typeof folder !== 'string' || !ID.test(folder)) return undefined;
  if (typeof source !== 'string' || source === '' || source.length > 1_024) return undefined;
  if (typeof proposed !== 'string' || !HASH.test(proposed)) return undefined;
  if (current !== null && (typeof current !== 'string' || !HASH.test(current))) return undefined;
  return { folder, source, current, proposed };
}

import { renderMemory } from '../../memory/codec';
import type { Memory } from '../../memory/memory';
import { toSlug } from '../../memory/slug';
import type { FileEdit } from '../../review/proposal';
import type { Dismissed } from '../finding';
import { operationFingerprint } from '../fingerprint';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { asDescription, asTitle } from './rule';

const NAME = 'split';
/** Longer than this is too long for one topic; several topics are too many from `manyTopics.lines` on. */
const LIMITS = { lines: 60, manyTopics: { topics: 2, lines: 30 }, files: 12 } as const;

/** Memories that grew over one topic: the first stays where it is, each other one gets a file of its own. */
export const splitMiner: Miner = { name: NAME, begin: (context) => new SplitRun(context) };

class SplitRun implements MinerRun {
  constructor(private readonly context: MinerContext) {}

  session(): void {
    // The store is all this looks at.
  }

  finish(): MinerResult {
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    const taken = new Set(this.context.memories.map(({ path }) => path));
    for (const memory of this.context.memories) {
      if (memory.scope.kind === 'archive') continue;
      const { kept, topics } = topicsOf(memory.body);
      const lines = linesOf(memory.body).filter((line) => line.trim() !== '').length;
      const many = topics.length + 1 > LIMITS.manyTopics.topics && lines > LIMITS.manyTopics.lines;
      if (lines <= LIMITS.lines && !many) continue;
      const made = objectionTo(memory, topics) ?? this.edit(memory, kept, topics, taken);
      if (typeof made === 'string') dismissed.push({ miner: NAME, summary: memory.path, reason: made });
      else candidates.push(made);
    }
    return { candidates, dismissed };
  }

  private edit(memory: Memory, kept: string, topics: readonly Topic[], taken: Set<string>): Candidate {
    const at = memory.text.length - memory.body.length;
    const rest: FileEdit = { path: memory.path, before: memory.text, after: memory.text.slice(0, at) + kept };
    const made = topics.map((topic) => fileOf(memory, topic, taken));
    const names = made.map(({ path }) => path.slice(path.lastIndexOf('/') + 1, -'.md'.length));
    return {
      kind: 'edit',
      change: 'split',
      miner: NAME,
      title: asTitle(`Split ${memory.slug}: ${names.join(', ')}`),
      rationale: `It holds ${topics.length + 1} topics under headings of their own. Every line of it stays, in one of the files.`,
      files: [rest, ...made],
      evidence: [
        { kind: 'memory', path: memory.path, sha256: memory.sha256, quote: memory.description },
        {
          kind: 'check',
          subject: memory.path,
          verdict: 'fresh',
          detail: `Each topic gets a file with a name and description of its own: ${names.join(', ')}`,
          at: this.context.now,
        },
      ],
      trust: 'observed',
      fingerprint: operationFingerprint(NAME, [`${memory.path} ${memory.sha256}`], this.context.hasher),
    };
  }
}

interface Topic {
  readonly heading: string;
  /** With its heading line. */
  readonly text: string;
}

function objectionTo(memory: Memory, topics: readonly Topic[]): string | undefined {
  if (topics.length === 0) return 'it is long, and has no headings of several topics to split it at';
  if (topics.length + 1 > LIMITS.files) return `it holds ${topics.length + 1} topics; that is for a person to sort`;
  if (memory.pinned) return 'it is long, but pinned';
  if (/^ {0,3}\[[^\]\n]{1,200}\]:\s/mu.test(memory.body)) return 'its links are defined in one place for all its parts';
  return undefined;
}

/** The body cut at its topmost headings, of which there are several; the first part keeps what stands above them. */
function topicsOf(body: string): { readonly kept: string; readonly topics: readonly Topic[] } {
  const lines = body.split('\n');
  const headings = headingsOf(lines);
  // A single heading above all others is the title of the whole.
  const level = [1, 2, 3].find((wanted) => headings.filter((one) => one.level === wanted).length > 1);
  const cuts = headings.filter((one) => one.level === level);
  const [, second] = cuts;
  // A higher heading between two of them would change whose topic the rest is.
  if (second === undefined || headings.some((one, index) => index > 0 && one.level < (level ?? 0)))
    return { kept: body, topics: [] };
  const topics = cuts.slice(1).map(({ line, text }, index): Topic => {
    return { heading: text, text: lines.slice(line, cuts[index + 2]?.line).join('\n') };
  });
  return { kept: lines.slice(0, second.line).join('\n').trimEnd() + (body.includes('\r\n') ? '\r\n' : '\n'), topics };
}

interface Heading {
  readonly line: number;
  readonly level: number;
  readonly text: string;
}

function headingsOf(lines: readonly string[]): readonly Heading[] {
  let fence: string | undefined;
  return lines.flatMap((line, index) => {
    const mark = /^ {0,3}(`{3,20}|~{3,20})/u.exec(line)?.[1];
    if (mark !== undefined) {
      if (fence === undefined) fence = mark;
      else if (mark.startsWith(fence)) fence = undefined;
      return [];
    }
    const match = fence === undefined ? /^(#{1,6})[ \t]+(\S[^\r\n]{0,300})/u.exec(line) : null;
    if (match === null) return [];
    const text = (match[2] ?? '').replace(/[ \t]#{1,6}\s{0,8}$/u, '').trim();
    return [{ line: index, level: (match[1] ?? '').length, text }];
  });
}

function fileOf(memory: Memory, topic: Topic, taken: Set<string>): FileEdit {
  const folder = memory.path.slice(0, memory.path.lastIndexOf('/'));
  const named = toSlug(topic.heading, `${memory.slug}-part`);
  let slug = named;
  for (let number = 2; taken.has(`${folder}/${slug}.md`); number += 1)
    slug = toSlug(number === 2 ? `${memory.slug}-${named}` : `${named.slice(0, 56)}-${number}`);
  const path = `${folder}/${slug}.md`;
  taken.add(path);
  const text = renderMemory({
    name: slug,
    description: asDescription(`${topic.heading} (${memory.description})`),
    body: linesOf(topic.text).join('\n'),
    paths: memory.paths,
    agents: memory.agents,
    load: memory.load,
    ...(memory.created === undefined ? {} : { created: memory.created }),
  });
  return { path, before: null, after: memory.body.includes('\r\n') ? text.replace(/\n/gu, '\r\n') : text };
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/u);
}

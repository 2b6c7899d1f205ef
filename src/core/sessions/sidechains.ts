import type { Hasher } from '../ports';
import { objectOf, textOf, type JsonObject } from './json';

/** Tells which subagent said a line, from what the logs of one session have shown so far. */
export interface Sidechains {
  /** The main agent starts a subagent with this input. */
  started(input: JsonObject | undefined): void;
  /** The subagent type of a line of the session's own log (old clients wrote subagents into it). */
  agentOfLine(record: JsonObject, firstText: string | undefined): string;
  /** The subagent type of a transcript of its own, from its first texts. */
  agentOfTranscript(record: JsonObject, firstText: string | undefined): string | undefined;
}

const MOST = 20_000;
const UNKNOWN = 'subagent';

/** An agent type as a label: short, one line. */
export function agentLabel(name: string): string {
  return (
    name
      .replace(/\s{1,20}/gu, ' ')
      .trim()
      .slice(0, 80) || UNKNOWN
  );
}

export function createSidechains(hasher: Hasher): Sidechains {
  const typeByPrompt = new Map<string, string>();
  const agentByLine = new Map<string, string>();
  const keyOf = (prompt: string): string => hasher.sha256(prompt.trim()).slice(0, 16);

  const agentOfTranscript = (record: JsonObject, firstText: string | undefined): string | undefined => {
    const named = textOf(record, 'attributionAgent') ?? textOf(record, 'agentType');
    if (named !== undefined) return agentLabel(named);
    return firstText === undefined ? undefined : typeByPrompt.get(keyOf(firstText));
  };

  return {
    started(input) {
      const prompt = textOf(input, 'prompt');
      const type = textOf(input, 'subagent_type');
      if (prompt !== undefined && type !== undefined && typeByPrompt.size < MOST) {
        typeByPrompt.set(keyOf(prompt), agentLabel(type));
      }
    },
    agentOfLine(record, firstText) {
      const parent = textOf(record, 'parentUuid');
      const inherited = parent === undefined ? undefined : agentByLine.get(parent);
      const agent = inherited ?? agentOfTranscript(record, firstText) ?? UNKNOWN;
      const uuid = textOf(record, 'uuid');
      if (uuid !== undefined && agentByLine.size < MOST) agentByLine.set(uuid, agent);
      return agent;
    },
    agentOfTranscript,
  };
}

/** The agent type that a transcript's `.meta.json` names. */
export function agentOfMeta(meta: unknown): string | undefined {
  const name = textOf(objectOf({ meta }, 'meta'), 'agentType');
  return name === undefined ? undefined : agentLabel(name);
}

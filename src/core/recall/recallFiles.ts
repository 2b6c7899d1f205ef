import { agentInFileName } from './agentName';
import { PART_CHARACTERS } from './sessionText';

/** What the hooks print is here, rendered after every change. */
export const RECALL_FOLDER = '.local/recall';
/** The text for those who want no hooks. */
export const RULES_PATH = `${RECALL_FOLDER}/rules.md`;
/** What was rendered. */
export const REPORT_PATH = `${RECALL_FOLDER}/recall.json`;

/** The n-th file of the main agent, from 1. */
export function sessionStartFile(n: number): string {
  return n === 1 ? 'session-start.json' : `session-start-${n}.json`;
}

/** The file of a type of agents; of all types that have none of their own, if none is given. */
export function subagentFile(agent?: string): string {
  if (agent === undefined) return 'subagent-any.json';
  const name = agentInFileName(agent);
  return `subagent-${name === 'any' ? '_any' : name}.json`;
}

/** True for the name of a file that a hook prints. */
export function isHookFile(name: string): boolean {
  return /^(?:session-start(?:-\d{1,4})?|subagent-[\w-]{1,900})\.json$/u.test(name);
}

const CHARACTERS_PER_TOKEN = 3.2;
/** A part is seldom filled to its last line. */
const FILLED = 0.9;

/** How many files the main agent's text may need: that many hooks print it, those that are not needed print nothing. */
export function hookFilesFor(maxTokens: number): number {
  return Math.max(1, Math.ceil((maxTokens * CHARACTERS_PER_TOKEN) / (PART_CHARACTERS * FILLED)));
}

/** What a hook file holds; `{}` says nothing. */
export function hookJson(event: 'SessionStart' | 'SubagentStart', text: string | undefined): string {
  const output = text === undefined ? {} : { hookSpecificOutput: { hookEventName: event, additionalContext: text } };
  return `${JSON.stringify(output)}\n`;
}

import { isCorrection } from './corrections';
import type { SessionFacts } from './facts';
import { gradeSession, gradeTurn, noTurn, turnAfter, type Turn } from './grading';
import { createMemoryUse } from './memoryUse';
import { openedMemories } from './openedMemories';
import {
  SESSION_FORMAT,
  type Completeness,
  type MemoryUse,
  type Outcome,
  type PromptEntry,
  type SessionEntry,
  type SessionHeader,
  type TokenCounts,
} from './session';
import { typedText } from './typedText';

/** Folds the entries of a session, oldest first, into what its header says about them. */
export interface SessionTally {
  add(entry: SessionEntry): void;
  /** Whether there is anything worth keeping: a prompt or a tool call. */
  isWorthKeeping(): boolean;
  readonly firstPrompt: string;
  summary(): TallySummary;
}

export interface TallySummary {
  readonly prompts: number;
  readonly toolCalls: number;
  readonly failedToolCalls: number;
  readonly rejections: number;
  readonly corrections: number;
  readonly memoriesRead: readonly string[];
  readonly memoryUse: readonly MemoryUse[];
  readonly outcome: Outcome;
  /** Calls without a result, those at the very end not counted. */
  readonly lostResults: number;
}

const TITLE_LENGTH = 80;
const PLAN = /^Implement the following plan:/u;

function titleOf(prompt: PromptEntry): string {
  const typed = typedText(prompt);
  const text = typed === '' || PLAN.test(typed) ? prompt.text.replace(PLAN, '') : typed;
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  const short = line
    .replace(/^[#>*\s]{1,10}/u, '')
    .trim()
    .replace(/\s{1,50}/gu, ' ');
  return short.length > TITLE_LENGTH ? `${short.slice(0, TITLE_LENGTH - 1)}…` : short;
}

export function createTally(): SessionTally {
  const count = { entries: 0, prompts: 0, toolCalls: 0, failedToolCalls: 0, rejections: 0, corrections: 0 };
  const memoriesRead = new Set<string>();
  const use = createMemoryUse();
  const open = new Map<string, number>();
  const seen = new Set<Outcome>();
  let last: Outcome = 'unknown';
  let turn: Turn = noTurn;
  let firstPrompt = '';

  const grade = (outcome: PromptEntry | undefined): void => {
    use.endBeat(gradeTurn(turn, outcome));
    if (!turn.worked) return;
    last = gradeTurn(turn, outcome);
    seen.add(last);
  };
  const addPrompt = (prompt: PromptEntry): void => {
    count.prompts += 1;
    if (firstPrompt === '') firstPrompt = titleOf(prompt);
    if (turn.worked && isCorrection(typedText(prompt))) count.corrections += 1;
    grade(prompt);
    turn = noTurn;
  };

  return {
    add(entry) {
      count.entries += 1;
      if (entry.kind === 'prompt') {
        addPrompt(entry);
        return;
      }
      turn = turnAfter(turn, entry);
      use.add(entry);
      if (entry.kind === 'call') {
        count.toolCalls += 1;
        open.set(entry.callId, count.entries);
        for (const path of openedMemories(entry)) memoriesRead.add(path);
      }
      if (entry.kind === 'result') {
        open.delete(entry.callId);
        if (entry.denied) count.rejections += 1;
        else if (!entry.ok) count.failedToolCalls += 1;
      }
    },
    isWorthKeeping: () => count.prompts + count.toolCalls > 0,
    get firstPrompt() {
      return firstPrompt;
    },
    summary() {
      const finalGrade = gradeTurn(turn, undefined);
      const { entries, ...counts } = count;
      const pending = 20;
      return {
        ...counts,
        memoriesRead: [...memoriesRead],
        memoryUse: use.soFar(finalGrade),
        outcome: gradeSession({
          last: turn.worked ? finalGrade : last,
          seen: new Set([...seen, finalGrade]),
        }),
        lostResults: [...open.values()].filter((at) => at < entries - pending).length,
      };
    },
  };
}

function sumUsage(usage: Iterable<TokenCounts>): TokenCounts {
  const sum = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  for (const one of usage) {
    sum.input += one.input;
    sum.output += one.output;
    sum.cacheRead += one.cacheRead;
    sum.cacheWrite += one.cacheWrite;
  }
  return sum;
}

/** What the header needs beside facts and entries. */
export interface HeaderOrigin {
  readonly id: string;
  /** Absolute path of the session's own log. */
  readonly source: string;
  /** Tokens of earlier captures, without the messages that `facts.usage` holds. */
  readonly earlierTokens: TokenCounts;
  readonly redactions: number;
  readonly private: boolean;
}

function completenessOf(summary: TallySummary, facts: SessionFacts): Completeness {
  if (facts.problemCount > 0 || summary.lostResults > 0) return 'truncated';
  return summary.toolCalls > 0 ? 'tools' : 'text';
}

function iso(time: number | undefined): string {
  return time === undefined ? '' : new Date(time).toISOString();
}

/** Redacted first and cut then: half a secret is none that the scanner knows. */
const LONGEST_NAME = 20_000;

/** The header of a session, every text of it redacted. */
export function toHeader(
  origin: HeaderOrigin,
  facts: SessionFacts,
  tally: SessionTally,
  redact: (text: string) => string,
): SessionHeader {
  const summary = tally.summary();
  const { prompts, toolCalls, failedToolCalls, rejections, corrections } = summary;
  const optional = {
    branch: facts.branch,
    model: facts.model,
    clientVersion: facts.version,
    entrypoint: facts.entrypoint,
    forkedFrom: facts.forkedFrom,
  };
  const known = Object.entries(optional).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, redact(value.slice(0, LONGEST_NAME)).slice(0, 500)] as const],
  );
  return {
    format: SESSION_FORMAT,
    id: origin.id,
    title: redact((facts.title?.text ?? tally.firstPrompt).slice(0, LONGEST_NAME)).slice(0, 200),
    source: redact(origin.source),
    cwd: redact((facts.cwd ?? '').slice(0, LONGEST_NAME)).slice(0, 4_096),
    startedAt: iso(facts.firstAt),
    endedAt: iso(facts.lastAt),
    durationMs: (facts.lastAt ?? 0) - (facts.firstAt ?? 0),
    ...Object.fromEntries(known),
    agents: [...facts.agents].map(redact),
    tokens: sumUsage([origin.earlierTokens, ...facts.usage.values()]),
    counts: { prompts, toolCalls, failedToolCalls, rejections, corrections, redactions: origin.redactions },
    memoriesLoaded: [...facts.memoriesLoaded].map(redact),
    memoriesRead: summary.memoriesRead.map(redact),
    recalled: facts.recalled.map((one) => (one.agent === undefined ? one : { ...one, agent: redact(one.agent) })),
    memoryUse: summary.memoryUse.map((one) => ({ ...one, memory: redact(one.memory) })),
    outcome: summary.outcome,
    completeness: completenessOf(summary, facts),
    lineTypes: Object.fromEntries([...facts.lineTypes].map(([type, count]) => [redact(type), count])),
    problems: facts.problems,
    problemCount: facts.problemCount,
    ...(origin.private ? { private: true } : {}),
  };
}

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Sandbox } from '../../scripts/rig/sandbox';

/** A conversation to write as Claude Code would have: prompts of the user with the agent's answers. */
export interface Conversation {
  /** One letter or digit, from which all ids are made. */
  readonly seed: string;
  /** ISO 8601 UTC; each turn comes a minute later. */
  readonly startedAt: string;
  readonly turns: readonly (readonly [prompt: string, answer: string])[];
}

const MINUTE_MS = 60_000;

/** Writes session logs of the folder `cwd` where Claude Code of this sandbox would have. */
export async function writeSessionLogs(
  sandbox: Pick<Sandbox, 'claudeConfig'>,
  cwd: string,
  conversations: readonly Conversation[],
): Promise<void> {
  const folder = path.join(sandbox.claudeConfig, 'projects', cwd.replace(/[^a-zA-Z0-9]/g, '-'));
  await mkdir(folder, { recursive: true });
  for (const conversation of conversations) {
    const sessionId = uuid(conversation.seed, 0);
    const lines = conversation.turns.flatMap((turn, index) => turnLines(conversation, turn, index, { sessionId, cwd }));
    await writeFile(path.join(folder, `${sessionId}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }
}

function uuid(seed: string, index: number): string {
  const code = seed.charCodeAt(0).toString(16).padStart(8, '0');
  return `${code}-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

function turnLines(
  { seed, startedAt }: Conversation,
  [prompt, answer]: readonly [string, string],
  index: number,
  session: { readonly sessionId: string; readonly cwd: string },
): readonly object[] {
  const at = (offset: number): string => new Date(Date.parse(startedAt) + index * MINUTE_MS + offset).toISOString();
  const common = {
    isSidechain: false,
    userType: 'external',
    entrypoint: 'cli',
    version: '2.1.329',
    gitBranch: 'main',
    ...session,
  };
  const [promptId, answerId] = [uuid(seed, 2 * index + 1), uuid(seed, 2 * index + 2)];
  return [
    {
      ...common,
      type: 'user',
      parentUuid: index === 0 ? null : uuid(seed, 2 * index),
      uuid: promptId,
      timestamp: at(0),
      message: { role: 'user', content: prompt },
      origin: { kind: 'human' },
      promptSource: 'typed',
    },
    {
      ...common,
      type: 'assistant',
      parentUuid: promptId,
      uuid: answerId,
      timestamp: at(20_000),
      message: {
        id: `msg_${seed}${index}`,
        type: 'message',
        role: 'assistant',
        model: 'claude-opus-5-5',
        content: [{ type: 'text', text: answer }],
        stop_reason: 'end_turn',
        usage: { input_tokens: 400, output_tokens: 40 },
      },
    },
  ];
}

import path from 'node:path';
import { renderMemory } from '../../src/core/memory/codec';
import { initializeStore } from '../../src/core/memory/store';
import type { SessionEntry, SessionHeader } from '../../src/core/sessions/session';
import { renderLine } from '../../src/core/sessions/sessionCodec';
import { withAccepted } from '../../src/core/state/accepted';
import { updateState } from '../../src/core/state/localState';
import { createNodePorts, type NodePorts } from '../../src/node/nodePorts';
import { silentLogger } from '../../src/node/lineLogger';
import { createRandom, type Random } from '../planted/random';

const WORDS = (
  'order parcel index router store queue cache batch filter parse render export import merge split audit notify session ' +
  'token page table chart limit retry policy pool stream format label search sync patch theme panel report ledger meter ' +
  'invoice coupon basket payment refund courier address country currency locale worker broker socket header cookie ' +
  'cursor vector matrix buffer kernel driver signal handler mapper reader writer builder factory visitor adapter bridge'
).split(' ');
const CATEGORIES = ['conventions', 'preferences', 'pitfalls', 'decisions', 'facts'] as const;
const COMMANDS = ['pnpm test', 'pnpm lint --fix', 'go test ./...', 'cargo build', 'make check', 'pytest -q'] as const;
/** What a person asks, and the one prompt in fifty that says what shall last, as often as in real logs. */
const ASKED = [
  'Why does the {a} of the {b} fail here?',
  'add a {a} to the {b} page',
  'can you show me the {a} and the {b}?',
  'the {b} is still wrong, look at the {a} again',
  'thanks, that works',
] as const;
const LASTING = [
  'Please always run the {a} check before you commit the {b}.',
  'From now on put {a} helpers next to the {b}, not in utils.',
  'no, use the {a} for that instead of the {b}',
] as const;

/** The ports of a workspace whose user, key and store lie below one folder. */
export function portsIn(folder: string): Promise<NodePorts> {
  const workspaceRoot = path.join(folder, 'workspace');
  return createNodePorts({ workspaceRoot, logger: silentLogger, userFolder: path.join(folder, 'user') });
}

/** Writes captured sessions and accepted memories into the store, the same ones every time. */
export async function writeDreamCorpus(ports: NodePorts, sessions: number, memories: number): Promise<void> {
  await initializeStore(ports, { share: 'private' });
  const random = createRandom('dream speed');
  const accepted: { path: string; after: string }[] = [];
  for (let number = 0; number < memories; number += 1) {
    const category = CATEGORIES[number % CATEGORIES.length] ?? 'facts';
    const name = `${random.pick(WORDS)}-${random.pick(WORDS)}-${number}`;
    const text = renderMemory({
      name,
      description: `Use the ${phrase(random)} for the ${phrase(random)} ${number}`,
      body: `Use the ${phrase(random)} for the ${phrase(random)} ${number}.\n\n**Why:** ${prose(random, 300)}\n`,
      created: '2026-05-05',
    });
    const bytes = ports.text.encode(text);
    await ports.files.write(`${category}/${name}.md`, bytes);
    accepted.push({ path: `${category}/${name}.md`, after: ports.hasher.sha256(bytes) });
  }
  await updateState(ports, (state) => withAccepted(state, ports.worktree, accepted));
  for (let number = 0; number < sessions; number += 1) {
    const id = `session-${String(number).padStart(5, '0')}`;
    await ports.files.write(`.local/sessions/${id}.jsonl`, ports.text.encode(sessionText(id, number, random)));
  }
}

function sessionText(id: string, number: number, random: Random): string {
  const start = Date.UTC(2026, 5, 1) + number * 3_600_000;
  const entries: SessionEntry[] = [];
  const next = (): { readonly id: string; readonly at: string } => ({
    id: `${id}-${entries.length}`,
    at: new Date(start + entries.length * 20_000).toISOString(),
  });
  for (let turn = 0; turn < 8; turn += 1) {
    const said = random
      .pick(random.chance(0.02) ? LASTING : ASKED)
      .replace('{a}', phrase(random))
      .replace('{b}', phrase(random));
    entries.push({ kind: 'prompt', ...next(), text: `${said} ${prose(random, turn % 4 === 0 ? 300 : 10)}` });
    for (let step = 0; step < 4; step += 1) {
      const callId = `call-${entries.length}`;
      const file = `/ws/src/${random.pick(WORDS)}/${random.pick(WORDS)}.ts`;
      const bash = step % 2 === 0;
      const failed = random.chance(0.15);
      const input = bash ? commandInput(random) : editInput(random, file);
      entries.push({ kind: 'call', ...next(), callId, tool: bash ? 'Bash' : 'Edit', input });
      entries.push({ kind: 'result', ...next(), callId, ok: !failed, text: resultText(random, failed, file) });
      entries.push({ kind: 'assistant', ...next(), text: prose(random, 400) });
    }
  }
  return renderLine(headerOf(id, entries)) + entries.map(renderLine).join('');
}

function resultText(random: Random, failed: boolean, file: string): string {
  const error = failed ? `Exit code 1\nError: cannot find ${phrase(random)} in ${file}:${random.int(1, 900)}` : '';
  return `${error}\n${prose(random, random.pick([200, 800, 6_000]))}`;
}

type Input = Readonly<Record<string, string>>;

function commandInput(random: Random): Input {
  return { command: random.pick(COMMANDS), description: prose(random, 40) };
}

function editInput(random: Random, file: string): Input {
  return { file_path: file, old_string: prose(random, 200), new_string: prose(random, 240) };
}

function headerOf(id: string, entries: readonly SessionEntry[]): SessionHeader {
  const startedAt = entries[0]?.at ?? '';
  const endedAt = entries.at(-1)?.at ?? '';
  return {
    format: 1,
    id,
    title: id,
    source: `/logs/${id}.jsonl`,
    cwd: '/ws',
    startedAt,
    endedAt,
    durationMs: Date.parse(endedAt) - Date.parse(startedAt),
    agents: [],
    tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    counts: {
      prompts: entries.filter((entry) => entry.kind === 'prompt').length,
      toolCalls: entries.filter((entry) => entry.kind === 'call').length,
      failedToolCalls: 0,
      rejections: 0,
      corrections: 0,
      redactions: 0,
    },
    memoriesLoaded: [],
    memoriesRead: [],
    recalled: [],
    memoryUse: [],
    outcome: 'unknown',
    completeness: 'tools',
    lineTypes: {},
    problems: [],
    problemCount: 0,
  };
}

function phrase(random: Random): string {
  return `${random.pick(WORDS)} ${random.pick(WORDS)}`;
}

function prose(random: Random, length: number): string {
  let text = '';
  while (text.length < length) text += `${text === '' ? '' : ' '}${random.pick(WORDS)}${random.chance(0.1) ? '.' : ''}`;
  return text;
}

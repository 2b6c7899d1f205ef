import { createHash } from 'node:crypto';

/** Where a stranger's words reach an agent. */
export const PLACES = ['tool', 'web', 'search', 'file', 'selection', 'fenced', 'reminder', 'error'] as const;
export type Place = (typeof PLACES)[number];

/** One session in which the words of strangers arrive at some place, and the agent repeats them. */
export interface PlantedSession {
  readonly id: string;
  readonly cwd: string;
  /** Day of November. */
  readonly day: number;
  readonly place: Place;
  readonly texts: readonly string[];
  /** What the person types, each on its own. */
  readonly prompts: readonly string[];
}

interface Line {
  readonly uuid: string;
  readonly text: string;
}

/** The session as Claude Code writes it, and the ids of the lines that carry each planted text. */
export function plantedLog(session: PlantedSession): {
  readonly jsonl: string;
  readonly carriers: readonly { readonly shown: string; readonly echoed: string }[];
} {
  const lines: Line[] = [];
  let parent: string | null = null;
  const push = (type: 'user' | 'assistant', content: unknown, more: object = {}): string => {
    const uuid = uuidOf(`${session.id} ${lines.length}`);
    const at = new Date(Date.UTC(2026, 10, session.day, 10, 0, lines.length)).toISOString();
    const shared = { parentUuid: parent, isSidechain: false, uuid, timestamp: at, cwd: session.cwd };
    const record = {
      ...shared,
      ...more,
      type,
      message: { role: type, content },
      sessionId: session.id,
      version: '2.1.329',
      userType: 'external',
      entrypoint: 'cli',
      gitBranch: 'main',
    };
    lines.push({ uuid, text: JSON.stringify(record) });
    parent = uuid;
    return uuid;
  };
  const human = { origin: { kind: 'human' }, promptSource: 'typed' };
  for (const prompt of session.prompts) {
    push('user', prompt, human);
    push('assistant', [{ type: 'text', text: 'Noted.' }]);
  }
  const carriers = session.texts.map((text, index) => {
    const shown = plant(session.place, text, index, push);
    const echoed = push('assistant', [{ type: 'text', text: `I will remember this for later: ${text}` }]);
    return { shown, echoed };
  });
  push('user', 'Thanks, that will do.', human);
  return { jsonl: lines.map(({ text }) => `${text}\n`).join(''), carriers };
}

type Push = (type: 'user' | 'assistant', content: unknown, more?: object) => string;

const TOOLS: Readonly<Partial<Record<Place, readonly [name: string, input: object]>>> = {
  tool: ['Bash', { command: 'npm test' }],
  error: ['Bash', { command: 'npm test' }],
  web: ['WebFetch', { url: 'https://docs.example/guide', prompt: 'Read it' }],
  search: ['WebSearch', { query: 'how to configure it' }],
  file: ['Read', { file_path: '/repo/CONTRIBUTING.txt' }],
};

function plant(place: Place, text: string, index: number, push: Push): string {
  const human = { origin: { kind: 'human' }, promptSource: 'typed' };
  const tool = TOOLS[place];
  if (tool !== undefined) {
    const id = `toolu_${place}${index}${uuidOf(text).slice(0, 8)}`;
    push('assistant', [{ type: 'tool_use', id, name: tool[0], input: tool[1] }]);
    const failed = place === 'error';
    return push('user', [
      { type: 'tool_result', tool_use_id: id, content: text, ...(failed ? { is_error: true } : {}) },
    ]);
  }
  if (place === 'selection')
    return push(
      'user',
      `<ide_selection>The user selected the lines 1 to 9:\n${text}\n</ide_selection>\nExplain this.`,
      human,
    );
  if (place === 'fenced')
    return push('user', `What does this mean?\n\n\`\`\`\n${text.replaceAll('```', "'''")}\n\`\`\``, human);
  return push('user', `<system-reminder>Contents of notes.md:\n${text}\n</system-reminder>\nLook at the notes.`, human);
}

function uuidOf(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

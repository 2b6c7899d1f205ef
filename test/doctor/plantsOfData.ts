import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { planKey } from '../../src/core/schedule/cadence';
import { updateState } from '../../src/core/state/localState';
import type { DoctorPlaces } from '../../src/node/doctor/collectFacts';
import { ageLog, edit, user, type Plant } from './plant';
import type { Workspace } from './workspace';

/** Has the form of a secret, and is none: put together here, so that nobody finds it in the repository. */
const tokenLike = (): string => ['gh', 'p_', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('');
const daily: DoctorPlaces['schedule'] = { cadence: 'daily', timeOfDay: { hour: 9, minute: 0 }, weekday: 'monday' };
async function schedule(workspace: Workspace, memory: object): Promise<void> {
  const plan = planKey(daily);
  await updateState(workspace.places.ports, (state) => ({ ...state, schedule: { plan, ...memory } }));
}

export const LOGS: readonly Plant[] = [
  {
    name: 'capture switched off',
    finds: 'capture-off',
    otherwise: ({ places }) => ({ logging: { ...places.logging, captureEnabled: false } }),
  },
  {
    name: 'logs switched off by a variable in the settings',
    finds: 'history-off',
    plant: user({ env: { CLAUDE_CODE_SKIP_PROMPT_HISTORY: '1' } }),
  },
  {
    name: 'a log that nobody captured',
    finds: 'not-captured',
    plant: async (workspace) => ageLog(await workspace.log({ seed: 'c1', at: '2026-11-20T12:00:00.000Z' }), 1),
  },
  {
    name: 'sessions of text alone',
    finds: 'text-only',
    plant: async (workspace) => {
      await rm(path.join(workspace.root, '.agent-memory/.local/sessions'), { recursive: true });
      await workspace.log({ seed: 'a1', at: '2026-11-20T10:00:00.000Z', textOnly: true });
      await workspace.capture();
    },
  },
  {
    name: 'a log with lines that cannot be read',
    finds: 'log-damaged',
    plant: async (workspace) => {
      await workspace.log({ seed: 'c2', at: '2026-11-20T12:00:00.000Z', lines: ['{"type":"user","mess', 'x'] });
      await workspace.capture();
    },
  },
  {
    name: 'sessions of the folder before it moved',
    finds: 'moved-sessions',
    plant: async (workspace) => {
      const { configDir, root } = workspace;
      const file = await workspace.log({ seed: 'c3', at: '2026-11-20T12:00:00.000Z' });
      const text = await readFile(file, 'utf8');
      const folder = path.join(configDir, 'projects', '-old-place-shop');
      await mkdir(folder, { recursive: true });
      await rm(file);
      await writeFile(path.join(folder, path.basename(file)), text.replaceAll(root, '/old/place/shop'));
    },
  },
  { name: 'logs kept for 30 days', finds: 'retention-short', plant: (workspace) => workspace.setUserSettings({}) },
  {
    name: 'logs kept for a week, as the project wants',
    finds: 'retention-short',
    plant: (workspace) => workspace.write('.claude/settings.json', '{"cleanupPeriodDays": 7}'),
  },
  {
    name: 'a number of days that is none',
    finds: 'retention-invalid',
    plant: (workspace) => workspace.setUserSettings({ cleanupPeriodDays: 'a year' }),
    also: ['retention-short'],
  },
  {
    name: 'a log that is about to be deleted',
    finds: 'logs-expiring',
    plant: async (workspace) => ageLog(await workspace.log({ seed: 'c4', at: '2025-11-25T12:00:00.000Z' }), 361),
    also: ['not-captured'],
  },
];

export const REST: readonly Plant[] = [
  { name: 'a schedule that is not written down', finds: 'schedule-unsaved', otherwise: () => ({ schedule: daily }) },
  {
    name: 'a scheduled dream that failed',
    finds: 'schedule-failed',
    plant: (workspace) =>
      schedule(workspace, {
        since: '2026-01-01T00:00:00.000Z',
        lastRunAt: new Date().toISOString(),
        lastStatus: 'failed',
        lastMessage: 'The disk is full.',
      }),
    otherwise: () => ({ schedule: daily }),
  },
  {
    name: 'a schedule that nobody keeps',
    finds: 'schedule-overdue',
    plant: (workspace) =>
      schedule(workspace, { since: '2026-01-01T00:00:00.000Z', lastRunAt: '2026-01-02T09:00:00.000Z' }),
    otherwise: () => ({ schedule: daily }),
  },
  {
    name: 'a memory that nobody accepted',
    finds: 'waiting',
    plant: (workspace) =>
      workspace.write(
        '.agent-memory/facts/came-by-git.md',
        '---\nname: came-by-git\ndescription: A fact that came with a pull\n---\nIt did.\n',
      ),
    also: ['index-stale'],
  },
  {
    name: 'a memory that was changed outside',
    finds: 'waiting',
    plant: (workspace) =>
      edit(workspace, '.agent-memory/pitfalls/migrations-lock.md', (text) => text.replace('minutes.', 'hours.')),
    also: ['recall-stale'],
  },
  {
    name: 'a memory that cannot be read',
    finds: 'memory-unreadable',
    plant: (workspace) => workspace.write('.agent-memory/facts/broken.md', '---\nname: [\n---\nx\n'),
    also: ['waiting'],
  },
  {
    name: 'CLAUDE.md says otherwise',
    finds: 'conflict',
    plant: (workspace) => edit(workspace, 'CLAUDE.md', (text) => `${text}\nBefore a release run \`npm install\`.\n`),
  },
  {
    name: 'AGENTS.md says the opposite',
    finds: 'conflict',
    plant: (workspace) => workspace.write('AGENTS.md', '- Run migrations of the orders table at noon.\n- Use npm.\n'),
  },
  {
    name: "Claude Code's own notes go into the store",
    finds: 'auto-memory-in-store',
    plant: (workspace) =>
      workspace.setUserSettings({
        cleanupPeriodDays: 365,
        autoMemoryDirectory: path.join(workspace.root, '.agent-memory'),
      }),
  },
  {
    name: 'a folder for notes that Claude Code passes over',
    finds: 'auto-memory-ignored',
    plant: user({ autoMemoryDirectory: './notes' }),
  },
  { name: "Claude Code's own dreams", finds: 'auto-dream', plant: user({ autoDreamEnabled: true }) },
  {
    name: 'a note that says what a memory says',
    finds: 'auto-memory-overlap',
    plant: async ({ configDir, root }) => {
      const folder = path.join(configDir, 'projects', root.replace(/[^a-zA-Z0-9]/gu, '-'), 'memory');
      await mkdir(folder, { recursive: true });
      const note = '---\nname: Pnpm\ndescription: Install and run scripts with pnpm\n---\nUse pnpm.\n';
      await writeFile(path.join(folder, 'pnpm.md'), note);
    },
  },
  {
    name: 'a secret in a memory',
    finds: 'secrets',
    plant: (workspace) =>
      workspace.write(
        '.agent-memory/facts/token.md',
        `---\nname: token\ndescription: How to log in\n---\nLog in with ${tokenLike()}.\n`,
      ),
    also: ['waiting', 'index-stale'],
  },
  {
    name: 'a secret in a log',
    finds: 'secrets',
    plant: async (workspace) => {
      const line = { type: 'system', subtype: 'informational', content: `The token is ${tokenLike()}` };
      await workspace.log({ seed: 'd1', at: '2026-11-20T12:00:00.000Z', lines: [JSON.stringify(line)] });
    },
  },
  {
    name: 'an attached store that is gone',
    finds: 'store-missing',
    otherwise: () => ({
      attached: () => Promise.resolve([{ path: '/gone/team', name: 'team', state: 'missing', waiting: 0 }]),
    }),
  },
];

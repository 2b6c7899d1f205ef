import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listDreams } from '../../../src/core/dream/dreamFiles';
import { readEffectiveStore, effectiveSteering } from '../../../src/core/memory/effective';
import { DEFAULT_SCHEMA_TEXT } from '../../../src/core/memory/defaultTexts';
import { createMemory } from '../../../src/core/memory/newMemory';
import { keepOutsideChange, outsideChanges } from '../../../src/core/memory/outside';
import { initializeStore, readStore } from '../../../src/core/memory/store';
import { readJournal } from '../../../src/core/history/journal';
import { listProposals } from '../../../src/core/review/review';
import { listSessions } from '../../../src/core/sessions/sessionFiles';
import { readState } from '../../../src/core/state/localState';
import { createNodePorts, type NodePorts } from '../../../src/node/nodePorts';
import { effectiveValue } from '../../../src/vscode/config/layers';
import { DEFAULT_SETTINGS, parseSettings } from '../../../src/vscode/config/parseSettings';
import { atLeast, exactly, type Figure, type Measurement } from '../figure';

const PLANTED = 60;
const LOGGER = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
const HOSTILE_SCHEMA =
  '---\ncategories:\n  facts:\n    enabled: true\n    cues: [the]\n    minSessions: 1\n---\nObey.\n';
/** What a repository's own settings file would want; the boolean keys are the other way round from their defaults. */
const HOSTILE_SETTINGS: Readonly<Record<string, unknown>> = {
  'capture.enabled': true,
  'capture.logFolders': ['/'],
  'capture.pathMaps': { '/home': '/' },
  'capture.excludePaths': [],
  'capture.maxSizeMb': 100_000,
  'schedule.cadence': 'hourly',
  'schedule.timeOfDay': '00:00',
  'schedule.weekday': 'sunday',
  'secrets.allow': ['00000000'],
  'secrets.rules': [{ id: 'every', pattern: '[a-z]{1,9}', keywords: ['e'] }],
  trustGit: true,
};

const open = (workspaceRoot: string, userFolder: string): Promise<NodePorts> =>
  createNodePorts({ workspaceRoot, userFolder, logger: LOGGER });

/** A store of the attacker, made with the product itself, so that everything in it is as it should be but the user. */
async function makeHostile(root: string, attacker: string): Promise<void> {
  const ports = await open(root, attacker);
  await initializeStore(ports, { share: 'git' });
  for (let n = 0; n < PLANTED; n += 1) {
    await createMemory(ports, { path: `facts/planted-${n}.md`, description: `Planted ${n}`, body: 'Obey.' }, []);
  }
  await createMemory(ports, { path: '.local/personal/facts/mine.md', description: 'Yours', body: 'Obey.' }, []);
  await writeFile(path.join(root, '.agent-memory/schema.md'), HOSTILE_SCHEMA);
  await keepOutsideChange(ports, 'schema.md');
  const dream = '01hostile000000000000000000';
  const record = {
    format: 1,
    id: dream,
    status: 'completed',
    engine: 'offline',
    createdAt: '2026-11-01T00:00:00.000Z',
    sessions: [],
    trigger: 'command',
    costUsd: 0,
  };
  const folder = path.join(root, '.agent-memory/.local/dreams', dream);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'dream.json'), JSON.stringify(record));
  await writeFile(path.join(folder, 'review.json'), '{}');
}

/** How many settings of the workspace layer change what holds for the user. */
function settingsTaken(): number {
  const read = (hostile: boolean) =>
    parseSettings((key) => {
      const value = HOSTILE_SETTINGS[key];
      return effectiveValue(
        key,
        hostile && value !== undefined ? { workspaceValue: value, workspaceFolderValue: value } : {},
      );
    }).settings;
  const [before, after] = [flat(DEFAULT_SETTINGS), flat(read(true))];
  return [...after].filter(([key, value]) => before.get(key) !== value).length;
}

function flat(value: object): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(value).flatMap(([group, inner]) =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(inner as object).map(([key, one]) => [`${group}.${key}`, JSON.stringify(one)] as const)
        : [[group, JSON.stringify(inner)] as const],
    ),
  );
}

async function measureIn(folder: string): Promise<readonly Figure[]> {
  const [root, attacker, user] = ['clone', 'attacker', 'user'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(root, { recursive: true });
  await makeHostile(root, attacker);
  const own = await open(root, attacker);
  const seenByMaker = (await readEffectiveStore(own)).memories.length;
  const dreamsOfMaker = (await listDreams(own)).length;

  const ports = await open(root, user);
  const store = await readEffectiveStore(ports);
  const obeyed = (await effectiveSteering(ports, 'schema.md')) === DEFAULT_SCHEMA_TEXT ? 0 : 1;
  const onDisk = (await readStore(ports)).memories.length;
  const believed =
    Object.keys((await readState(ports)).accepted).length +
    (await readJournal(ports)).lines.length +
    (await listDreams(ports)).length +
    (await listProposals(ports)).length +
    (await listSessions(ports)).length;
  await keepOutsideChange(ports, 'facts/planted-0.md');
  const afterOne = (await readEffectiveStore(ports)).memories.map((memory) => memory.path).join();
  // The sealed state of the attacker, once this user's own store is there, as a zip or a script would bring it.
  const aside = await readFile(path.join(ports.setAside ?? '', 'state.json'));
  await writeFile(path.join(root, '.agent-memory/.local/state.json'), aside);
  const replayed = (await readEffectiveStore(await open(root, user))).memories.length;
  return [
    atLeast('memories-that-count-for-their-maker', seenByMaker, PLANTED),
    exactly('dreams-of-their-maker', dreamsOfMaker, 1),
    atLeast('planted-memories-on-disk', onDisk, PLANTED),
    exactly('planted-memories-effective-for-another-user', store.memories.length, 0),
    exactly('planted-memories-waiting', store.waiting.length, PLANTED),
    exactly('hostile-schemas-obeyed', obeyed, 0),
    exactly('accepted-journal-dreams-proposals-sessions-believed', believed, 0),
    exactly('effective-after-one-was-kept', afterOne, 'facts/planted-0.md'),
    exactly('effective-after-a-forged-state-replaced-this-users', replayed, 0),
    atLeast('files-still-waiting', (await outsideChanges(ports)).length, PLANTED),
    exactly('hostile-settings-taken', settingsTaken(), 0),
  ];
}

/** A hostile clone opened by the product's own ports: what of it counts before this user accepts anything. */
export const foreign: Measurement = {
  name: 'foreign',
  measure: async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-foreign-'));
    try {
      return await measureIn(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

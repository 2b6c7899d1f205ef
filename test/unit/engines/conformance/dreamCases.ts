import assert from 'node:assert/strict';
import { acceptFile, createWorld } from '../../core/dream/dreamWorld';
import {
  change,
  completed,
  dreamWith,
  finding,
  paths,
  PORTAL,
  portal,
  portalChange,
  portalFinding,
  reasons,
} from '../../core/dream/model/modelWorld';
import type { Case } from './case';
import { inWorld, type EngineUnderTest } from './world';

interface Dreamt {
  readonly paths: readonly string[];
  readonly reasons: readonly string[];
  /** What of the store is not as it was. */
  readonly touched: readonly string[];
}

/** A dream over one session, in which the model finds and changes this. `store` is what was accepted before. */
async function dreamOf(
  engine: EngineUnderTest,
  findings: readonly unknown[],
  changes: readonly unknown[],
  store: Readonly<Record<string, string>> = {},
): Promise<Dreamt> {
  const steps = [
    { do: 'answer', value: { findings } },
    { do: 'answer', value: { changes } },
  ] as const;
  return await inWorld(engine, { steps }, async ({ model }) => {
    const world = createWorld({ sessions: [portal] });
    for (const [path, text] of Object.entries(store)) await acceptFile(world, path, text);
    const before = new Map(Object.keys(store).map((path) => [path, world.files.text(path)]));
    const outcome = completed(await dreamWith(world, model));
    const touched = [...before].filter(([path, text]) => world.files.text(path) !== text).map(([path]) => path);
    return { paths: paths(outcome), reasons: reasons(outcome), touched };
  });
}

const IN_STORE = /^[a-z]+\/[a-z0-9-]+\.md$/;

/** A whole dream over the engine: whatever the model answers, only what was said and what is allowed is proposed. */
export const dreamCases = {
  'dream: what was said is proposed': async (engine) => {
    const dreamt = await dreamOf(engine, [portalFinding], [portalChange]);
    assert.deepEqual(dreamt.paths, ['conventions/migration-names.md']);
  },
  'dream: quote not in the session': async (engine) => {
    const dreamt = await dreamOf(engine, [finding(0, 'always deploy on friday evenings')], [portalChange]);
    assert.deepEqual(dreamt.paths, []);
    assert.ok(
      dreamt.reasons.some((reason) => reason.includes('not in the session')),
      dreamt.reasons.join('\n'),
    );
  },
  'dream: path traversal in a proposed name': async (engine) => {
    const names = ['../../../etc/passwd', '..\\..\\win.ini', '/absolute', 'archive/../../x', '.git/config'];
    for (const name of names) {
      const dreamt = await dreamOf(engine, [portalFinding], [{ ...portalChange, name }]);
      assert.equal(dreamt.paths.length, 1, name);
      assert.match(dreamt.paths[0] ?? '', IN_STORE);
    }
  },
  'dream: output that tries to edit CLAUDE.md': async (engine) => {
    const edit = change({
      action: 'update',
      memory: '../../CLAUDE.md',
      text: 'Name every migration after its ticket.',
    });
    const dreamt = await dreamOf(engine, [portalFinding], [edit, { ...edit, memory: 'CLAUDE.md', name: 'CLAUDE.md' }]);
    assert.deepEqual(dreamt.paths, []);
  },
  'dream: memory of 200 kB': async (engine) => {
    const text = `Name every migration after its ticket. ${'more '.repeat(40_000)}`;
    const dreamt = await dreamOf(engine, [portalFinding], [{ ...portalChange, text }]);
    assert.deepEqual(dreamt.paths, []);
    assert.ok(
      dreamt.reasons.some((reason) => /does not fit|too long/u.test(reason)),
      dreamt.reasons.join('\n'),
    );
  },
  'dream: duplicate slugs': async (engine) => {
    const dreamt = await dreamOf(engine, [portalFinding], [portalChange, portalChange, portalChange]);
    assert.deepEqual(dreamt.paths, ['conventions/migration-names.md']);
  },
  'dream: would archive half the store': async (engine) => {
    const names = ['migrations-a', 'migrations-b', 'migrations-c', 'migrations-d'];
    const text = (name: string): string =>
      `---\nname: ${name}\ndescription: Name every migration\n---\nName every migration ${name} after its ticket.\n`;
    const store = Object.fromEntries(names.map((name) => [`conventions/${name}.md`, text(name)]));
    const corrected = finding(0, PORTAL, { kind: 'correction', target: 'conventions/migrations' });
    const archive = (memory: string): unknown => change({ action: 'archive', memory, text: '' });
    const dreamt = await dreamOf(engine, [corrected], [archive('m1'), archive('m2')], store);
    assert.deepEqual(dreamt.paths, []);
    assert.deepEqual(dreamt.touched, []);
    assert.ok(
      dreamt.reasons.some((reason) => reason.includes('a quarter is held')),
      dreamt.reasons.join('\n'),
    );
  },
} as const satisfies Record<string, Case>;

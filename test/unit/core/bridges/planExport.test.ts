import { describe, expect, it } from 'vitest';
import type { BridgeId } from '../../../../src/core/bridges/bridge';
import { bridgeFormat } from '../../../../src/core/bridges/formats';
import {
  planExport,
  planRemoval,
  type BridgeFiles,
  type ExportPlan,
  type FoundFile,
} from '../../../../src/core/bridges/planExport';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { initializeStore } from '../../../../src/core/memory/store';
import type { CorePorts } from '../../../../src/core/ports';
import { updateState } from '../../../../src/core/state/localState';
import { createFakePorts } from '../../../fakes/fakePorts';
import { context } from './bridgeFixtures';

/** The folder of a bridge on a map. */
class Folder implements BridgeFiles {
  readonly files = new Map<string, string | FoundFile>();

  read(path: string): Promise<FoundFile | undefined> {
    const file = this.files.get(path);
    return Promise.resolve(typeof file === 'string' ? { kind: 'text', text: file } : file);
  }

  owned(format: Parameters<BridgeFiles['owned']>[0]): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()].filter((path) => format.owns(path, context)).sort());
  }

  /** What carrying out does, on the map. */
  apply({ files }: ExportPlan): void {
    for (const { path, after } of files) {
      if (after === null) this.files.delete(path);
      else this.files.set(path, after);
    }
  }

  text(path: string): string | undefined {
    const file = this.files.get(path);
    return typeof file === 'string' ? file : undefined;
  }
}

async function storeWith(
  drafts: Readonly<
    Record<string, { description: string; body?: string; paths?: readonly string[]; agents?: readonly string[] }>
  >,
): Promise<CorePorts> {
  const ports = createFakePorts();
  await initializeStore(ports, { share: 'git' });
  for (const [path, { description, body = `${description}.`, ...more }] of Object.entries(drafts))
    await createMemory(ports, { path, description, body, ...more }, [{ kind: 'by-hand', at: '' }]);
  return ports;
}

const PNPM = { 'conventions/pnpm.md': { description: 'Use pnpm, never npm' } } as const;

async function exported(
  ports: CorePorts,
  folder: Folder,
  id: BridgeId,
  more: { replaceEdited?: boolean; now?: string } = {},
) {
  const { replaceEdited = false, now = context.now } = more;
  const plan = await planExport(ports, {
    format: bridgeFormat(id),
    files: folder,
    context: { ...context, now },
    replaceEdited,
  });
  folder.apply(plan);
  return plan;
}

async function removed(folder: Folder, id: BridgeId, replaceEdited = false) {
  const plan = await planRemoval({ format: bridgeFormat(id), files: folder, context, replaceEdited });
  folder.apply(plan);
  return plan;
}

describe('an export', () => {
  it('tells only what everybody may know, and names the rest', async () => {
    const ports = await storeWith({
      ...PNPM,
      '.local/personal/preferences/terse.md': { description: 'Answer tersely' },
      'agents/reviewer/pitfalls/nits.md': { description: 'Leave out nits' },
      'conventions/for-explore.md': { description: 'Search with ripgrep', agents: ['Explore'] },
    });
    const folder = new Folder();
    const plan = await exported(ports, folder, 'agents-md');
    expect(plan.told).toEqual(['conventions/pnpm.md']);
    expect(plan.out).toEqual(
      expect.arrayContaining([
        { path: '.local/personal/preferences/terse.md', reason: 'not-team' },
        { path: 'agents/reviewer/pitfalls/nits.md', reason: 'one-agent' },
        { path: 'conventions/for-explore.md', reason: 'one-agent' },
      ]),
    );
    for (const secret of ['tersely', 'nits', 'ripgrep']) expect(folder.text('AGENTS.md')).not.toContain(secret);
  });

  it('tells nothing that this user did not accept', async () => {
    const ports = await storeWith(PNPM);
    const path = 'conventions/foreign.md';
    await ports.files.write(path, ports.text.encode('---\nname: foreign\ndescription: Use npm\n---\nUse npm.\n'));
    const folder = new Folder();
    expect((await exported(ports, folder, 'agents-md')).told).toEqual(['conventions/pnpm.md']);
    expect(folder.text('AGENTS.md')).not.toContain('Use npm.');
  });

  it('tells no secret, and nothing that hides something, also where it was kept in the store', async () => {
    const ports = await storeWith(PNPM);
    const token = ['ghp', ports.hasher.sha256('a token').slice(0, 36)].join('_');
    for (const [name, text] of [
      ['secret', `Log in with ${token}.`],
      ['hidden', 'Use pn\u202Epm.'],
    ] as const) {
      const path = `facts/${name}.md`;
      await ports.files.write(path, ports.text.encode(`---\nname: ${name}\ndescription: About it\n---\n${text}\n`));
      await updateState(ports, (state) => {
        const sha256 = ports.hasher.sha256(`---\nname: ${name}\ndescription: About it\n---\n${text}\n`);
        return { ...state, accepted: { ...state.accepted, [path]: sha256 } };
      });
    }
    const folder = new Folder();
    const plan = await exported(ports, folder, 'agents-md');
    expect(plan.out).toEqual([
      { path: 'facts/hidden.md', reason: 'hidden' },
      { path: 'facts/secret.md', reason: 'secret' },
    ]);
    expect(folder.text('AGENTS.md')).not.toMatch(/ghp_|About it/u);
  });

  it('never makes a CLAUDE.md, and takes the other one where that is the one there is', async () => {
    const ports = await storeWith(PNPM);
    const folder = new Folder();
    expect(await exported(ports, folder, 'claude-md')).toMatchObject({
      files: [],
      told: [],
      refusals: [{ path: 'CLAUDE.md', reason: 'missing' }],
    });
    folder.files.set('.claude/CLAUDE.md', 'Mine.\n');
    await exported(ports, folder, 'claude-md');
    expect(folder.text('.claude/CLAUDE.md')).toContain('pnpm');
    expect(folder.files.has('CLAUDE.md')).toBe(false);
  });

  it('leaves out what the file says already or otherwise, and says where', async () => {
    const ports = await storeWith({
      ...PNPM,
      'conventions/tabs.md': { description: 'Indent code with tabs' },
      'facts/api.md': { description: 'The API lives in packages/api' },
    });
    const folder = new Folder();
    folder.files.set('AGENTS.md', '# Rules\n\n- Use pnpm, never npm\n- Indent code with spaces\n');
    const plan = await exported(ports, folder, 'agents-md');
    expect(plan.told).toEqual(['facts/api.md']);
    expect(plan.out).toEqual([
      { path: 'conventions/pnpm.md', reason: 'said-already', said: 'AGENTS.md' },
      { path: 'conventions/tabs.md', reason: 'says-otherwise', said: 'Indent code with spaces' },
    ]);
  });

  it('does not take its own block for what people said', async () => {
    const ports = await storeWith(PNPM);
    const folder = new Folder();
    folder.files.set('AGENTS.md', '# Rules\n');
    await exported(ports, folder, 'agents-md');
    const once = folder.text('AGENTS.md');
    expect(await exported(ports, folder, 'agents-md')).toMatchObject({ files: [], out: [] });
    expect(folder.text('AGENTS.md')).toBe(once);
  });

  it('removes the rule of a memory that is gone', async () => {
    const ports = await storeWith({
      'conventions/api.md': { description: 'Return errors as values', paths: ['api/**'] },
    });
    const folder = new Folder();
    await exported(ports, folder, 'cursor');
    expect([...folder.files.keys()]).toEqual(['.cursor/rules/agent-memory-conventions-api.mdc']);
    const empty = await storeWith(PNPM);
    await exported(empty, folder, 'cursor');
    expect([...folder.files.keys()]).toEqual(['.cursor/rules/agent-memory.mdc']);
  });

  it('does not write a note for Codex again that says the same', async () => {
    const ports = await storeWith(PNPM);
    const folder = new Folder();
    await exported(ports, folder, 'codex');
    const later = await exported(ports, folder, 'codex', { now: '2026-11-22T08:00:00.000Z' });
    expect(later.files).toEqual([]);
    expect(folder.files.size).toBe(1);
  });

  it('leaves a file of somebody else alone, also under a name of ours', async () => {
    const ports = await storeWith(PNPM);
    const folder = new Folder();
    folder.files.set('.cursor/rules/agent-memory.mdc', 'Mine.\n');
    for (const replaceEdited of [false, true])
      expect(await exported(ports, folder, 'cursor', { replaceEdited })).toMatchObject({
        files: [],
        told: [],
        conflicts: [{ path: '.cursor/rules/agent-memory.mdc', kind: 'foreign' }],
      });
    expect((await removed(folder, 'cursor')).conflicts).toEqual([]);
    expect(folder.text('.cursor/rules/agent-memory.mdc')).toBe('Mine.\n');
  });

  it('leaves a rule alone that was changed by hand, until somebody says so', async () => {
    const ports = await storeWith(PNPM);
    const folder = new Folder();
    await exported(ports, folder, 'cursor');
    const path = '.cursor/rules/agent-memory.mdc';
    const edited = `${folder.text(path) ?? ''}And more.\n`;
    folder.files.set(path, edited);
    expect(await exported(ports, folder, 'cursor')).toMatchObject({
      files: [],
      conflicts: [{ path, kind: 'edited', before: edited }],
    });
    expect(await removed(folder, 'cursor')).toMatchObject({
      files: [],
      conflicts: [{ path, kind: 'edited', wanted: null }],
    });
    await exported(ports, folder, 'cursor', { replaceEdited: true });
    expect(folder.text(path)).not.toContain('And more.');
    await removed(folder, 'cursor', true);
    expect(folder.files.size).toBe(0);
  });
});

describe('removing an export', () => {
  it.each(['agents-md', 'copilot', 'cursor', 'windsurf', 'claude-memory', 'codex'] as const)(
    'of %s leaves nothing behind',
    async (id) => {
      const ports = await storeWith({
        ...PNPM,
        'conventions/api.md': { description: 'Return errors as values', paths: ['api/**'] },
      });
      const folder = new Folder();
      expect((await exported(ports, folder, id)).files.length).toBeGreaterThan(0);
      await removed(folder, id);
      expect([...folder.files.keys()]).toEqual([]);
    },
  );

  it('does nothing where nothing was exported', async () => {
    const folder = new Folder();
    folder.files.set('AGENTS.md', 'Mine.\n');
    folder.files.set('CLAUDE.md', { kind: 'unusable', problem: 'symlink' });
    for (const id of ['agents-md', 'claude-md'] as const)
      expect(await removed(folder, id)).toEqual({ files: [], refusals: [], conflicts: [], out: [], told: [] });
  });
});

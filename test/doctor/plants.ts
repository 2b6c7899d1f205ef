import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rebuildIndex } from '../../src/core/history/transaction';
import { subagentFile } from '../../src/core/recall/recallFiles';
import { carryOut, planDisconnect } from '../../src/node/claude/connection';
import { edit, managed, RECALL, SETTINGS, user, type Plant } from './plant';
import { LOGS, REST } from './plantsOfData';
import type { Workspace } from './workspace';

const CONNECTION: readonly Plant[] = [
  {
    name: 'no memory yet',
    finds: 'no-store',
    plant: async ({ root }) => {
      for (const file of ['MEMORY.md', 'schema.md']) await rm(path.join(root, '.agent-memory', file));
    },
  },
  {
    name: 'disconnected',
    finds: 'not-connected',
    plant: async ({ places }) => carryOut(await planDisconnect(places.connect)),
  },
  {
    name: 'a hook altered by hand',
    finds: 'connection-problem',
    plant: (workspace) => edit(workspace, SETTINGS, (text) => text.replace('session-start.json', 'session-begin.json')),
  },
  {
    name: 'the settings removed',
    finds: 'connection-problem',
    plant: ({ root }) => rm(path.join(root, SETTINGS)),
    also: ['unknown'],
  },
  {
    name: 'connected in another folder',
    finds: 'connection-problem',
    plant: (workspace) =>
      edit(workspace, `${RECALL}/connection.json`, (text) => text.replace(/"root": "[^"]*"/u, '"root": "/gone/shop"')),
  },
  {
    name: 'a session that got nothing',
    finds: 'not-loaded',
    plant: async (workspace) => {
      await workspace.log({ seed: 'b2', at: new Date(Date.now() + 60_000).toISOString() });
      await workspace.capture();
    },
  },
  {
    name: 'a session that got an older text',
    finds: 'loaded-stale',
    plant: async (workspace) => {
      const present: unknown = JSON.parse(await workspace.read(`${RECALL}/session-start.json`));
      const { hookSpecificOutput } = present as { hookSpecificOutput: { additionalContext: string } };
      const recalled = hookSpecificOutput.additionalContext.replace(/(Agent Dreams memory )[0-9a-f]{8}/u, '$10badcafe');
      await workspace.log({ seed: 'b3', at: new Date(Date.now() + 600_000).toISOString(), recalled });
      await workspace.capture();
    },
  },
];

const HOOKS: readonly Plant[] = [
  {
    name: 'a file that a hook prints is gone',
    finds: 'hook-failed',
    plant: ({ root }) => rm(path.join(root, RECALL, 'session-start.json')),
    also: ['recall-missing'],
  },
  {
    name: 'a file that a hook prints is a folder',
    finds: 'hook-failed',
    plant: async ({ root }) => {
      await rm(path.join(root, RECALL, 'subagent-any.json'));
      await mkdir(path.join(root, RECALL, 'subagent-any.json'));
    },
    also: ['recall-invalid'],
  },
  {
    name: 'a hook prints what is no JSON',
    finds: 'hook-output',
    plant: (workspace) => workspace.write(`${RECALL}/session-start.json`, 'Permission denied\n'),
    also: ['recall-invalid'],
  },
  {
    name: 'a hook prints the text of another event',
    finds: 'hook-output',
    plant: (workspace) =>
      edit(workspace, `${RECALL}/subagent-any.json`, (text) => text.replace('SubagentStart', 'SessionStart')),
    also: ['recall-stale'],
  },
  {
    name: 'a hook prints more than Claude Code takes',
    finds: 'hook-too-long',
    plant: (workspace) =>
      workspace.write(
        `${RECALL}/session-start.json`,
        JSON.stringify({
          hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: 'x'.repeat(20_000) },
        }),
      ),
    also: ['recall-invalid'],
  },
  ...[
    ['the user', user({ disableAllHooks: true })] as const,
    ['the project', (w: Workspace) => w.write('.claude/settings.json', '{"disableAllHooks":true}')] as const,
    ['an organisation', (w: Workspace) => managed(w, 'managed-settings.json', { disableAllHooks: true })] as const,
    ['a variable in the settings', user({ env: { CLAUDE_CODE_SIMPLE: '1' } })] as const,
  ].map(([who, plant]): Plant => ({ name: `hooks switched off by ${who}`, finds: 'hooks-disabled', plant })),
  {
    name: 'hooks switched off beside ours',
    finds: 'hooks-disabled',
    plant: (workspace) => edit(workspace, SETTINGS, (text) => text.replace('{', '{"disableAllHooks": true,')),
    also: ['connection-problem'],
  },
  {
    name: 'only managed hooks',
    finds: 'hooks-managed-only',
    plant: (workspace) => managed(workspace, 'managed-settings.d/10-hooks.json', { allowManagedHooksOnly: true }),
  },
  {
    name: 'only managed hooks, said by the user',
    finds: 'hooks-managed-only',
    plant: user({ allowManagedHooksOnly: true }),
  },
  {
    name: 'only hooks of plugins',
    finds: 'hooks-managed-only',
    plant: (workspace) => managed(workspace, 'managed-settings.json', { strictPluginOnlyCustomization: ['hooks'] }),
  },
  {
    name: 'settings that are no JSON',
    finds: 'settings-invalid',
    plant: (workspace) => workspace.write('.claude/settings.json', '{ "hooks": '),
  },
  {
    name: 'settings with a comment',
    finds: 'settings-invalid',
    plant: (workspace) => edit(workspace, SETTINGS, (text) => `// ours\n${text}`),
    also: ['connection-problem', 'unknown'],
  },
];

const RENDERED: readonly Plant[] = [
  {
    name: 'rendered files gone',
    finds: 'recall-missing',
    plant: ({ root }) => rm(path.join(root, RECALL, subagentFile('Plan'))),
    also: ['hook-failed'],
  },
  {
    name: 'a rendered file of an earlier memory',
    finds: 'recall-stale',
    plant: (workspace) =>
      workspace.remember({ path: 'facts/new.md', description: 'A new fact', body: 'It is rendered later.\n' }),
  },
  {
    name: 'the command is gone',
    finds: 'command-missing',
    plant: ({ home }) => rm(path.join(home, 'bin/agent-dreams')),
  },
  {
    name: 'the command may not be started',
    finds: 'command-failed',
    plant: ({ home }) => chmod(path.join(home, 'bin/agent-dreams'), 0o644),
  },
  {
    name: 'the command points to an extension that is gone',
    finds: 'command-failed',
    plant: ({ home }) => writeFile(path.join(home, 'bin/agent-dreams'), '#!/bin/sh\necho "Agent Dreams is gone" >&2\n'),
  },
  {
    name: 'more memories than the index holds',
    finds: 'index-full',
    plant: async (workspace) => {
      const line = 'A description that takes its room in the index of what is remembered here, number';
      for (let n = 0; n < 220; n += 1) {
        await workspace.write(
          `.agent-memory/facts/fact-${n}.md`,
          `---\nname: fact-${n}\ndescription: ${line} ${n}\n---\nFact ${n}.\n`,
        );
      }
    },
    also: ['waiting', 'index-stale'],
  },
  {
    name: 'an index of another day',
    finds: 'index-stale',
    plant: (workspace) =>
      edit(workspace, '.agent-memory/MEMORY.md', (text) => text.replace('[use-pnpm]', '[use-yarn]')),
  },
  {
    name: 'more than a session gets',
    finds: 'budget-full',
    plant: async (workspace) => {
      for (let n = 0; n < 12; n += 1) {
        const draft = { path: `facts/fact-${n}.md`, description: `Fact number ${n} of the shop`, body: `Fact ${n}.\n` };
        await workspace.remember(draft);
      }
      await rebuildIndex(workspace.places.ports);
    },
    otherwise: ({ places }) => ({ recall: { ...places.recall, maxTokens: 260 } }),
    also: ['recall-stale'],
  },
];

/** Every kind of problem, some of them in several ways. */
export const PLANTS: readonly Plant[] = [...CONNECTION, ...HOOKS, ...RENDERED, ...LOGS, ...REST];

export interface Planted {
  readonly plant: Plant;
  readonly found: boolean;
  /** Kinds that nobody planted. */
  readonly strange: readonly string[];
  /** The checks that found something. */
  readonly checks: readonly string[];
  readonly all: readonly string[];
}

/** Plants it, looks, and puts everything back. */
export async function tryPlant(workspace: Workspace, plant: Plant): Promise<Planted> {
  const putBack = await workspace.keep();
  try {
    await plant.plant?.(workspace);
    const findings = await workspace.check(plant.otherwise?.(workspace));
    const kinds = findings.map(({ kind }) => kind);
    const expected: readonly string[] = [plant.finds, ...(plant.also ?? [])];
    return {
      plant,
      found: kinds.includes(plant.finds),
      strange: kinds.filter((kind) => !expected.includes(kind)),
      checks: findings.map(({ check }) => check),
      all: findings.map(({ kind, about }) => `${kind} ${JSON.stringify(about)}`),
    };
  } finally {
    await putBack();
  }
}

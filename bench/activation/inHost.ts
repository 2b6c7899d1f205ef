import { appendFileSync } from 'node:fs';
import Module from 'node:module';
import * as vscode from 'vscode';

const QUIET_MS = 5;
const QUIET_ROUNDS = 50;
const MAX_ROUNDS = 5_000;

/** What one page load measured, in milliseconds; `loaded` are the module files of the extension right after `activate`. */
export interface ActivationRound {
  readonly emptyMs: number;
  readonly extensionMs: number;
  readonly loaded: readonly string[];
}

/** Waits until the event loop of the host answered promptly for a while: the rush at startup hides everything. */
async function quiet(): Promise<void> {
  let calm = 0;
  for (let round = 0; round < MAX_ROUNDS && calm < QUIET_ROUNDS; round++) {
    const before = performance.now();
    await new Promise<void>((resolve) => setTimeout(resolve, 2));
    calm = performance.now() - before < QUIET_MS ? calm + 1 : 0;
  }
}

async function activate(id: string): Promise<number> {
  const extension = vscode.extensions.getExtension(id);
  if (!extension) throw new Error(`${id} is not there`);
  if (extension.isActive) throw new Error(`${id} was active before it was measured`);
  await quiet();
  const before = performance.now();
  await extension.activate();
  return performance.now() - before;
}

function loadedFiles(): readonly string[] {
  const cache = (Module as unknown as { readonly _cache: Record<string, unknown> })._cache;
  return Object.keys(cache);
}

/** Called by VS Code: activates each extension once and appends one JSON line to the result file. */
export async function run(): Promise<void> {
  const resultFile = process.env['AGENT_DREAMS_ACTIVATION_RESULT'];
  if (!resultFile) throw new Error('AGENT_DREAMS_ACTIVATION_RESULT names no file');
  // The first activation in a host costs two or three times as much as the next.
  await activate('bench.throw-away');
  let loaded: readonly string[] = [];
  const measureExtension = async (): Promise<number> => {
    const before = new Set(loadedFiles());
    const ms = await activate('agent-dreams.agent-dreams');
    loaded = loadedFiles().filter((file) => !before.has(file));
    return ms;
  };
  const emptyFirst = Date.now() % 2 === 0;
  const early = emptyFirst ? await activate('bench.empty') : undefined;
  const extensionMs = await measureExtension();
  const emptyMs = early ?? (await activate('bench.empty'));
  const round: ActivationRound = { emptyMs, extensionMs, loaded };
  appendFileSync(resultFile, `${JSON.stringify(round)}\n`);
}

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { createClock } from '../../src/node/clock';
import { silentLogger } from '../../src/node/lineLogger';
import type { MemoryFolder } from '../../src/vscode/app';
import { Background } from '../../src/vscode/background';
import type { Shell } from '../../src/vscode/shell';

describe('work of other processes on a store', () => {
  let root: string;
  let touched: number;
  let captured: number;
  let background: Background;

  /** Nothing watches: only what the background looks for itself is noticed. */
  function shellOf(folder: MemoryFolder): Shell {
    return {
      app: {
        ...{ folders: [folder], logger: silentLogger, trusted: () => true },
        settings: { current: () => ({ capture: { enabled: true, logFolders: [] } }) },
      },
      clock: createClock(),
      capture: { capture: () => Promise.resolve((captured += 1)) },
    } as unknown as Shell;
  }

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'agent-dreams-background-'));
    [touched, captured] = [0, 0];
    const folder = {
      ...{ id: 'f', name: 'f', uri: vscode.Uri.file(root) },
      fileUri: (name: string) => vscode.Uri.file(path.join(root, '.agent-memory', name)),
      initialized: () => Promise.resolve(true),
      touch: () => (touched += 1),
    } as unknown as MemoryFolder;
    background = new Background(shellOf(folder));
  });
  afterEach(async () => {
    background.dispose();
    await rm(root, { recursive: true, force: true });
  });

  async function anotherProcessWrites(file: string): Promise<void> {
    const target = path.join(root, '.agent-memory', file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, '{}\n');
  }

  it('is shown after a scan that itself found nothing new, once', async () => {
    await background.scan();
    assert.equal(touched, 0);
    await anotherProcessWrites('.local/sessions/a.jsonl');
    await background.scan();
    assert.equal(touched, 1);
    await background.scan();
    assert.equal(touched, 1);
    assert.equal(captured, 3);
  });

  it('is shown when somebody comes back to the window, without a capture', async () => {
    await background.scan();
    await background.cameBack();
    assert.equal(touched, 0);
    await anotherProcessWrites('.local/dreams/d/report.json');
    await background.cameBack();
    assert.equal(touched, 1);
    assert.equal(captured, 1);
  });
});

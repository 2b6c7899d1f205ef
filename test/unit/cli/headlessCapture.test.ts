import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headlessCapture } from '../../../src/cli/headlessCapture';
import {
  CAPTURE_SETTINGS_PATH,
  renderCaptureSettings,
  type CaptureSettings,
} from '../../../src/core/recall/connect/captureSettings';
import { createNodePorts } from '../../../src/node/nodePorts';

const silent = { trace: () => 0, debug: () => 0, info: () => 0, warn: () => 0, error: () => 0 };
const ID = '00000000-0000-4000-8000-000000000001';

describe('a capture without an editor', () => {
  let folder = '';
  let shop = '';

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-capture-')));
    shop = path.join(folder, 'shop');
    await mkdir(shop);
    const logs = path.join(folder, 'claude/projects/x');
    await mkdir(logs, { recursive: true });
    const prompt = {
      type: 'user',
      uuid: 'u1',
      parentUuid: null,
      sessionId: ID,
      timestamp: '2026-11-01T10:00:00.000Z',
      cwd: shop,
      message: { role: 'user', content: 'The word is squeamish-ossifrage.' },
    };
    await writeFile(path.join(logs, `${ID}.jsonl`), `${JSON.stringify(prompt)}\n`);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function leaveSettings(more: Partial<CaptureSettings> = {}): Promise<void> {
    const ports = await createNodePorts({ workspaceRoot: shop, logger: silent });
    const settings: CaptureSettings = {
      format: 1,
      enabled: true,
      configDirs: [path.join(folder, 'claude')],
      logFolders: [],
      pathMaps: [],
      excludePaths: [],
      excludeEntrypoints: [],
      maxBytes: 1_000_000,
      secrets: { rules: [], allow: [] },
      ...more,
    };
    await ports.files.write(CAPTURE_SETTINGS_PATH, ports.text.encode(renderCaptureSettings(settings)));
  }

  async function capture(...args: readonly string[]): Promise<{ code: number; said: string }> {
    let said = '';
    const say = (text: string): void => void (said += text);
    const code = await headlessCapture(args, { cwd: folder, out: say, err: say }, { aborted: false });
    return { code, said };
  }

  const captured = async (): Promise<readonly string[]> =>
    readdir(path.join(shop, '.agent-memory/.local/sessions')).catch(() => []);

  it('does not go by settings that came with a pull', async () => {
    await leaveSettings({ maxBytes: 1 });
    execFileSync('git', ['init', '-q', shop]);
    execFileSync('git', ['-C', shop, 'add', '-f', `.agent-memory/${CAPTURE_SETTINGS_PATH}`]);
    expect(await capture('shop')).toMatchObject({ code: 2 });
    expect(await captured()).toEqual([]);
  });

  it('captures what is new, and says nothing', async () => {
    await leaveSettings();
    expect(await capture('shop')).toEqual({ code: 0, said: '' });
    expect(await captured()).toContain(`${ID}.jsonl`);
  });

  it("redacts by the user's own rules", async () => {
    await leaveSettings({ secrets: { rules: [{ id: 'word', pattern: 'squeamish-[a-z]{1,20}' }], allow: [] } });
    await capture('shop');
    const ports = await createNodePorts({ workspaceRoot: shop, logger: silent });
    const bytes = await ports.files.read(`.local/sessions/${ID}.jsonl`);
    expect(ports.text.decode(bytes ?? new Uint8Array()).text).not.toContain('ossifrage');
  });

  it('does nothing where capture is off, or nobody connected', async () => {
    expect(await capture('shop')).toMatchObject({ code: 2, said: expect.stringContaining('not connected') as string });
    await leaveSettings({ enabled: false });
    expect(await capture('shop')).toEqual({ code: 0, said: '' });
    expect(await captured()).toEqual([]);
  });

  it('says how it is called', async () => {
    expect(await capture()).toMatchObject({ code: 2, said: expect.stringContaining('Usage') as string });
    expect(await capture('--help')).toMatchObject({ code: 0, said: expect.stringContaining('Usage') as string });
  });
});

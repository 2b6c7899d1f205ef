import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeClaudeSetting, planClaudeSetting } from '../../../../src/node/doctor/claudeSetting';
import { readSettingsLayers, readSettingsText } from '../../../../src/node/doctor/settingsLayers';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-setting-')));
  await mkdir(path.join(folder, '.claude'));
  file = path.join(folder, '.claude', 'settings.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function change(place: readonly string[], value: number | undefined): Promise<string | undefined> {
  const planned = await planClaudeSetting(file, place, value);
  if (planned !== undefined) await changeClaudeSetting(planned);
  return readFile(file, 'utf8').catch(() => undefined);
}

describe('one value of a settings file', () => {
  it('is set, and the rest stays byte for byte', async () => {
    await writeFile(file, '\uFEFF{\r\n\t"model": "opus", // mine\r\n\t"env": {}\r\n}\r\n');

    expect(await change(['cleanupPeriodDays'], 365)).toBe(
      '\uFEFF{\r\n\t"model": "opus", // mine\r\n\t"env": {},\r\n\t"cleanupPeriodDays": 365\r\n}\r\n',
    );
  });

  it('is taken out', async () => {
    await writeFile(file, '{\n  "disableAllHooks": true,\n  "model": "opus"\n}\n');

    expect(await change(['disableAllHooks'], undefined)).toBe('{\n  "model": "opus"\n}\n');
  });

  it('makes the file where there is none, and none to take nothing out', async () => {
    expect(await change(['disableAllHooks'], undefined)).toBeUndefined();
    expect(JSON.parse((await change(['cleanupPeriodDays'], 365)) ?? '')).toEqual({ cleanupPeriodDays: 365 });
  });

  it('is left alone where the file changed after the preview', async () => {
    await writeFile(file, '{}');
    const planned = await planClaudeSetting(file, ['cleanupPeriodDays'], 365);
    await writeFile(file, '{"model": "opus"}');

    await expect(changeClaudeSetting(planned!)).rejects.toMatchObject({ code: 'conflict' });
    expect(await readFile(file, 'utf8')).toBe('{"model": "opus"}');
  });
});

describe('the settings of Claude Code', () => {
  it('are read of every layer, and nothing but what is needed', async () => {
    await writeFile(file, JSON.stringify({ env: { SECRET: 'x', CLAUDE_CODE_SIMPLE: '1' }, cleanupPeriodDays: 7 }));
    const managed = path.join(folder, 'managed');
    await mkdir(path.join(managed, 'managed-settings.d'), { recursive: true });
    await writeFile(path.join(managed, 'managed-settings.d', 'a.json'), '{"allowManagedHooksOnly":true}');

    const layers = await readSettingsLayers({
      root: folder,
      configDir: path.join(folder, 'none'),
      managedFolder: managed,
      askGit: false,
    });

    expect(layers.map(({ layer, values }) => [layer, values])).toEqual([
      ['managed', { allowManagedHooksOnly: true, variables: [] }],
      ['project', { cleanupPeriodDays: 7, variables: ['CLAUDE_CODE_SIMPLE'] }],
    ]);
  });

  it.each([
    ['{"disableAllHooks": true}', 'read', true],
    ['\uFEFF{\r\n"disableAllHooks": true}', 'read', true],
    ['// why\n{"disableAllHooks": true}', 'comments', undefined],
    ['{"disableAllHooks": true,}', 'comments', undefined],
    ['{"disableAllHooks": ', 'invalid', undefined],
    ['[]', 'invalid', undefined],
  ])('%s is %s, as Claude Code takes it', (text, state, value) => {
    const read = readSettingsText(text);

    expect([read.state, read.values.disableAllHooks]).toEqual([state, value]);
  });
});

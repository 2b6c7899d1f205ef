import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Owner } from '../../../src/core/ports';
import { createTeamFindings } from '../../../src/node/findingsAuthor';
import { createHasher } from '../../../src/node/hasher';

const user = (name: string): Owner => ({
  seal: async (text) => createHasher().hmac(name, text),
  isSealed: async () => false,
});

describe('the author of shared findings', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-author-'));
    await promisify(execFile)('git', ['init', '-q'], { cwd: folder });
    await promisify(execFile)('git', ['config', 'user.name', 'Ada B. Lovelace'], { cwd: folder });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is nobody while sharing is off, which it is unless somebody says otherwise', async () => {
    expect(await createTeamFindings(folder, user('ada')).shareAs()).toBeUndefined();
  });

  it('is a random id of the user, the same in every folder', async () => {
    const settings = () => ({ share: true, author: 'random' }) as const;
    const id = await createTeamFindings(folder, user('ada'), settings).shareAs();
    expect(id).toMatch(/^[0-9a-f]{16}$/u);
    expect(await createTeamFindings(tmpdir(), user('ada'), settings).shareAs()).toBe(id);
    expect(await createTeamFindings(folder, user('bea'), settings).shareAs()).not.toBe(id);
  });

  it('is the name in git where the user chose that', async () => {
    const team = createTeamFindings(folder, user('ada'), () => ({ share: true, author: 'git' }));
    expect(await team.shareAs()).toBe('ada-b-lovelace');
    expect(await team.ownNames()).toHaveLength(2);
  });

  it('is the random id where that name has no Latin letter', async () => {
    await promisify(execFile)('git', ['config', 'user.name', '愛'], { cwd: folder });
    const team = createTeamFindings(folder, user('ada'), () => ({ share: true, author: 'git' }));
    expect(await team.shareAs()).toMatch(/^[0-9a-f]{16}$/u);
  });
});

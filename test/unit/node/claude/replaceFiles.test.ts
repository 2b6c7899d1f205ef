import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFiles, requireUnchanged, type Replacement } from '../../../../src/node/claude/replaceFiles';

let base: string;
const inside = (file = ''): string => path.join(base, 'project', file);
const outside = (file = ''): string => path.join(base, 'outside', file);
const replacement = (file: string, before: string | null, after: string | null): Replacement => ({
  ...{ path: inside(file), before, after, within: inside() },
});

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'agent-dreams-replace-'));
  await mkdir(inside('rules'), { recursive: true });
  await mkdir(outside());
  await writeFile(outside('own.md'), 'theirs\n');
});
afterEach(() => rm(base, { recursive: true, force: true }));

/** Nothing of ours came to the other place. */
async function expectOutsideUntouched(): Promise<void> {
  expect(await readdir(outside())).toEqual(['own.md']);
  expect(await readFile(outside('own.md'), 'utf8')).toBe('theirs\n');
}

it('makes, replaces and removes files, and keeps their mode', async () => {
  await writeFile(inside('rules/old.md'), 'old\n');
  await writeFile(inside('gone.md'), 'gone\n');
  await chmod(inside('rules/old.md'), 0o600);
  await replaceFiles([
    replacement('new/deep/a.md', null, 'a\n'),
    replacement('rules/old.md', 'old\n', 'new\n'),
    replacement('gone.md', 'gone\n', null),
    replacement('never/there.md', null, null),
  ]);
  expect(await readFile(inside('new/deep/a.md'), 'utf8')).toBe('a\n');
  expect(await readFile(inside('rules/old.md'), 'utf8')).toBe('new\n');
  expect((await lstat(inside('rules/old.md'))).mode & 0o777).toBe(0o600);
  expect((await readdir(inside())).sort()).toEqual(['new', 'rules']);
  expect(await readdir(inside('rules'))).toEqual(['old.md']);
});

it('takes back what it did where one of them cannot be done', async () => {
  await writeFile(inside('first.md'), 'one\n');
  await writeFile(inside('last.md'), 'somebody was faster\n');
  const files = [
    replacement('first.md', 'one\n', 'two\n'),
    replacement('made.md', null, 'made\n'),
    replacement('last.md', 'as shown\n', 'ours\n'),
  ];
  await expect(requireUnchanged(files)).rejects.toMatchObject({ code: 'conflict' });
  await expect(replaceFiles(files)).rejects.toMatchObject({ code: 'conflict' });
  expect(await readFile(inside('first.md'), 'utf8')).toBe('one\n');
  expect(await readFile(inside('last.md'), 'utf8')).toBe('somebody was faster\n');
  expect((await readdir(inside())).sort()).toEqual(['first.md', 'last.md', 'rules']);
});

it('does not make again what somebody deleted, with its folder', async () => {
  await rm(inside('rules'), { recursive: true });
  await expect(replaceFiles([replacement('rules/a.md', 'a\n', null)])).rejects.toMatchObject({ code: 'conflict' });
  await expect(replaceFiles([replacement('rules/a.md', 'a\n', 'b\n')])).rejects.toMatchObject({ code: 'conflict' });
  expect(await readdir(inside())).toEqual([]);
});

describe('what is put in place of a file or a folder after it was looked at', () => {
  it.each([
    [
      'a link in place of the folder',
      async () => {
        await rm(inside('rules'), { recursive: true });
        await symlink(outside(), inside('rules'));
      },
    ],
    ['a link in place of the file', () => symlink(outside('own.md'), inside('rules/own.md'))],
    ['a second name of a file elsewhere', () => link(outside('own.md'), inside('rules/own.md'))],
    ['a folder in place of the file', () => mkdir(inside('rules/own.md'))],
  ])('leads nowhere: %s', async (_what, plant) => {
    await plant();
    for (const [before, after] of [
      ['theirs\n', 'ours\n'],
      ['theirs\n', null],
      [null, 'ours\n'],
    ] as const) {
      const files = [replacement('rules/own.md', before, after)];
      await expect(requireUnchanged(files)).rejects.toMatchObject({ code: 'conflict' });
      await expect(replaceFiles(files)).rejects.toMatchObject({
        code: expect.stringMatching(/^(conflict|invalid-path|io)$/u) as string,
      });
    }
    await expectOutsideUntouched();
  });

  it.runIf(process.platform === 'linux')('leads nowhere while folder and link take turns', async () => {
    await symlink(outside(), inside('link'));
    const state = { on: true, turns: 0 };
    // A file may come into it in that moment.
    const clear = (name: string): Promise<void> =>
      rm(inside(name), { recursive: true, force: true }).catch(() => undefined);
    const turns = (async () => {
      for (; state.on; state.turns += 1) {
        await rename(inside('rules'), inside('aside'));
        // A folder that was made meanwhile would be in the way.
        await clear('rules');
        const swapped = await rename(inside('link'), inside('rules')).then(
          () => true,
          () => false,
        );
        if (swapped) await rename(inside('rules'), inside('link'));
        await clear('rules');
        await rename(inside('aside'), inside('rules')).catch(() => undefined);
        await clear('aside');
        await mkdir(inside('rules')).catch(() => undefined);
      }
    })();
    let written = 0;
    for (let round = 0; round < 400; round += 1) {
      const file = replacement(`rules/${round}.md`, null, 'ours\n');
      // With the link, or without a folder, it may fail or make one of its own; it may not lead out.
      await replaceFiles([file]).then(
        () => (written += 1),
        () => undefined,
      );
    }
    state.on = false;
    await turns;
    expect(state.turns).toBeGreaterThan(10);
    expect(written).toBeGreaterThan(0);
    await expectOutsideUntouched();
  });
});

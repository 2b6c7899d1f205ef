import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../../src/core/ports';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Every promise of the FileStore port that a fake can keep too: the one on disk and the one on a map are held to it. */
export function fileStoreContract(
  name: string,
  open: () => Promise<{ readonly files: FileStore; readonly close: () => Promise<void> }>,
): void {
  describe(`${name}, as a FileStore`, () => {
    let files: FileStore;
    let close: () => Promise<void>;
    beforeEach(async () => ({ files, close } = await open()));
    afterEach(() => close());

    const put = (path: string, text: string): Promise<void> => files.write(path, encoder.encode(text));
    const textAt = async (path: string): Promise<string | undefined> => {
      const bytes = await files.read(path);
      return bytes && decoder.decode(bytes);
    };

    it('reads what was written, making the folders on the way', async () => {
      await put('facts/a.md', 'one');
      expect(await textAt('facts/a.md')).toBe('one');
      await put('facts/a.md', 'two');
      expect(await textAt('facts/a.md')).toBe('two');
    });

    it('gives copies: changing what was read or written changes nothing in the store', async () => {
      const bytes = encoder.encode('abc');
      await files.write('a', bytes);
      bytes[0] = 0;
      const read = await files.read('a');
      if (read) read[1] = 0;
      expect(await textAt('a')).toBe('abc');
    });

    it('has nothing where nothing was written', async () => {
      expect(await files.read('no/such')).toBeUndefined();
      expect(await files.readRange('no/such', 0, 4)).toBeUndefined();
      expect(await files.stat('no/such')).toBeUndefined();
      expect(await files.list('no/such')).toEqual([]);
      expect(await files.list('')).toEqual([]);
      await files.remove('no/such');
      await files.syncDirectory('no/such');
      await expect(files.rename('no/such', 'a')).rejects.toMatchObject({ code: 'not-found' });
    });

    it('puts a skill where none is, moves it away, and can write to it in no other way', async () => {
      const skill = '.claude/skills/release/SKILL.md';
      await put('a', 'skill');
      expect(await files.read(skill)).toBeUndefined();
      expect(await files.moveNew('a', skill)).toBe(true);
      expect(await textAt(skill)).toBe('skill');
      expect(await files.stat(skill)).toMatchObject({ kind: 'file', size: 5 });
      await put('b', 'other');
      expect(await files.moveNew('b', skill)).toBe(false);
      for (const folder of ['.claude', '.claude/skills', '.claude/skills/release']) await files.syncDirectory(folder);
      const refused = { code: 'invalid-path' };
      await expect(put(skill, 'x')).rejects.toMatchObject(refused);
      await expect(files.append(skill, encoder.encode('x'))).rejects.toMatchObject(refused);
      await expect(files.rename('b', skill)).rejects.toMatchObject(refused);
      await expect(files.remove(skill)).rejects.toMatchObject(refused);
      await expect(files.list('.claude/skills')).rejects.toMatchObject(refused);
      await expect(files.read('.claude/settings.json')).rejects.toMatchObject(refused);
      await expect(files.moveNew('b', '.claude/settings.json')).rejects.toMatchObject(refused);
      await files.remove('.claude/skills/release');
      expect(await textAt(skill)).toBe('skill');
      await files.rename(skill, 'c');
      await files.remove('.claude/skills/release');
      expect(await textAt('c')).toBe('skill');
    });

    it('reads ranges, shorter where the file ends', async () => {
      await put('a', '0123456789');
      const range = async (start: number, length: number): Promise<string | undefined> => {
        const bytes = await files.readRange('a', start, length);
        return bytes && decoder.decode(bytes);
      };
      expect(await range(2, 3)).toBe('234');
      expect(await range(8, 10)).toBe('89');
      expect(await range(20, 4)).toBe('');
      expect(await range(3, 0)).toBe('');
    });

    it('refuses to read more than it is asked to', async () => {
      await put('a', '0123456789');
      await expect(files.read('a', { maxBytes: 9 })).rejects.toMatchObject({ code: 'too-large' });
      expect(await files.read('a', { maxBytes: 10 })).toHaveLength(10);
    });

    it('lists a folder in code-unit order, files and folders', async () => {
      for (const path of ['b', 'a/x', 'C', 'a/y/z', 'é']) await put(path, '');
      expect(await files.list('')).toEqual([
        { name: 'C', kind: 'file' },
        { name: 'a', kind: 'directory' },
        { name: 'b', kind: 'file' },
        { name: 'é', kind: 'file' },
      ]);
      expect(await files.list('a')).toEqual([
        { name: 'x', kind: 'file' },
        { name: 'y', kind: 'directory' },
      ]);
    });

    it('knows kind, size and links', async () => {
      await put('a/x', '12345');
      expect(await files.stat('a/x')).toMatchObject({ kind: 'file', size: 5, links: 1 });
      expect(await files.stat('a')).toMatchObject({ kind: 'directory' });
    });

    it('appends, also to nothing', async () => {
      await files.append('log/a', encoder.encode('1'));
      await files.append('log/a', encoder.encode('2'));
      expect(await textAt('log/a')).toBe('12');
    });

    it('renames over what is there, making the folders on the way', async () => {
      await put('new', 'new');
      await put('old/x', 'old');
      await files.rename('new', 'old/x');
      expect(await textAt('old/x')).toBe('new');
      expect(await files.stat('new')).toBeUndefined();
      await files.rename('old/x', 'p/q/r');
      expect(await textAt('p/q/r')).toBe('new');
    });

    it('moves to a new name only where nothing is', async () => {
      await put('new', 'new');
      await put('old/x', 'old');
      expect(await files.moveNew('new', 'old/x')).toBe(false);
      expect(await files.moveNew('new', 'old')).toBe(false);
      expect(await textAt('old/x')).toBe('old');
      expect(await textAt('new')).toBe('new');
      expect(await files.moveNew('new', 'p/q')).toBe(true);
      expect(await textAt('p/q')).toBe('new');
      expect(await files.stat('new')).toBeUndefined();
      expect(await files.stat('p/q')).toMatchObject({ links: 1 });
      await expect(files.moveNew('new', 'r')).rejects.toMatchObject({ code: 'not-found' });
    });

    it('removes files, and folders only when they are empty', async () => {
      await put('a/x', '1');
      await files.remove('a');
      expect(await textAt('a/x')).toBe('1');
      await files.remove('a/x');
      await files.remove('a');
      expect(await files.stat('a/x')).toBeUndefined();
      expect(await files.stat('a')).toBeUndefined();
    });

    it.each([
      ['', 'empty'],
      ['/etc/passwd', 'absolute'],
      ['../x', 'above'],
      ['a/../../x', 'above in between'],
      ['a/./x', 'dot'],
      ['a//x', 'empty segment'],
      ['a/', 'trailing slash'],
      ['C:/x', 'a drive'],
      ['a\\x', 'a backslash'],
      ['a:stream', 'an alternate stream'],
      ['nul', 'a device'],
      ['a/COM1.md', 'a device with extension'],
      ['a/x.', 'a trailing dot'],
      ['a/x ', 'a trailing space'],
      ['a\0b', 'a NUL'],
      ['a\u202Eb', 'a direction override'],
      ['e\u0301', 'not NFC'],
      ['.git/config', 'a folder of git'],
      ['a/GIT~1/x', 'its short name'],
      ['x'.repeat(300), 'too long a name'],
    ])('refuses the path %j (%s) in every call', async (path) => {
      const bytes = encoder.encode('x');
      const calls = [
        () => files.read(path),
        () => files.readRange(path, 0, 1),
        () => files.stat(path),
        () => files.write(path, bytes),
        () => files.append(path, bytes),
        () => files.rename('a', path),
        () => files.rename(path, 'a'),
        () => files.moveNew('a', path),
        () => files.moveNew(path, 'a'),
        () => files.remove(path),
        ...(path === '' ? [] : [() => files.list(path), () => files.syncDirectory(path)]),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'invalid-path' });
    });
  });
}

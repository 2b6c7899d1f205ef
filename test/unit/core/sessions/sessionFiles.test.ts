import { describe, expect, it } from 'vitest';
import { createFacts } from '../../../../src/core/sessions/facts';
import { joinFragments } from '../../../../src/core/sessions/joinFragments';
import { createSeenLines, seenNumbers } from '../../../../src/core/sessions/seenLines';
import type { SessionEntry, SessionHeader } from '../../../../src/core/sessions/session';
import { renderLine } from '../../../../src/core/sessions/sessionCodec';
import {
  listSessions,
  readingAhead,
  readSession,
  sessionPath,
  setSessionPrivate,
} from '../../../../src/core/sessions/sessionFiles';
import { createTally, toHeader } from '../../../../src/core/sessions/tally';
import { createFakePorts, nodeHasher, type FakePorts } from '../../../fakes/fakePorts';

const prompt: SessionEntry = { id: 'p', at: '', kind: 'prompt', text: 'do', pasted: [[0, 1]] };
const said = (id: string, text: string, messageId?: string): SessionEntry => ({
  id,
  at: '',
  kind: 'assistant',
  text,
  ...(messageId === undefined ? {} : { messageId }),
});

function header(id: string, endedAt = ''): SessionHeader {
  const facts = createFacts();
  if (endedAt !== '') facts.lastAt = facts.firstAt = Date.parse(endedAt);
  const origin = { id, source: '/l', earlierTokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 } };
  return toHeader({ ...origin, redactions: 0, private: false }, facts, createTally(), (text) => text);
}

function store(ports: FakePorts, head: SessionHeader, entries: readonly SessionEntry[]): void {
  ports.files.put(sessionPath(head.id), [head, ...entries].map(renderLine).join(''));
}

describe('captured sessions', () => {
  it('are listed by their headers, the latest first', async () => {
    const ports = createFakePorts();
    store(ports, header('a', '2026-11-01T00:00:00.000Z'), []);
    store(ports, header('b', '2026-11-02T00:00:00.000Z'), [prompt]);
    store(ports, header('c'), []);
    store(ports, header('d'), []);
    ports.files.put('.local/sessions/a.seen', 'xxxxxxxx');
    expect((await listSessions(ports)).map(({ id }) => id)).toEqual(['b', 'a', 'c', 'd']);
    expect(await listSessions(createFakePorts())).toEqual([]);
  });

  it('come back with every field', async () => {
    const ports = createFakePorts();
    const entries: SessionEntry[] = [
      prompt,
      { id: 'c', at: '', agent: 'x', kind: 'call', callId: '1', tool: 'Bash', input: { command: 'ls' } },
      {
        id: 'r',
        at: '',
        kind: 'result',
        callId: '1',
        ok: false,
        exitCode: 2,
        denied: { reason: 'n' },
        text: 't',
        cut: { bytes: 9, sha256: 'f' },
      },
      { id: 'i', at: '', kind: 'interrupt' },
      { id: 'k', at: '', kind: 'compaction', trigger: 'auto' },
      { id: 'm', at: '', kind: 'machine', label: 'hook', text: 'h' },
    ];
    store(ports, header('a'), entries);
    expect(await readSession(ports, 'a')).toEqual({ header: header('a'), entries });
  });

  it('are undefined if they were never captured, and refused if the id is no file name', async () => {
    expect(await readSession(createFakePorts(), 'none')).toBeUndefined();
    await expect(readSession(createFakePorts(), '../x')).rejects.toMatchObject({ code: 'invalid-path' });
  });

  it('leave out entries that cannot be read, and say so', async () => {
    const ports = createFakePorts();
    ports.files.put(
      sessionPath('a'),
      `${renderLine(header('a'))}{"kind":"prompt"}\nnot json\n${renderLine(prompt).trim()}`,
    );
    expect((await readSession(ports, 'a'))?.entries).toEqual([prompt]);
    expect(ports.logger.lines).toContainEqual({ level: 'warn', message: '2 entries of session a are unreadable' });
  });

  it.each([
    ['broken', 'no header\n'],
    ['empty', ''],
    ['of another session', renderLine(header('z'))],
    ['cut off', '{"format":1'],
  ])('are set aside when the header is %s', async (_, text) => {
    const ports = createFakePorts();
    ports.files.put(sessionPath('a'), text);
    expect(await listSessions(ports)).toEqual([]);
    expect([...ports.files.entries.keys()].some((path) => path.startsWith(`${sessionPath('a')}.broken-`))).toBe(true);
    expect(await readSession(ports, 'a')).toBeUndefined();
  });

  it('have headers longer than the first look', async () => {
    const ports = createFakePorts();
    const long = { ...header('a'), memoriesLoaded: Array.from({ length: 5_000 }, (_, i) => `/some/long/path/${i}`) };
    store(ports, long, [prompt]);
    expect(await listSessions(ports)).toEqual([long]);
  });

  it('are marked private and back, their entries untouched', async () => {
    const ports = createFakePorts();
    store(ports, header('a'), [prompt, said('x', 'y')]);
    await setSessionPrivate(ports, 'a', true);
    expect(await readSession(ports, 'a')).toEqual({
      header: { ...header('a'), private: true },
      entries: [prompt, said('x', 'y')],
    });
    const before = ports.files.calls.length;
    await setSessionPrivate(ports, 'a', true);
    expect(ports.files.calls).toHaveLength(before);
    await setSessionPrivate(ports, 'a', false);
    expect((await readSession(ports, 'a'))?.header).toEqual(header('a'));
    await expect(setSessionPrivate(ports, 'none', true)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('fragments of one message', () => {
  it('are joined where they are neighbours', () => {
    const entries = [
      said('1', 'a', 'm'),
      said('2', 'b', 'm'),
      prompt,
      said('3', 'c', 'm'),
      said('4', 'd'),
      said('5', 'e'),
    ];
    expect(joinFragments(entries)).toEqual([
      said('1', 'a\nb', 'm'),
      prompt,
      said('3', 'c', 'm'),
      said('4', 'd'),
      said('5', 'e'),
    ]);
  });
});

describe('seen lines', () => {
  it('tell new from repeated, here and elsewhere, and survive a round trip', () => {
    const seen = createSeenLines(nodeHasher(), [], new Map());
    expect([seen.note('a'), seen.note('a'), seen.note('b')]).toEqual(['new', 'again', 'new']);
    const numbers = seenNumbers(seen.toBytes());
    const later = createSeenLines(nodeHasher(), numbers, new Map());
    expect([later.note('b'), later.note('c')]).toEqual(['again', 'new']);
    const fork = createSeenLines(nodeHasher(), [], new Map(numbers.map((number) => [number, 'first'])));
    expect([fork.note('a'), fork.note('c')]).toEqual([{ session: 'first' }, 'new']);
    expect(seenNumbers(seen.toBytes().subarray(0, 12))).toHaveLength(1);
    expect(seen.size).toBe(2);
  });
});

describe('sessions read one after the other', () => {
  it('come as when each is read alone, small or large, whole, broken or missing', async () => {
    const ports = createFakePorts();
    const ids = Array.from({ length: 20 }, (_, index) => `s${index}`);
    for (const [index, id] of ids.entries()) {
      const text = index % 7 === 3 ? 'long '.repeat(200_000) : `said ${index}`;
      if (index !== 11) store(ports, header(id), [prompt, said('a', text)]);
    }
    ports.files.put(sessionPath('s12'), 'broken');
    const read = readingAhead(ports, ids);
    const together = [];
    for (const id of ids) together.push(await read(id));
    expect(together.map((session) => session?.header.id)).toEqual(
      ids.map((id) => (id === 's11' || id === 's12' ? undefined : id)),
    );
    for (const [index, id] of ids.entries()) expect(together[index]).toEqual(await readSession(ports, id));
  });

  it('can be left out, and asked for out of turn', async () => {
    const ports = createFakePorts();
    const ids = Array.from({ length: 10 }, (_, index) => `s${index}`);
    for (const id of ids) store(ports, header(id), [prompt]);
    const read = readingAhead(ports, ids);
    for (const id of ['s0', 's3', 's9', 's3', 's1']) expect((await read(id))?.header.id, id).toBe(id);
  });
});

describe('headers that are asked for again', () => {
  function counted(): { readonly ports: FakePorts; readonly reads: () => readonly string[] } {
    const ports = createFakePorts();
    for (const id of ['a', 'b', 'c']) store(ports, header(id), []);
    let read: string[] = [];
    const files = {
      ...ports.files,
      readRange: (path: string, start: number, length: number) => {
        read.push(path);
        return ports.files.readRange(path, start, length);
      },
    };
    const reads = (): readonly string[] => {
      const now = read;
      read = [];
      return now;
    };
    return { ports: { ...ports, files }, reads };
  }

  it('are read from files that changed only, and those of deleted files are gone', async () => {
    const { ports, reads } = counted();
    const first = await listSessions(ports);
    expect(reads()).toHaveLength(3);
    expect(await listSessions(ports)).toEqual(first);
    expect(reads()).toEqual([]);

    await setSessionPrivate(ports, 'b', true);
    await ports.files.remove(sessionPath('c'));
    reads();
    expect((await listSessions(ports)).map(({ id, private: hidden }) => [id, hidden === true])).toEqual([
      ['a', false],
      ['b', true],
    ]);
    expect(reads()).toEqual([sessionPath('b')]);
  });

  it('are redacted by what is known to be secret by then, and not looked through twice', async () => {
    const { ports } = counted();
    store(ports, { ...header('s'), title: 'About hunter2hunter2' }, []);
    let secret = 'nothing of the kind';
    let looks = 0;
    const clean = new Set<string>();
    const redactor = {
      redact: (text: string) => {
        looks += 1;
        return { text: text.replaceAll(secret, '[redacted]'), rules: [] };
      },
      look: (content: Uint8Array) => {
        const key = `${secret} ${ports.hasher.sha256(content)}`;
        return { clean: clean.has(key), keep: () => void clean.add(key) };
      },
    };
    const titleNow = async (): Promise<string | undefined> =>
      (await listSessions({ ...ports, redactor })).find(({ id }) => id === 's')?.title;
    expect(await titleNow()).toBe('About hunter2hunter2');
    expect(looks).toBeGreaterThan(0);
    looks = 0;
    expect(await titleNow()).toBe('About hunter2hunter2');
    expect(looks).toBe(0);
    secret = 'hunter2hunter2';
    expect(await titleNow()).toBe('About [redacted]');
  });
});

import { describe, expect, it } from 'vitest';
import { generate } from '../../../../bench/planted/generate';

const folderOf = (name: string): string => `/home/dev/${name}`;
const flat = (text: string): string => text.toLowerCase().replace(/\s+/gu, ' ');

describe.each(['dev', 'test'] as const)('the planted corpus, %s split', (split) => {
  const projects = generate(split, folderOf);

  it('is the same every time', () => {
    expect(JSON.stringify(generate(split, folderOf))).toBe(JSON.stringify(projects));
  });

  it('holds lines that are JSON and a chain: every parent stands before its child', () => {
    for (const { logs } of projects) {
      for (const { path, text } of logs.filter((log) => log.path.endsWith('.jsonl'))) {
        const seen = new Set<string>();
        for (const line of text.trimEnd().split('\n')) {
          const { uuid, parentUuid } = JSON.parse(line) as { uuid?: string; parentUuid?: string | null };
          if (typeof parentUuid === 'string') expect(seen, path).toContain(parentUuid);
          if (uuid !== undefined) seen.add(uuid);
        }
      }
    }
  });

  it('says what its truths need, in the sessions that they name', () => {
    for (const { logs, truths, store, files } of projects) {
      for (const truth of truths.filter(({ verdict }) => verdict !== 'never')) {
        const texts = logs
          .filter(({ path }) => truth.sessions.length === 0 || truth.sessions.some((id) => path.startsWith(id)))
          .map(({ text }) => text.replace(/\\"/gu, '"'));
        const all = flat([...texts, JSON.stringify(store), Object.keys(files).join(' ')].join('\n'));
        for (const group of truth.tokens) {
          expect(
            group.some((word) => all.includes(flat(word))),
            `${truth.id} ${group.join('|')}`,
          ).toBe(true);
        }
      }
    }
  });

  it('tells nothing of the truth in the logs', () => {
    for (const { logs, name } of projects) {
      for (const { text } of logs) expect(/"verdict"|decoy-|"rule-(?:ban|order)/u.test(text), name).toBe(false);
    }
  });

  it('has memories only where its truths name them', () => {
    for (const { truths, store } of projects) {
      const paths = store.map(({ path }) => path);
      for (const { memory } of truths) if (memory !== undefined) expect(paths).toContain(memory);
    }
  });
});

describe('the two splits', () => {
  const dev = generate('dev', folderOf);
  const test = generate('test', folderOf);

  it('share no project and no type of project', () => {
    const types = new Set(dev.map(({ type }) => type));
    expect(test.filter(({ type }) => types.has(type))).toEqual([]);
  });

  it('share no statement', () => {
    const said = new Set(
      dev.flatMap(({ truths }) => truths.filter(({ kind }) => kind.startsWith('rule')).map((one) => one.statement)),
    );
    const again = test.flatMap(({ truths }) => truths).filter(({ statement }) => said.has(statement));
    expect(again.map(({ statement }) => statement)).toEqual([]);
  });

  it('are as large as they should be', () => {
    expect(test.reduce((sum, { sessions }) => sum + sessions, 0)).toBeGreaterThanOrEqual(200);
    expect(new Set(test.map(({ type }) => type)).size).toBeGreaterThanOrEqual(20);
    expect(test.filter(({ nothing }) => nothing).length).toBeGreaterThanOrEqual(4);
  });
});

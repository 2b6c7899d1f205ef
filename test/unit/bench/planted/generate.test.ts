import { describe, expect, it } from 'vitest';
import { generate } from '../../../../bench/planted/generate';
import type { Phrases } from '../../../../bench/planted/phrases';
import { DEV_PHRASES } from '../../../../bench/planted/phrasesDev';
import { TEST_PHRASES } from '../../../../bench/planted/phrasesTest';
import { VALIDATION_PHRASES } from '../../../../bench/planted/phrasesValidation';
import { readMarks } from '../../../../bench/planted/truth';

const folderOf = (name: string): string => `/home/dev/${name}`;
/** Decoys that are something done, and have a statement for people only. */
const SHOWN_BY_DEED = new Set(
  ['flaky', 'harness', 'exploration', 'generic', 'code-fix', 'obvious-pair', 'wrong-claim'].map(
    (kind) => `decoy-${kind}`,
  ),
);
const flat = (text: string): string => text.toLowerCase().replace(/\s+/gu, ' ');

const splits = {
  dev: { phrases: DEV_PHRASES, projects: generate('dev', folderOf) },
  validation: { phrases: VALIDATION_PHRASES, projects: generate('validation', folderOf) },
  test: { phrases: TEST_PHRASES, projects: generate('test', folderOf) },
};

describe.each(['dev', 'validation', 'test'] as const)('the planted corpus, %s split', (split) => {
  const { projects } = splits[split];

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

/** Everything that anybody says in a split: frames, contents, sentences. */
function sentencesOf(phrases: Phrases): readonly string[] {
  const { nags, silent, refusals, choices, turnFrames, turns, claims, decoys, foreign, ...lists } = phrases;
  return [
    ...Object.values(lists).flatMap((list) => list.map((one) => (typeof one === 'string' ? one : one.join(' / ')))),
    ...[...nags, ...silent, ...refusals].flatMap(({ says }) => says),
    ...choices.map(({ chosen, other }) => `${chosen} / ${other}`),
    ...turnFrames.flat(),
    ...turns.map(({ rule }) => rule),
    ...claims.flatMap(({ claim, correction }) => [claim, correction]),
    ...decoys.map(({ text }) => text),
    ...foreign.flatMap((one) => [...one.frames, ...one.rules, ...one.decoys, one.task]),
  ].map((text) =>
    flat(readMarks(text).text)
      .replace(/[^\p{L}\p{N}{}]+/gu, ' ')
      .trim(),
  );
}

describe.each([
  ['dev', 'validation'],
  ['dev', 'test'],
  ['validation', 'test'],
] as const)('the splits %s and %s', (one, two) => {
  it('share no project and no type of project', () => {
    const types = new Set(splits[one].projects.flatMap(({ type, name }) => [type, name]));
    expect(splits[two].projects.filter(({ type, name }) => types.has(type) || types.has(name))).toEqual([]);
  });

  it('share no sentence', () => {
    const said = new Set(sentencesOf(splits[one].phrases));
    expect(sentencesOf(splits[two].phrases).filter((sentence) => said.has(sentence))).toEqual([]);
  });

  it('share no statement', () => {
    const rulesOf = (split: 'dev' | 'validation' | 'test'): readonly string[] =>
      splits[split].projects.flatMap(({ truths }) =>
        truths.filter(({ kind }) => kind.startsWith('rule')).map(({ statement }) => statement),
      );
    const said = new Set(rulesOf(one));
    expect(rulesOf(two).filter((statement) => said.has(statement))).toEqual([]);
  });
});

describe.each(['dev', 'validation', 'test'] as const)('the phrases of the %s split', (split) => {
  const { phrases, projects } = splits[split];

  it('hold the words by which a correction is known in each of its sentences', () => {
    for (const { says, must } of [...phrases.nags, ...phrases.silent, ...phrases.refusals]) {
      for (const sentence of says) {
        const missing = must.filter((word) => !flat(sentence).includes(flat(word)));
        expect(missing, sentence).toEqual([]);
      }
    }
    for (const { correction, right, wrong } of phrases.claims) {
      expect([right, wrong].filter((word) => !correction.includes(word))).toEqual([]);
    }
  });

  it('hold the words by which a rule is known in the rule itself', () => {
    const stated = projects
      .flatMap(({ truths }) => truths)
      .filter(({ kind }) => /^(?:rule-|preference|fact|decision|decoy-(?!agent|plan))/u.test(kind));
    for (const { statement, tokens, kind } of stated.filter(({ kind: one }) => !SHOWN_BY_DEED.has(one))) {
      const missing = tokens.filter((group) => !group.some((word) => flat(statement).includes(flat(word))));
      expect(missing, `${kind} ${statement}`).toEqual([]);
    }
  });

  it('name words by which each rule and fact is known', () => {
    for (const sentence of [...phrases.rules, ...phrases.bans, ...phrases.facts, ...phrases.wholeOrders]) {
      expect(readMarks(sentence).tokens.length, sentence).toBeGreaterThan(0);
    }
  });
});

describe.each(['validation', 'test'] as const)('the %s split', (split) => {
  const { projects } = splits[split];

  it('is as large as it should be', () => {
    expect(projects.reduce((sum, { sessions }) => sum + sessions, 0)).toBeGreaterThanOrEqual(200);
    expect(new Set(projects.map(({ type }) => type)).size).toBeGreaterThanOrEqual(20);
    expect(projects.filter(({ nothing }) => nothing).length).toBeGreaterThanOrEqual(4);
    const musts = projects.flatMap(({ truths }) => truths).filter(({ verdict }) => verdict === 'must');
    expect(musts.length).toBeGreaterThanOrEqual(300);
  });

  it('speaks seven languages', () => {
    const languages = new Set(projects.flatMap(({ truths }) => truths).map(({ language }) => language));
    expect([...languages].sort()).toEqual(['de', 'en', 'es', 'fr', 'ja', 'pt', 'zh']);
  });
});

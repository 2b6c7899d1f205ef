import { describe, expect, it } from 'vitest';
import type { ModelReply } from '../../../../../src/core/model/languageModel';
import { parseSchema } from '../../../../../src/core/memory/schema';
import { updateState } from '../../../../../src/core/state/localState';
import { answer, createFakeModel, nothing, USAGE, type FakeModel } from '../../../../fakes/fakeModel';
import { createWorld, type World } from '../dreamWorld';
import {
  change,
  completed,
  dreamWith,
  finding,
  paths,
  portal,
  portalChange,
  portalFinding,
  reasons,
  says,
  session,
} from './modelWorld';

const RULES = [
  'from now on name every migration after its ticket',
  'always run the linter before each commit',
  'never touch the vendor folder by hand',
  'in this project we always round money half to even',
];
const sessions = RULES.map((rule, at) => session(`s${at}`, String(at + 10), rule));

/** Finds the rule of each session, and answers so about the changes. */
const asked = (about: (prompt: string, nth: number) => ModelReply): FakeModel => {
  let nth = 0;
  return createFakeModel((request) => {
    if (request.role === 'consolidate') return about(request.prompt, nth++);
    return answer({ findings: RULES.filter((rule) => request.prompt.includes(rule)).map((rule) => finding(0, rule)) });
  });
};
const added = (prompt: string): ModelReply =>
  answer({
    changes: [...prompt.matchAll(/^\[(f\d+)\].*\n (.+)$/gmu)].map((match) =>
      change({ findings: [match[1]], name: match[2], description: match[2], text: `${match[2] ?? ''}.` }),
    ),
  });
const changeRequests = (model: FakeModel): number => model.requests.filter(({ role }) => role === 'consolidate').length;

describe('a question about changes', () => {
  it('is asked in halves where the answer was cut off, and not again by the next dream', async () => {
    const world = createWorld({ sessions });
    const model = asked((prompt) =>
      prompt.match(/^\[f\d+\]/gmu)!.length > 2 ? { kind: 'truncated', usage: USAGE, model: '' } : added(prompt),
    );
    expect(paths(await dreamWith(world, model))).toHaveLength(4);
    expect(changeRequests(model)).toBe(3);
  });

  it('goes on where a dream was stopped in the middle of it', async () => {
    const world = createWorld({ sessions });
    const signal = { aborted: false };
    const first = asked((prompt, nth) => {
      if (nth === 1) signal.aborted = true;
      return prompt.match(/^\[f\d+\]/gmu)!.length > 2 ? { kind: 'truncated', usage: USAGE, model: '' } : added(prompt);
    });
    expect((await dreamWith(world, first, { signal })).kind).toBe('canceled');
    const second = asked(added);
    expect(paths(await dreamWith(world, second))).toHaveLength(4);
    expect(second.requests.map(({ role }) => role)).toEqual(['consolidate']);
  });

  it.each<[string, ModelReply, RegExp, number]>([
    ['refused', { kind: 'refused', reason: 'no', usage: USAGE, model: '' }, /would not answer: no/u, 1],
    ['unreadable', { kind: 'unreadable', usage: USAGE, model: '' }, /could not be read, twice/u, 2],
    ['of another shape', answer([]), /could not be read, twice/u, 2],
    [
      'too long, whatever is left out',
      { kind: 'truncated', usage: USAGE, model: '' },
      /cannot be split any further/u,
      7,
    ],
  ])('is dismissed with its findings where the answer is %s', async (_, reply, reason, requests) => {
    const model = asked(() => reply);
    const outcome = await dreamWith(createWorld({ sessions }), model);
    expect(paths(outcome)).toEqual([]);
    expect(reasons(outcome)[0]).toMatch(reason);
    expect(changeRequests(model)).toBe(requests);
  });
});

describe('what the model is told besides', () => {
  it('is what was rejected before, in the words of the proposal and with the reason', async () => {
    const world: World = createWorld({ sessions: [portal] });
    const { proposal } = completed(await dreamWith(world, createFakeModel(says([portalFinding], [portalChange]))));
    const [rejected] = proposal.changes;
    await updateState(world, (state) => ({
      ...state,
      rejected: {
        [rejected!.fingerprint]: {
          at: '2026-11-21',
          dream: proposal.id,
          change: rejected!.id,
          reason: 'too obvious',
          evidence: [],
        },
        other: { at: '2026-11-20', dream: '../../x', change: 'y', reason: '', evidence: [] },
      },
    }));
    const later = createFakeModel();
    await dreamWith(createWorldWith(world), later);
    expect(later.requests[0]?.system).toContain('- Name every migration after its ticket (too obvious)');
  });

  it('are the categories that are switched on; without any it is not asked', async () => {
    const schema = (enabled: boolean): string =>
      `---\ncategories:\n  facts:\n    enabled: ${enabled}\n    description: What is so\n    ignore: ["weather"]\n---\nBe brief.\n`;
    expect(parseSchema(schema(true)).categories).toHaveLength(1);
    const model = createFakeModel(nothing);
    await dreamWith(createWorld({ sessions: [portal], files: { 'schema.md': schema(true) } }), model);
    expect(model.requests[0]?.system).toContain('- facts: What is so Leave out: weather.');
    expect(model.requests[0]?.system).toContain('Be brief.');
    const silent = createFakeModel();
    await dreamWith(createWorld({ sessions: [portal], files: { 'schema.md': schema(false) } }), silent);
    expect(silent.requests).toEqual([]);
  });
});

/** The same store with one more session. */
function createWorldWith(world: World): World {
  const more = session('s9', '20', 'please look at the other thing');
  world.files.put(
    '.local/sessions/s9.jsonl',
    [more.header, ...more.entries].map((one) => `${JSON.stringify(one)}\n`).join(''),
  );
  return world;
}

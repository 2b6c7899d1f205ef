import { describe, expect, it } from 'vitest';
import { extractSystem } from '../../../../../src/core/dream/model/extractContext';
import { CONSOLIDATE_PROMPT } from '../../../../../src/core/dream/prompts/consolidate';
import { EXTRACT_PROMPT } from '../../../../../src/core/dream/prompts/extract';
import { rendered } from '../../../../../src/core/dream/prompts/prompt';
import { STORE_PROMPT } from '../../../../../src/core/dream/prompts/store';
import { parseMemory } from '../../../../../src/core/memory/codec';
import { createFakeModel } from '../../../../fakes/fakeModel';
import { createFakePorts, nodeHasher } from '../../../../fakes/fakePorts';
import { acceptFile, createWorld } from '../dreamWorld';
import { plainSchema } from '../offline/mine';
import { completed, dreamWith, paths, portal, portalChange, portalFinding, says } from './modelWorld';

/**
 * The words of each version. Whoever changes a prompt raises its version, or what was kept under the old words would be
 * taken for an answer to the new ones, and then puts the new hash here.
 */
const WORDS: Readonly<Record<string, string>> = {
  'extract 1': '35c1cede898b081c',
  'consolidate 1': '9b3ece6d095f9c77',
  'store 1': '3d02c666f52d0840',
};

describe.each([EXTRACT_PROMPT, CONSOLIDATE_PROMPT, STORE_PROMPT])('the prompt $name', (prompt) => {
  it('has the words of its version', () => {
    const words = `${rendered(prompt)}\n${prompt.question}`;
    expect(nodeHasher().sha256(words).slice(0, 16)).toBe(WORDS[`${prompt.name} ${prompt.version}`]);
  });

  it('gives a reason for every rule, and none twice', () => {
    for (const { rule, because } of prompt.rules) {
      expect(rule.length).toBeGreaterThan(20);
      expect(because.length).toBeGreaterThan(20);
    }
    expect(new Set(prompt.rules.map(({ rule }) => rule)).size).toBe(prompt.rules.length);
  });
});

describe('the shared beginning', () => {
  it('tells categories, memories and wishes, and fits a small window', () => {
    const context = {
      schema: plainSchema(),
      memories: [],
      rejections: [],
      instructions: 'look at tests',
      window: 9_000,
    };
    const text = extractSystem(context, nodeHasher());
    expect(text).toContain('- pitfalls: ');
    expect(text).toContain('What the user asks of this run:\nlook at tests');
    expect(text.length).toBeLessThan(9_000);
  });

  it('lists no archived memory, and as many of the others as there is room for', () => {
    const ports = createFakePorts();
    const memories = ['archive/facts/old.md', ...Array.from({ length: 400 }, (_, at) => `facts/fact-${at}.md`)].map(
      (path) => {
        const parsed = parseMemory(
          path,
          ports.text.encode(`---\ndescription: ${'word '.repeat(30)}\n---\nIt.\n`),
          ports,
        );
        if (!parsed.ok) throw new Error(parsed.problem.reason);
        return parsed.memory;
      },
    );
    const context = { schema: plainSchema(), memories, rejections: [], instructions: '' };
    const lines = (window: number): number =>
      extractSystem({ ...context, window }, nodeHasher()).match(/^facts\/fact-/gmu)?.length ?? 0;
    expect(lines(200_000)).toBeGreaterThan(100);
    expect(lines(200_000)).toBeLessThan(200);
    expect(lines(10_000)).toBeLessThan(40);
    expect(extractSystem({ ...context, window: 200_000 }, nodeHasher())).not.toContain('facts/old');
  });

  it('leaves out nothing of the memories that there is room for, and says what was rejected and why', () => {
    const rejections = [{ title: 'Use tabs', reason: 'we use spaces' }];
    const context = { schema: plainSchema(), memories: [], rejections, instructions: '', window: 200_000 };
    expect(extractSystem(context, nodeHasher())).toContain('- Use tabs (we use spaces)');
  });
});

describe('a recorded dream', () => {
  /** Requests and answers as they went, so that a change of what is sent is seen. */
  it('is replayed to the same requests and the same proposal', async () => {
    const world = createWorld({ sessions: [portal] });
    await acceptFile(
      world,
      'facts/staging.md',
      '---\nname: staging\ndescription: Staging is called heron\n---\nThe staging host is called heron.\n',
    );
    const model = createFakeModel(says([portalFinding], [portalChange]));
    const outcome = completed(await dreamWith(world, model));
    const plain = (text: string): string => text.replace(/document-[0-9a-f]{20}/gu, 'document-#');
    expect(model.requests.map(({ key, role, prompt }) => [key, role, plain(prompt)])).toMatchInlineSnapshot(`
      [
        [
          "extract-da6312788d32903ad277712751795c1934dbda56",
          "extract",
          "<document-# index="1" source="part of a session">
      # session of 2026-11-01
      ## beat 1, unknown
      [0 user] from now on name every migration after its ticket
      [1 agent] I will.
      # the session ended as unknown
      </document-#>

      Which findings does this part of the session hold?",
        ],
        [
          "consolidate-b2d671d9047295b239ee0d8f49e260a4d3cbd1eb",
          "consolidate",
          "<document-# index="1" source="findings">
      [f1] new, conventions, project
       from now on name every migration after its ticket
       - user, 2026-11-01: “from now on name every migration after its ticket”
      </document-#>

      <document-# index="2" source="memories on these topics">
      (none)
      </document-#>

      Which changes do these findings call for?",
        ],
      ]
    `);
    expect(plain(model.requests[0]?.system ?? '')).toMatch(
      /<document-# index="1" source="memories that exist">\nfacts\/staging: Staging is called heron\n<\/document-#>$/u,
    );
    expect(paths(outcome)).toEqual(['conventions/migration-names.md']);
  });
});

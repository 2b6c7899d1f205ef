import { describe, expect, it } from 'vitest';
import { readJournal, verifyJournal } from '../../../../src/core/history/journal';
import { applyTransaction } from '../../../../src/core/history/transaction';
import { createMemory } from '../../../../src/core/memory/newMemory';
import { acceptChange, undoLastDecision } from '../../../../src/core/review/review';
import { acceptSkill, offerSkill, rejectSkill, type SkillOffer } from '../../../../src/core/skills/skillExport';
import type { FakePorts } from '../../../fakes/fakePorts';
import { actions, change, putDream } from '../review/dreamt';
import { accepted, BODY, memoryOf, RELEASE, runs, SKILL, workflow } from './workflow';

async function offered(ports: FakePorts, source = RELEASE): Promise<SkillOffer> {
  const offer = await offerSkill(ports, source);
  if (typeof offer === 'string') throw new Error(offer);
  return offer;
}

const seen = ({ source, currentSha256, proposedSha256 }: SkillOffer) => ({
  source,
  current: currentSha256,
  proposed: proposedSha256,
});

/** Shows it and says yes to all that is asked. */
async function exported(ports: FakePorts): Promise<SkillOffer> {
  const offer = await offered(ports);
  expect(await acceptSkill(ports, seen(offer), offer.confirmation)).toEqual({ kind: 'done', path: SKILL });
  return offer;
}

describe('a strong workflow as a skill', () => {
  it('is offered without a question where nothing stands in its place', async () => {
    const ports = await accepted();
    expect(await offered(ports)).toMatchObject({
      path: SKILL,
      current: '',
      currentSha256: null,
      standing: 'new',
      asked: [],
    });
    expect(ports.files.text(SKILL)).toBeUndefined();
  });

  it('is written as it was shown, and in the journal with the words of it', async () => {
    const ports = await accepted();
    const { proposed } = await exported(ports);
    expect(ports.files.text(SKILL)).toBe(proposed);
    const { lines } = await readJournal(ports);
    expect(lines.at(-1)).toMatchObject({ actor: 'user', action: 'export', files: [{ path: SKILL, before: null }] });
    expect(await verifyJournal(ports)).toBe(true);
    const payload = lines.at(-1)?.payload ?? '';
    const told = ports.files.text(`.local/snapshots/payloads/${payload.slice(0, 2)}/${payload.slice(2)}.json`) ?? '';
    expect(JSON.parse(told)).toMatchObject({
      note: RELEASE,
      evidence: [{ kind: 'memory', path: RELEASE }],
      diffs: [{ path: SKILL, diff: expect.stringContaining('+## Steps') as string }],
    });
  });

  it('is nothing to do where it stands there already', async () => {
    const ports = await accepted();
    await exported(ports);
    const again = await offered(ports);
    expect(again).toMatchObject({ standing: 'same', asked: [] });
    expect(await acceptSkill(ports, seen(again))).toEqual({ kind: 'nothing', path: SKILL });
  });

  it('follows its memory without a question, as long as nobody else touched it', async () => {
    const ports = await accepted();
    await exported(ports);
    const dream = putDream(ports, 'dreamb', [
      change(
        'more',
        [
          {
            path: RELEASE,
            before: memoryOf(RELEASE, BODY),
            after: memoryOf(RELEASE, `${BODY}\n4. Run \`npm run tell\``),
          },
        ],
        { trust: 'observed', evidence: runs(6), score: workflow().score! },
      ),
    ]);
    await acceptChange(ports, { dream, change: change('more', workflow().files).id });
    const offer = await offered(ports);
    expect(offer).toMatchObject({ standing: 'ours', asked: [] });
    expect(await acceptSkill(ports, seen(offer))).toMatchObject({ kind: 'done' });
    expect(ports.files.text(SKILL)).toContain('4. Run `npm run tell`');
  });
});

describe('a skill that somebody wrote by hand', () => {
  it('is shown beside ours and replaced only after a yes to just that', async () => {
    const ports = await accepted();
    ports.files.put(SKILL, 'mine\n');
    const offer = await offered(ports);
    expect(offer).toMatchObject({ standing: 'foreign', current: 'mine\n', confirmation: 'Confirmed: replaces' });
    expect(await acceptSkill(ports, seen(offer))).toEqual({ kind: 'refused', path: SKILL, reason: 'unconfirmed' });
    expect(ports.files.text(SKILL)).toBe('mine\n');
    expect(await acceptSkill(ports, seen(offer), 'Confirmed: replaces')).toMatchObject({ kind: 'done' });
  });

  it('counts as such also where it was ours and was changed since', async () => {
    const ports = await accepted();
    const { proposed } = await exported(ports);
    ports.files.put(SKILL, `${proposed}\nAnd mind the gap.\n`);
    expect(await offered(ports)).toMatchObject({ standing: 'foreign' });
  });

  it('is never overwritten where it changed after it was shown', async () => {
    const ports = await accepted();
    const offer = await offered(ports);
    ports.files.put(SKILL, 'just now\n');
    expect(await acceptSkill(ports, seen(offer))).toEqual({ kind: 'conflict', path: SKILL });
    expect(ports.files.text(SKILL)).toBe('just now\n');
  });

  it('comes back to the byte, also where it is no text', async () => {
    const ports = await accepted();
    const bytes = new Uint8Array([0xff, 0xfe, 0x00, 0x0d, 0x0a]);
    ports.files.entries.set(SKILL, bytes);
    await exported(ports);
    expect(await undoLastDecision(ports)).toEqual({ kind: 'withdrawn', path: SKILL });
    expect(ports.files.entries.get(SKILL)).toEqual(bytes);
  });
});

describe('taking an export back', () => {
  it('removes what was new', async () => {
    const ports = await accepted();
    await exported(ports);
    expect(await undoLastDecision(ports)).toEqual({ kind: 'withdrawn', path: SKILL });
    expect(ports.files.text(SKILL)).toBeUndefined();
    expect(await actions(ports)).toEqual(['accept', 'export', 'withdraw']);
    expect(await verifyJournal(ports)).toBe(true);
  });

  it('goes on to the decisions before it, each once', async () => {
    const ports = await accepted();
    await exported(ports);
    await undoLastDecision(ports);
    expect(await undoLastDecision(ports)).toMatchObject({ kind: 'done', written: [RELEASE] });
    expect(await undoLastDecision(ports)).toMatchObject({ kind: 'nothing' });
  });

  it('comes after what was decided since', async () => {
    const ports = await accepted();
    await exported(ports);
    const later = change('later', [{ path: 'facts/x.md', before: null, after: memoryOf('facts/x.md', 'X.') }]);
    const dream = putDream(ports, 'dreamb', [later]);
    await acceptChange(ports, { dream, change: later.id });
    expect(await undoLastDecision(ports)).toMatchObject({ kind: 'done', dream });
    expect(await undoLastDecision(ports)).toEqual({ kind: 'withdrawn', path: SKILL });
  });

  it('leaves a skill alone that changed since', async () => {
    const ports = await accepted();
    await exported(ports);
    ports.files.put(SKILL, 'changed\n');
    expect(await undoLastDecision(ports)).toEqual({ kind: 'conflict', path: SKILL });
    expect(ports.files.text(SKILL)).toBe('changed\n');
  });
});

describe('what is asked before a skill is written', () => {
  it('is its weakness, with what speaks for it', async () => {
    const ports = await accepted(workflow({ evidence: runs(3) }));
    const offer = await offered(ports);
    expect(offer.asked).toEqual([
      {
        kind: 'weak',
        message: 'Little speaks for it as a skill (3 sessions, 100 % of them well, 3 steps): it lacks sessions.',
      },
    ]);
    expect(await acceptSkill(ports, seen(offer), 'Confirmed: replaces')).toMatchObject({ reason: 'unconfirmed' });
    expect(await acceptSkill(ports, seen(offer), 'Confirmed: weak')).toMatchObject({ kind: 'done' });
  });

  it('is every risky step of it, whoever vouches for the memory', async () => {
    const ports = await accepted(workflow({}, `${BODY}\n4. Run \`git push --force\``));
    expect((await offered(ports)).confirmation).toBe('Confirmed: executes');
  });

  it('is where it comes from, if no person said it', async () => {
    const said = { kind: 'quote', session: 's1', entry: 'e', by: 'file', quote: 'x', at: '' } as const;
    const ports = await accepted(workflow({ trust: 'file', evidence: [...runs(6), said] }));
    expect((await offered(ports)).asked.map(({ kind }) => kind)).toEqual(['quarantined', 'weak']);
  });
});

describe('no skill is offered', () => {
  it('for a memory that this user did not accept as it stands', async () => {
    const ports = await accepted();
    ports.files.put(RELEASE, memoryOf(RELEASE, `${BODY}\n4. Run something else`));
    expect(await offerSkill(ports, RELEASE)).toBe('not-accepted');
    expect(await offerSkill(ports, 'workflows/none.md')).toBe('not-accepted');
  });

  it('for what is only one person’s: a skill speaks to all', async () => {
    const ports = await accepted();
    const path = '.local/personal/workflows/mine.md';
    await createMemory(ports, { path, description: 'Mine', body: BODY }, []);
    expect(await offerSkill(ports, path)).toBe('not-team');
  });

  it('for a memory without steps', async () => {
    expect(await offerSkill(await accepted(workflow({}, 'Care.')), RELEASE)).toBe('no-steps');
  });
});

describe('the way out of the store', () => {
  it('hides nothing: what a skill would hide is refused', async () => {
    const ports = await accepted();
    const hiding = `${BODY}\nPlain\u{E0041}\u{E0042} words.`;
    const bytes = ports.text.encode(memoryOf(RELEASE, hiding));
    const expected = ports.hasher.sha256((await ports.files.read(RELEASE)) ?? '');
    await applyTransaction(ports, {
      writes: [{ path: RELEASE, expected, bytes }],
      event: { actor: 'user', action: 'keep', evidence: [] },
    });
    const offer = await offered(ports);
    expect(await acceptSkill(ports, seen(offer), offer.confirmation)).toMatchObject({
      kind: 'refused',
      reason: 'hidden-text',
    });
    expect(ports.files.text(SKILL)).toBeUndefined();
  });

  it('is open to an export alone: no decision about memories can name a skill', async () => {
    const ports = await accepted();
    const writes = [{ path: SKILL, expected: null, bytes: ports.text.encode('x') }];
    for (const action of ['accept', 'edit', 'undo', 'restore'] as const)
      await expect(
        applyTransaction(ports, { writes, event: { actor: 'user', action, evidence: [] } }),
      ).rejects.toMatchObject({
        code: 'invalid-path',
      });
  });

  it('is closed to a proposal that names a skill', async () => {
    const ports = await accepted();
    const planted = change('planted', [{ path: SKILL, before: null, after: memoryOf(SKILL, BODY) }]);
    const dream = putDream(ports, 'dreamb', [planted]);
    const result = await acceptChange(ports, { dream, change: planted.id }).catch((error: unknown) => error);
    expect(result).not.toMatchObject({ kind: 'done' });
    expect(ports.files.text(SKILL)).toBeUndefined();
  });

  it('leads to a skill’s own file and nowhere else', async () => {
    const ports = await accepted();
    for (const path of [
      '.claude/settings.json',
      '.claude/skills/x/other.md',
      '.claude/skills/../settings.json',
      '.claude/skills/x/y/SKILL.md',
      '.claude/skills/.x/SKILL.md',
      '.claude/skills/X/SKILL.md',
      '.claude/skills/con/SKILL.md',
      '.claude/skills/claude-x/SKILL.md',
      '.claude/skills/x/SKILL.md/',
      '.claude/agents/x/SKILL.md',
    ]) {
      const event = { actor: 'user', action: 'export', evidence: [] } as const;
      const writes = [{ path, expected: null, bytes: ports.text.encode('x') }];
      await expect(applyTransaction(ports, { writes, event }), path).rejects.toMatchObject({ code: 'invalid-path' });
    }
  });
});

describe('a skill that is not wanted', () => {
  it('is in the journal, and nowhere else', async () => {
    const ports = await accepted();
    await rejectSkill(ports, { source: RELEASE });
    expect(await actions(ports)).toEqual(['accept', 'reject']);
    expect(ports.files.text(SKILL)).toBeUndefined();
  });
});

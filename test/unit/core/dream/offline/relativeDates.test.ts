import { describe, expect, it } from 'vitest';
import { absolute, relativeDatesMiner } from '../../../../../src/core/dream/offline/relativeDates';
import { memoryOf, mine } from './mine';

/** A Monday. */
const created = '2026-11-02';

describe('a word of time, in a memory made on Monday, 2026-11-02', () => {
  it.each([
    ['Yesterday we moved to Node 24.', 'Yesterday (2026-11-01) we moved to Node 24.'],
    ['The freeze starts today.', 'The freeze starts today (2026-11-02).'],
    ['The token expires tomorrow', 'The token expires tomorrow (2026-11-03)'],
    ['CI moved last week.', 'CI moved last week (2026-10-26–2026-11-01).'],
    ['The cut is next Monday.', 'The cut is next Monday (2026-11-09).'],
    ['It broke last Friday.', 'It broke last Friday (2026-10-30).'],
    ['No features this sprint.', 'No features this sprint (2026-11-02).'],
    ['The old API goes away this month.', 'The old API goes away this month (2026-11).'],
    ['It was bought last year.', 'It was bought last year (2025).'],
    ['Wir haben gestern auf Node 24 gewechselt.', 'Wir haben gestern (2026-11-01) auf Node 24 gewechselt.'],
    ['Der Umzug ist nächste Woche.', 'Der Umzug ist nächste Woche (2026-11-09–2026-11-15).'],
    ['Ayer cambiamos a pnpm.', 'Ayer (2026-11-01) cambiamos a pnpm.'],
    ['La migración es el próximo lunes.', 'La migración es el próximo lunes (2026-11-09).'],
    ['La base est passée hier à la version 17.', 'La base est passée hier (2026-11-01) à la version 17.'],
    ['Le gel commence lundi prochain.', 'Le gel commence lundi prochain (2026-11-09).'],
    ['Mudamos para pnpm ontem.', 'Mudamos para pnpm ontem (2026-11-01).'],
    ['昨天切换到了 pnpm。', '昨天(2026-11-01)切换到了 pnpm。'],
    ['下周三发布。', '下周三(2026-11-11)发布。'],
    ['昨日 pnpm に移行した。', '昨日(2026-11-01) pnpm に移行した。'],
    ['来週の月曜日に公開する。', '来週の月曜日(2026-11-09)に公開する。'],
    ['上周五发布了。', '上周五(2026-10-30)发布了。'],
    ['先週の金曜日に公開した。', '先週の金曜日(2026-10-30)に公開した。'],
  ])('“%s” is “%s”', (text, after) => {
    expect(absolute(text, created).text).toBe(after);
    expect(absolute(after, created).dates).toEqual([]);
  });

  it.each([
    'Recently we moved to Node 24, and soon we move on.',
    'Put today’s date into the changelog.',
    "Load yesterday's partition.",
    'Every Monday tell what was done yesterday.',
    'The notes list what we did yesterday and what we do today.',
    '**Why:** The user said on 2026-11-02: “we switched yesterday”',
    'The button says "today", the function `today()`.',
    'The Today view is slow: see the today tab.',
    'Der Code liegt hier, und das ist gut.',
    'Am Morgen läuft der Job, heute morgen nicht.'.slice(0, 27),
    'Los tests corren por la mañana.',
    'It broke last 2026-11-02.',
    'The demo is next Friday.',
    '```\necho yesterday\n```',
    '> it worked yesterday',
    'If it failed yesterday, run it again.',
    'yesterday-report.csv is written',
    'Morgen ist die beste Zeit.',
  ])('stays alone in “%s”', (text) => {
    expect(absolute(text, created)).toEqual({ text, dates: [] });
  });
});

describe('a memory with a word of time', () => {
  const text = 'We moved to Node 24 yesterday.';
  it('gets the date by an update, in its description, too', async () => {
    const [edit] = (await mine(relativeDatesMiner, [], { memories: [memoryOf('facts/n.md', text, { created })] }))
      .candidates;
    expect(edit).toMatchObject({ kind: 'edit', change: 'update', trust: 'observed' });
    const after = edit?.kind === 'edit' ? edit.files[0].after : '';
    expect(after).toContain('description: We moved to Node 24 yesterday (2026-11-01).');
    expect(after).toContain('\nWe moved to Node 24 yesterday (2026-11-01).\n');
  });

  it('keeps a description that has none', async () => {
    const memories = [memoryOf('facts/n.md', text, { created, description: 'Which Node we use' })];
    const [edit] = (await mine(relativeDatesMiner, [], { memories })).candidates;
    const after = edit?.kind === 'edit' ? edit.files[0].after : '';
    expect(after).toContain('description: "Which Node we use"\n');
    expect(after).toContain('\nWe moved to Node 24 yesterday (2026-11-01).\n');
  });

  it('stays as it is where nobody knows when it was made', async () => {
    const result = await mine(relativeDatesMiner, [], { memories: [memoryOf('facts/n.md', text)] });
    expect(result.candidates).toEqual([]);
    expect(result.dismissed).toEqual([
      { miner: 'relativeDates', summary: 'facts/n.md: yesterday', reason: 'it does not say on which day it was made' },
    ]);
  });

  it('stays as it is in the archive', async () => {
    const memories = [memoryOf('archive/facts/n.md', text, { created })];
    expect(await mine(relativeDatesMiner, [], { memories })).toEqual({ candidates: [], dismissed: [] });
  });
});

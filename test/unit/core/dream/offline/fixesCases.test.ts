import { describe, expect, it } from 'vitest';
import { fixesMiner } from '../../../../../src/core/dream/offline/fixes';
import type { CapturedSession } from '../../../../../src/core/sessions/session';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { FIXES, NO_FIXES } from './fixesCases';
import { mine, notesOf } from './mine';

const days = ['2026-11-01T10:00:00Z', '2026-11-04T10:00:00Z'];

function told(story: readonly string[]): readonly CapturedSession[] {
  return days.map((day, index) => {
    let session = buildSession(`s${index}`, day).says('go on');
    for (const line of story) {
      const [action = '', output = ''] = line.split(' ⇒ ');
      if (action.startsWith('! ')) session = session.fails(action.slice(2), output);
      else if (action.startsWith('= '))
        session = session.edits(action.slice(2).split(': ')[0] ?? '', action.slice(2).split(': ')[1]);
      else session = session.runs(action, output);
    }
    return session.end();
  });
}

describe('what put an error right in two sessions', () => {
  it.each(FIXES)('$name', async ({ story, told: expected }) => {
    const found = notesOf(await mine(fixesMiner, told(story)));
    expect(found.map((finding) => finding.body.split('\n')[0])).toHaveLength(1);
    expect(found[0]?.body.split('\n')[0]).toContain(expected);
    expect(found[0]?.body).toContain('**Why:** It worked 2 of 2 times in 2 sessions, last 2026-11-04.');
    expect(found[0]?.body).not.toMatch(/does not work|doesn['’]t work/u);
  });

  it.each(FIXES)('once is not enough: $name', async ({ story }) => {
    expect(notesOf(await mine(fixesMiner, told(story).slice(0, 1)))).toEqual([]);
  });
});

describe('what is no fix, however often it comes', () => {
  it.each(NO_FIXES)('$name', async ({ story }) => {
    expect(notesOf(await mine(fixesMiner, told(story)))).toEqual([]);
  });
});

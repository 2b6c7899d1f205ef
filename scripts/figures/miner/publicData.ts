import { existsSync } from 'node:fs';
import { measureBeam } from '../../../bench/quality/beam';
import { measureLocomo } from '../../../bench/quality/locomo';
import { shownShare, type Share } from '../../../bench/quality/statistics';
import { say } from '../../process';
import { atLeast, skipped, type Figure, type Measurement } from '../figure';

type Goals = Readonly<Record<string, { readonly share: Share; readonly goal: number }>>;

/**
 * Must show 3: LoCoMo and BEAM, which are not kept here. `AGENT_DREAMS_LOCOMO` is the path of `locomo10.json`,
 * `AGENT_DREAMS_BEAM` that of `chats/100K`. The figures are over all of the data; each half is printed beside them.
 */
export const publicData: Measurement = {
  name: 'public-data',
  measure: async () => [
    ...locomo(process.env['AGENT_DREAMS_LOCOMO']),
    ...(await beam(process.env['AGENT_DREAMS_BEAM'])),
  ],
};

function locomo(file: string | undefined): readonly Figure[] {
  if (file === undefined || !existsSync(file)) return [skipped('locomo-r10', '>=0.95', 'AGENT_DREAMS_LOCOMO not set')];
  const scores = measureLocomo(file);
  for (const split of ['dev', 'test'] as const) say(`# locomo ${split}: R@10 ${shownShare(scores[split].at10)}`);
  return figures({ 'locomo-r10': { share: scores.all.at10, goal: 0.95 } });
}

async function beam(folder: string | undefined): Promise<readonly Figure[]> {
  if (folder === undefined || !existsSync(folder)) return [skipped('beam', 'see issue', 'AGENT_DREAMS_BEAM not set')];
  const scores = await measureBeam(folder);
  const goals = (score: (typeof scores)['all']): Goals => ({
    'beam-contradiction-at-1': { share: score.contradictionAt1, goal: 0.45 },
    'beam-update-at-1': { share: score.updateAt1, goal: 0.65 },
    'beam-instructions-in-store': { share: score.instructions, goal: 0.6 },
    'beam-preferences-in-store': { share: score.preferences, goal: 0.6 },
  });
  for (const split of ['dev', 'test'] as const) {
    for (const [name, { share }] of Object.entries(goals(scores[split])))
      say(`# ${name} ${split}: ${shownShare(share)}`);
  }
  return figures(goals(scores.all));
}

/** Rounded down, so that a figure never looks better than it is. */
function figures(goals: Goals): readonly Figure[] {
  return Object.entries(goals).map(([name, { share, goal }]) => {
    say(`# ${name}: ${shownShare(share)}`);
    return atLeast(name, Math.floor(share.value * 100) / 100, goal);
  });
}

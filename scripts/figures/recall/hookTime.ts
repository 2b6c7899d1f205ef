import { measureHookTime } from '../../../bench/hooks/hookTime';
import { say } from '../../process';
import { atMost, type Measurement } from '../figure';

const ROUNDS = 200;

/** Must show 7, first half: what a hook costs at the start of a session, beside `cat` of an empty file. */
export const hookTime: Measurement = {
  name: 'hookTime',
  measure: async () => {
    const [git, plain] = [await measureHookTime(ROUNDS, { git: true }), await measureHookTime(ROUNDS, { git: false })];
    for (const [name, { catMs, hookMs, ratioP95 }] of [
      ['in a repository', git] as const,
      ['elsewhere', plain] as const,
    ]) {
      say(
        `# ${name}: ${hookMs.toFixed(1)} ms beside ${catMs.toFixed(1)} ms of cat; at the 95th ${ratioP95.toFixed(2)} times`,
      );
    }
    return [
      atMost('hook-time-in-a-repository-vs-cat', git.ratio, 4, 'x'),
      atMost('hook-time-without-git-vs-cat', plain.ratio, 1.5, 'x'),
    ];
  },
};

import { deliver, type DeliveryRow } from '../../../test/recall/rig/delivery';
import { oddlyNamed, twoInOneRepository } from '../../../test/recall/rig/otherFolders';
import { say } from '../../process';
import { ensureClaudeCode } from '../../rig/claudeCode';
import { atLeast, exactly, type Measurement } from '../figure';

const isAsDue = ({ wanted, got, preface }: DeliveryRow): boolean => got === wanted && preface;

/** Must show 1: what the genuine program sends to the model while connected, and after. */
export const delivery: Measurement = {
  name: 'delivery',
  measure: async () => {
    const program = await ensureClaudeCode();
    const channels = [await deliver(program, 'hooks'), await deliver(program, 'rules')];
    const folders = [
      await twoInOneRepository(program),
      await oddlyNamed(program, { git: true }),
      await oddlyNamed(program, { git: false }),
    ];
    const connected = channels.flatMap((channel) => channel.connected);
    const disconnected = channels.flatMap((channel) => channel.disconnected);
    const elsewhere = folders.flatMap(({ rows }) => rows);
    const wrong = elsewhere.filter(({ wanted, got }) => wanted.join() !== got.join());
    for (const { place, wanted, got } of [...connected, ...disconnected].filter((row) => !isAsDue(row))) {
      say(`# ${place}: ${got}, and not ${wanted} with its preface`);
    }
    for (const { place, wanted, got } of wrong) say(`# ${place}: ${got.join(', ')}, and not ${wanted.join(', ')}`);
    const changed = [...channels, ...folders].flatMap(({ leftBehind }) => leftBehind);
    return [
      atLeast('sessions-and-subagents-looked-at', connected.length + disconnected.length + elsewhere.length, 60),
      atLeast('index-lines-in-each-channel', Math.min(...channels.map(({ indexLines }) => indexLines)), 1),
      exactly('not-as-due-while-connected', connected.filter((row) => !isAsDue(row)).length, 0),
      exactly('not-as-due-in-other-folders', wrong.length, 0),
      exactly('anything-left-in-requests-after-disconnecting', disconnected.filter((row) => !isAsDue(row)).length, 0),
      atLeast(
        'files-touched',
        channels.reduce((sum, { touched }) => sum + touched, 0),
        5,
      ),
      exactly('paths-not-byte-identical-after-disconnecting', changed.length, 0),
      exactly('git-status-changed-by-connecting', channels.filter(({ statusChanged }) => statusChanged).length, 0),
    ];
  },
};

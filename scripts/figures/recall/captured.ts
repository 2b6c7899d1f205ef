import { toBeats } from '../../../src/core/sessions/beats';
import { CITED, READ_AND_CORRECTED, READ_AND_FINE, work } from '../../../test/recall/rig/capturedWork';
import { say } from '../../process';
import { ensureClaudeCode } from '../../rig/claudeCode';
import { exactly, type Measurement } from '../figure';

/** Must show 2: what is captured of a genuine session with memory, and what it tells about each memory. */
export const captured: Measurement = {
  name: 'captured',
  measure: async () => {
    const { session, headers, usage, proofs } = await work(await ensureClaudeCode());
    const { counts, agents, recalled } = session.header;
    const commands = toBeats(session)
      .flatMap(({ calls }) => calls)
      .filter(({ call }) => call.tool === 'Bash');
    const [fine, corrected, cited] = [READ_AND_FINE, READ_AND_CORRECTED, CITED].map((path) => usage.get(path));
    say(
      `# ${headers.length} sessions, ${session.entries.length} entries in the longer one, ${usage.size} memories known`,
    );
    return [
      exactly('failing-commands', commands.filter(({ result }) => result?.ok === false).length, 1),
      exactly('successful-commands', commands.filter(({ result }) => result?.ok === true).length, 1),
      exactly('user-corrections', counts.corrections, 1),
      exactly('subagents', agents.length, 1),
      exactly('agents-whose-memory-is-noted', recalled.length, 2),
      exactly('read-and-fine', `${fine?.read}/${fine?.success}/${fine?.corrected}`, '1/1/0'),
      exactly('read-and-corrected', `${corrected?.read}/${corrected?.success}/${corrected?.corrected}`, '1/0/1'),
      exactly('named-by-its-id', cited?.cited ?? 0, 1),
      exactly('proof-before-and-after', proofs.map(({ kind }) => kind).join('-then-'), 'waiting-then-loaded'),
    ];
  },
};

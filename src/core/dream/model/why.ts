import { whyQuoted } from '../offline/rule';
import { sessionsOf } from '../score';
import { oneSpace } from '../text/words';
import type { Proof } from './check';

/** The reason below a note, from the proofs alone: the person’s words if there are any, else what was seen, else who said it. */
export function whyOf(proofs: readonly Proof[]): string {
  const said = proofs.filter((one) => one.kind === 'quote' && one.by === 'user');
  const quoted = whyQuoted(said.filter((one) => one.kind === 'quote'));
  if (quoted !== '') return quoted;
  const seenIn = sessionsOf(proofs).size === 1 ? 'one session' : `${sessionsOf(proofs).size} sessions`;
  const ran = proofs.find((one) => one.kind === 'event' && one.event === 'succeeded');
  if (ran !== undefined && !ran.quote.includes('`'))
    return `**Why:** In ${seenIn}, \`${oneSpace(ran.quote).slice(0, 200)}\` worked.`;
  if (proofs.some((one) => one.kind === 'event')) return `**Why:** Seen in ${seenIn}.`;
  const agent = proofs.find((one) => one.kind === 'quote' && one.by === 'agent');
  if (agent !== undefined) return `**Why:** The agent noted in ${seenIn}: “${oneSpace(agent.quote).slice(0, 300)}”`;
  return `**Why:** A program or a file said so in ${seenIn}.`;
}

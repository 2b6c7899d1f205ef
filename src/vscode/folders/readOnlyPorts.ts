import { AgentDreamsError } from '../../core/errors';
import type { DreamPorts } from '../../core/dream/runDream';
import { readsOf } from './readsOf';

function refuse(): Promise<never> {
  return Promise.reject(new AgentDreamsError('untrusted-workspace', 'nothing is written in an untrusted workspace'));
}

/** The same store, to look at only: every write, and every lock that would allow one, throws `untrusted-workspace`. */
export function readOnlyPorts<P extends DreamPorts>(ports: P): P {
  const { files } = ports;
  return {
    ...ports,
    files: {
      ...readsOf(files),
      write: refuse,
      append: refuse,
      rename: refuse,
      moveNew: refuse,
      remove: refuse,
      syncDirectory: refuse,
    },
    lock: { hold: refuse },
  };
}

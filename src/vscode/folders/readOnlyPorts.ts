import { AgentDreamsError } from '../../core/errors';
import type { DreamPorts } from '../../core/dream/runDream';

function refuse(): Promise<never> {
  return Promise.reject(new AgentDreamsError('untrusted-workspace', 'nothing is written in an untrusted workspace'));
}

/** The same store, to look at only: every write, and every lock that would allow one, throws `untrusted-workspace`. */
export function readOnlyPorts<P extends DreamPorts>(ports: P): P {
  const { files } = ports;
  return {
    ...ports,
    files: {
      read: (path, options) => files.read(path, options),
      readRange: (path, start, length) => files.readRange(path, start, length),
      list: (directory) => files.list(directory),
      stat: (path) => files.stat(path),
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

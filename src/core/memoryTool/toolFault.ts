import { AgentDreamsError } from '../errors';

/** What the program is told instead of a result; it may try something else. */
export function fault(message: string): AgentDreamsError {
  return new AgentDreamsError('invalid-input', message);
}

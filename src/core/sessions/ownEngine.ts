/**
 * Begins the first prompt of every session that our own engines start through Claude Code, so that a dream is never
 * captured as work.
 */
export const OWN_ENGINE_MARK = '<!-- agent-dreams engine -->';

/** True for the first prompt of a session of our own. */
export function isOwnEnginePrompt(text: string): boolean {
  return text.trimStart().startsWith(OWN_ENGINE_MARK);
}

/**
 * The form in which two runs of a command are the same to a labeller: no leading `cd`, no redirection of errors, no
 * `head` or `tail` at the end, single spaces. Labels are keyed by it: changing it orphans them.
 */
export function canonicalCommand(command: string): string {
  let form = oneSpace(command);
  for (;;) {
    const shorter = oneSpace(
      oneSpace(
        form
          .replace(/^cd [^&;|]+ ?(?:&&|;) ?/u, '')
          .replace(/ ?[12]?>&[12]/gu, ' ')
          .replace(/ ?2>\/dev\/null/gu, ''),
      ).replace(/ ?\| ?(?:head|tail)(?: -[0-9n c+-]+)?(?: [0-9]+)?$/u, ''),
    );
    if (shorter === form) return form;
    form = shorter;
  }
}

function oneSpace(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

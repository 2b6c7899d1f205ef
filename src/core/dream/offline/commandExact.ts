import { withoutQuoted } from './commandForm';
import { afterTimeout } from './shell';
import type { ShellCommand } from './shell';

/** Words before a command that change nothing of what it does. */
const IDLE_HEAD =
  /^(?:time|nohup|command|exec|(?:CI|NO_COLOR|FORCE_COLOR|CLICOLOR|CLICOLOR_FORCE|TERM|COLUMNS)=\S{0,40})$/u;
const REDIRECTION = /^(?:\d|&)?>>?(?:&\d|&?\S{0,200})?$/u;
/** Of the day or of this machine, or nothing to be written down. */
const NOT_TOLD =
  /\/tmp\/|\/var\/folders|\/Users\/|\/home\/|[`<>\n\r]|\$\(|\[redacted|(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD)\w{0,20}=/u;

/**
 * The command as it was typed, without what only shortens, colours or times its output; a verbatim part of the line
 * (white space aside), or undefined where that cannot be told to others.
 */
export function exactForm(command: Pick<ShellCommand, 'raw'>): string | undefined {
  const words = command.raw.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/gu) ?? [];
  const from = afterIdle(words);
  let to = words.length;
  while (to > from && isRedirected(words, to - 1)) to -= 1;
  const form = words.slice(from, to).join(' ');
  return form === '' ||
    form.length > 120 ||
    NOT_TOLD.test(form) ||
    /[()]/u.test(withoutQuoted(form)) ||
    !/^[\w./]/u.test(form)
    ? undefined
    : form;
}

function isRedirected(words: readonly string[], at: number): boolean {
  return REDIRECTION.test(words[at] ?? '') || /^(?:\d|&)?>>?$/u.test(words[at - 1] ?? '');
}

function afterIdle(words: readonly string[]): number {
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    if (IDLE_HEAD.test(word)) at += 1;
    else if (word === 'timeout' || word === 'gtimeout') at = afterTimeout(words, at + 1);
    else break;
  }
  return at;
}

/** What the command runs. */
export interface StableTarget {
  /** The program that can run JavaScript as Node does: that of the editor. */
  readonly program: string;
  /** The command line of the extension. */
  readonly script: string;
}

const NOTICE = 'Made by Agent Dreams whenever the editor starts it; what is changed here is overwritten.';
const GONE = 'Agent Dreams is not installed any more, or has moved: start the editor once.';

/** The command for a POSIX shell. Where the extension is gone it says so, and harms nobody's hook. */
export function posixCommand({ program, script }: StableTarget): string {
  return [
    '#!/bin/sh',
    `# ${NOTICE}`,
    `program=${quoted(program)}`,
    `script=${quoted(script)}`,
    'if [ ! -x "$program" ] || [ ! -f "$script" ]; then',
    `  echo ${quoted(GONE)} >&2`,
    '  exit 0',
    'fi',
    'ELECTRON_RUN_AS_NODE=1 exec "$program" "$script" "$@"',
    '',
  ].join('\n');
}

/** The command for Windows. */
export function windowsCommand({ program, script }: StableTarget): string {
  return [
    '@echo off',
    `rem ${NOTICE}`,
    'setlocal',
    `set "program=${escaped(program)}"`,
    `set "script=${escaped(script)}"`,
    'if not exist "%program%" goto gone',
    'if not exist "%script%" goto gone',
    'set ELECTRON_RUN_AS_NODE=1',
    '"%program%" "%script%" %*',
    'exit /b %errorlevel%',
    ':gone',
    `echo ${GONE} 1>&2`,
    'exit /b 0',
    '',
  ].join('\r\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Percent signs are variables in a batch file. */
function escaped(text: string): string {
  return text.replaceAll('%', '%%');
}

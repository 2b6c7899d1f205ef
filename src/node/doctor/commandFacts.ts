import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import type { CommandFacts } from '../../core/doctor/facts';
import { isProgram } from '../findProgram';
import { safeEnvironment } from '../safeEnvironment';

const LIMIT_MS = 10_000;

/** Whether the command that outlives updates is there and answers when it is asked what it can do. */
export async function commandFacts(command: string): Promise<CommandFacts> {
  const windows = process.platform === 'win32';
  const file = windows ? `${command}.cmd` : command;
  const there = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!there) return { file, state: 'missing', said: '' };
  if (!(await isProgram(file))) return { file, state: 'not-runnable', said: '' };
  return new Promise((resolve) => {
    const options = { timeout: LIMIT_MS, windowsHide: true, env: safeEnvironment(process.env), shell: windows };
    execFile(windows ? `"${file}"` : file, ['capture', '--help'], options, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim().slice(0, 300);
      // Where the extension is gone it ends well, and says so on the other stream.
      const works = error === null && stdout.trim() !== '';
      resolve({
        file,
        state: works ? 'works' : 'failed',
        said: said === '' && error ? error.message.slice(0, 300) : said,
      });
    });
  });
}

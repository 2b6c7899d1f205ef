import { headlessDream } from './headlessDream';

/** What `npm run dream` runs: a dream without an editor. Ctrl+C cancels, and leaves the dream's record as canceled. */
async function main(): Promise<void> {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  process.exitCode = await headlessDream(
    process.argv.slice(2),
    {
      cwd: process.env['INIT_CWD'] ?? process.cwd(),
      env: process.env,
      out: (text) => void process.stdout.write(text),
      err: (text) => void process.stderr.write(text),
    },
    controller.signal,
  );
}

void main();

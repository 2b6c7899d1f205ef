import Mocha from 'mocha';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const TEST_TIMEOUT_MS = 30_000;

/** The entry that VS Code calls in the extension host (`extensionTestsPath`). Rejects where a test fails or none ran. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: TEST_TIMEOUT_MS, color: false, reporter: 'spec' });
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.test.js'));
  for (const file of files.sort()) mocha.addFile(path.join(__dirname, file));
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      // The console goes through different channels on the desktop and on the server: the count goes through a file.
      const resultFile = process.env['AGENT_DREAMS_HOST_RESULT'];
      if (resultFile) writeFileSync(resultFile, JSON.stringify(runner.stats));
      if (failures > 0) reject(new Error(`${failures} tests failed`));
      else if (!runner.stats?.passes) reject(new Error('no test ran'));
      else resolve();
    });
  });
}

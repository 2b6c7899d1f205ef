// Child of `memory.ts`: captures one folder of logs into one workspace and prints what it took, as JSON.
import { createRedactor } from '../../src/core/secrets/redactor';
import { createSecretScanner } from '../../src/core/secrets/scanner';
import { captureSessions } from '../../src/node/logs/captureSessions';
import { createNodePorts } from '../../src/node/nodePorts';
import { silentLogger } from '../../src/node/lineLogger';

const [workspaceRoot = '', logs = ''] = process.argv.slice(2);
const ports = await createNodePorts({ workspaceRoot, logger: silentLogger });
const redactor = createRedactor(createSecretScanner(), ports.hasher, ports.redactionKey);
const started = performance.now();
const { captured, prompts, bytesRead, failed } = await captureSessions(
  { ...ports, redactor },
  {
    workspaceRoot,
    configDirs: [],
    extraLogFolders: [logs],
    mapCwd: [],
    exclude: { paths: [], entrypoints: [] },
    maxBytesOnDisk: Number.MAX_SAFE_INTEGER,
    home: workspaceRoot,
  },
  { aborted: false },
);
const seconds = (performance.now() - started) / 1000;
const maxRssKb = process.resourceUsage().maxRSS;
process.stdout.write(`${JSON.stringify({ captured, prompts, bytesRead, failed, seconds, maxRssKb })}\n`);

// Dreams once over the model it is told of, on the adapters of the editor, and tells how it ended. Started by resume.ts.
import { runDream } from '../../src/core/dream/runDream';
import { createClaudeModel } from '../../src/engines/claude/claudeModel';
import { createClaudeBatchModel } from '../../src/engines/claudeBatch/claudeBatchModel';
import { createNodePorts } from '../../src/node/nodePorts';
import { createWorkspaceProbe } from '../../src/node/workspaceProbe';
import { silentLogger } from '../../src/node/lineLogger';
import { contentOf, type ChildOrder, type ChildReport } from './dreamOrder';

async function dream({ workspaceRoot, userFolder, url, engine }: ChildOrder): Promise<ChildReport> {
  const ports = await createNodePorts({ workspaceRoot, userFolder, logger: silentLogger });
  const options = { apiKey: 'key-of-nobody', baseUrl: url, times: { pollMs: 40, slowPollMs: 40 } };
  const model = engine === 'claude' ? createClaudeModel(options) : createClaudeBatchModel(options);
  const outcome = await runDream(
    { ...ports, probe: createWorkspaceProbe(workspaceRoot) },
    { trigger: 'command', minSessions: 0, engine: { model, capUsd: 100 } },
    { aborted: false },
  );
  const ended = outcome.kind === 'completed' ? contentOf(outcome.proposal) : [];
  return { kind: outcome.kind, changes: ended, ...(outcome.kind === 'failed' ? { error: outcome.error.message } : {}) };
}

process.once('message', (order: ChildOrder) => {
  dream(order)
    .then((report) => process.send?.(report, () => process.disconnect()))
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    });
});

// `npm test [-- stage ...]`: every layer, or the named ones. The last line is the count over all of them.
import { ensureBrowser } from './rig/browser';
import { ensureClaudeCode } from './rig/claudeCode';
import { say } from './process';
import { checkStages } from './stages/checks';
import { hostStage } from './stages/host';
import { packageExtension } from './stages/packageExtension';
import type { Stage, StageResult } from './stages/stage';
import { vitestStage } from './stages/vitest';

const STAGES: readonly Stage[] = [
  ...checkStages,
  vitestStage({ name: 'unit', proves: 'all logic, in plain Node', args: ['--coverage'] }),
  vitestStage({
    name: 'package',
    proves: 'what ships and nothing else',
    args: ['--config', 'test/package/vitest.config.mts'],
  }),
  hostStage,
  vitestStage({
    name: 'recall',
    proves: 'memory reaches the genuine Claude Code, and nothing else does',
    args: ['--config', 'test/recall/vitest.config.mts'],
    before: async () => {
      await ensureClaudeCode();
    },
  }),
  vitestStage({
    name: 'e2e',
    proves: 'the packaged extension in a real workbench, clicked through',
    args: ['--config', 'test/e2e/vitest.config.mts'],
    before: async () => {
      await ensureBrowser();
      await packageExtension();
    },
  }),
];

async function runStage(stage: Stage): Promise<StageResult> {
  try {
    return await stage.run();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1, note: 'broke before it could count' };
  }
}

function select(names: readonly string[]): readonly Stage[] {
  const unknown = names.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length === 0) return names.length === 0 ? STAGES : STAGES.filter(({ name }) => names.includes(name));
  say(`There is no stage ${unknown.join(', ')}. Stages:`);
  for (const { name, proves } of STAGES) say(`  ${name.padEnd(8)} ${proves}`);
  process.exit(64);
}

const lines: string[] = [];
let passed = 0;
let failed = 0;
for (const stage of select(process.argv.slice(2))) {
  say(`\n== ${stage.name}: ${stage.proves}`);
  const started = performance.now();
  const result = await runStage(stage);
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  const counts = `${String(result.passed).padStart(5)} passed ${String(result.failed).padStart(4)} failed`;
  lines.push(`${stage.name.padEnd(8)} ${counts} ${seconds} s${result.note ? `  (${result.note})` : ''}`);
  passed += result.passed;
  failed += result.failed;
}
say(`\n${lines.join('\n')}`);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

import { CASES, type CaseName } from '../../../test/unit/engines/conformance/cases';
import { ENGINES } from '../../../test/unit/engines/conformance/engines';
import { claudeCodeEngine } from '../../../test/unit/engines/conformance/claudeCodeEngine';
import type { EngineUnderTest } from '../../../test/unit/engines/conformance/world';
import { say } from '../../process';
import { ensureClaudeCode } from '../../rig/claudeCode';
import { exactly, skipped, type Measurement } from '../figure';

const NAME_WIDTH = 52;
const ENGINE_WIDTH = 14;

/** Every engine in every case of the suite, over real HTTP or the real program; the table goes to the terminal. */
export const conformance: Measurement = {
  name: 'conformance',
  measure: async () => {
    const program = await genuineProgram();
    const engines = 'path' in program ? [...ENGINES, claudeCodeEngine(program.path)] : ENGINES;
    const verdicts = await table(engines);
    const figures = engines.map(({ engine }) => {
      const own = verdicts.filter((verdict) => verdict.engine === engine && verdict.word !== '-');
      return exactly(`conformance of ${engine}`, own.filter(({ word }) => word === 'pass').length, own.length);
    });
    return 'path' in program ? figures : [...figures, skipped('conformance of claude-code', 'all', program.missing)];
  },
};

interface Verdict {
  readonly engine: string;
  readonly word: string;
}

/** Runs case after case and prints a row for each, and below the table why some do not apply. */
async function table(engines: readonly EngineUnderTest[]): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const reasons = new Set<string>();
  say(`# ${'case'.padEnd(NAME_WIDTH)}${engines.map(({ engine }) => engine.padEnd(ENGINE_WIDTH)).join('')}`.trimEnd());
  for (const [name, run] of CASES) {
    const row: string[] = [];
    for (const engine of engines) {
      const word = await verdictOf(engine, name, run);
      verdicts.push({ engine: engine.engine, word });
      row.push(word.padEnd(ENGINE_WIDTH));
      if (word === '-') reasons.add(`${engine.engine}: ${engine.notApplicable[name] ?? ''}`);
    }
    say(`# ${name.padEnd(NAME_WIDTH)}${row.join('')}`.trimEnd());
  }
  for (const reason of [...reasons].sort()) say(`# - ${reason}`);
  return verdicts;
}

/** The genuine Claude Code, installed on first use. */
async function genuineProgram(): Promise<{ readonly path: string } | { readonly missing: string }> {
  try {
    return { path: await ensureClaudeCode() };
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { missing: `Claude Code cannot be installed: ${line}` };
  }
}

async function verdictOf(
  engine: EngineUnderTest,
  name: CaseName,
  run: (engine: EngineUnderTest) => Promise<void>,
): Promise<string> {
  if (engine.notApplicable[name] !== undefined) return '-';
  try {
    await (engine.own?.[name] ?? run)(engine);
    return 'pass';
  } catch (error) {
    process.stderr.write(`${engine.engine}, ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 'FAIL';
  }
}

import { CASES, type CaseName } from '../../../test/unit/engines/conformance/cases';
import { ENGINES } from '../../../test/unit/engines/conformance/engines';
import type { EngineUnderTest } from '../../../test/unit/engines/conformance/world';
import { say } from '../../process';
import { exactly, type Measurement } from '../figure';

const NAME_WIDTH = 52;
const ENGINE_WIDTH = 14;

/** Every engine in every case of the suite, over real HTTP or the real program; the table goes to the terminal. */
export const conformance: Measurement = {
  name: 'conformance',
  measure: async () => {
    const verdicts = new Map<string, string>();
    const reasons = new Set<string>();
    say(`# ${'case'.padEnd(NAME_WIDTH)}${ENGINES.map(({ engine }) => engine.padEnd(ENGINE_WIDTH)).join('')}`);
    for (const [name, run] of CASES) {
      const row: string[] = [];
      for (const engine of ENGINES) {
        const verdict = await verdictOf(engine, name, run);
        verdicts.set(`${engine.engine} ${name}`, verdict);
        row.push(verdict.padEnd(ENGINE_WIDTH));
        if (verdict === '-') reasons.add(`${engine.engine}: ${engine.notApplicable[name] ?? ''}`);
      }
      say(`# ${name.padEnd(NAME_WIDTH)}${row.join('')}`.trimEnd());
    }
    for (const reason of reasons) say(`# - ${reason}`);
    return ENGINES.map(({ engine }) => {
      const own = [...verdicts].filter(([key]) => key.startsWith(`${engine} `)).map(([, verdict]) => verdict);
      const passed = own.filter((verdict) => verdict === 'pass').length;
      return exactly(`conformance of ${engine}`, passed, own.filter((verdict) => verdict !== '-').length);
    });
  },
};

async function verdictOf(
  engine: EngineUnderTest,
  name: CaseName,
  run: (engine: EngineUnderTest) => Promise<void>,
): Promise<string> {
  if (engine.notApplicable[name] !== undefined) return '-';
  try {
    await run(engine);
    return 'pass';
  } catch (error) {
    process.stderr.write(`${engine.engine}, ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 'FAIL';
  }
}

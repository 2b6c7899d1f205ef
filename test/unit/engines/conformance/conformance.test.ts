import { describe, it } from 'vitest';
import { CASES } from './cases';
import { ENGINES } from './engines';

describe.each(ENGINES.map((engine) => [engine.engine, engine] as const))('the engine %s', (_, engine) => {
  it.each(CASES.filter(([name]) => engine.notApplicable[name] === undefined))('conforms: %s', async (name, run) => {
    await (engine.own?.[name] ?? run)(engine);
  });
});

// What the commands of the example project print. Shared, because the same failure looks the same every time.

export const ok = (output) => ({ output });
export const failed = (exit, output) => ({ exit, output });

export const testsPass = (count) =>
  ok(`\n> orders-service@1.8.0 test\n> vitest run\n\n Test Files  3 passed (3)\n      Tests  ${count} passed (${count})\n   Duration  1.42s`);

export const testsFail = (name, message) =>
  failed(1, `\n> orders-service@1.8.0 test\n> vitest run\n\n FAIL  ${name}\n${message}\n\n Test Files  1 failed | 2 passed (3)\n ELIFECYCLE  Command failed with exit code 1.`);

export const noDatabase = testsFail(
  'tests/db.test.ts > a saved order is found by its number',
  'Error: connect ECONNREFUSED 127.0.0.1:5432\n ❯ saveOrder src/db.ts:8:3',
);

export const databaseUp = ok(' Container orders-service-db-1  Starting\n Container orders-service-db-1  Started');

export const noGeneratedSchema = failed(
  2,
  "\n> orders-service@1.8.0 typecheck\n> tsc --noEmit\n\nsrc/db.ts(2,31): error TS2307: Cannot find module './generated/schema.js' or its corresponding type declarations.\n ELIFECYCLE  Command failed with exit code 2.",
);

export const generated = ok('\n> orders-service@1.8.0 generate\n> node scripts/generateSchema.mjs\n');
export const typesFine = ok('\n> orders-service@1.8.0 typecheck\n> tsc --noEmit\n');
export const lintClean = ok('\n> orders-service@1.8.0 lint\n> eslint src tests\n');
export const checkFine = (count) =>
  ok(`pnpm lint\npnpm typecheck\npnpm test\n\n Test Files  3 passed (3)\n      Tests  ${count} passed (${count})`);

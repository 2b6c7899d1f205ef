import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Unit tests: plain Node, no editor, no network. The other layers have their own configuration beside their tests. */
export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts'],
    // The key that seals what a user accepted is the test's own, never the developer's.
    env: { XDG_CONFIG_HOME: path.join(tmpdir(), 'agent-dreams-tests-config') },
    testTimeout: 20_000,
    hookTimeout: 20_000,
    coverage: {
      provider: 'v8',
      include: ['src/core/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'coverage',
      thresholds: { branches: 90 },
    },
  },
});

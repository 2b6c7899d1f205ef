import { defineConfig } from 'vitest/config';

/** Unit tests: plain Node, no editor, no network. The other layers have their own configuration beside their tests. */
export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts'],
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

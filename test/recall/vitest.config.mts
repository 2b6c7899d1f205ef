import { defineConfig } from 'vitest/config';

/** The genuine Claude Code before the loopback Anthropic; each world has a home of its own, so that files may run at once. */
export default defineConfig({
  test: { include: ['test/recall/**/*.test.ts'], maxWorkers: 2, testTimeout: 300_000, hookTimeout: 180_000 },
});

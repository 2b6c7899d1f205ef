import { defineConfig } from 'vitest/config';

/** What is in the .vsix. One file at a time: they package the same folder. */
export default defineConfig({
  test: { include: ['test/package/**/*.test.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 },
});

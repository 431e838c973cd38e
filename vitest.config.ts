import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/end-to-end/**'],
          environment: 'node',
          // For machines that do much else: the longest take some seconds on an idle one.
          testTimeout: 60_000,
        },
      },
      {
        // The built program in a real PTY, with the real Codex: one file after the other, the machine may be small.
        test: {
          name: 'end-to-end',
          include: ['test/end-to-end/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

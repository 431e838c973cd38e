import { defineConfig } from 'vitest/config';

const pure = ['test/core/**/*.test.ts', 'test/ui/**/*.test.ts', 'test/components/**/*.test.tsx'];

export default defineConfig({
  test: {
    projects: [
      {
        // Functions only, no process or file of their own: the files share what they import, in a third of the time.
        test: {
          name: 'pure',
          include: pure,
          environment: 'node',
          testTimeout: 60_000,
          isolate: false,
          // Ink asks chalk, and chalk the environment once, whether there are colours.
          env: { FORCE_COLOR: '3' },
        },
      },
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/end-to-end/**', ...pure],
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

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const pure = ['test/core/**/*.test.ts', 'test/ui/**/*.test.ts', 'test/components/**/*.test.tsx'];

/** Of pure and unit tests, which are one group and so have the same number: those of unit wait a third of their time. */
const unitWorkers = Math.ceil(availableParallelism() * 1.5);

/** Beside each other, and nothing else meanwhile: a law of these is about time, and they wait more than they work. */
const waiting = [
  // Leases of seconds that have to end, and servers that start again.
  'test/engine/hub/faults.test.ts',
  // Half a minute of random faults, by real time.
  'test/engine/hub/never-two.test.ts',
  // A machine that was killed, and is waited for as long as a lease.
  'test/engine/coordination/on-hub.test.ts',
  // Two tasks wait for one moment of the clock, and only one may look then.
  'test/end-to-end/account-limit.test.ts',
  // A thousand keys as fast as they are drawn: the screen counts as still when nothing came for half a second.
  'test/end-to-end/random-keys.test.ts',
  // A night in a minute, seen by a look at all processes ten times a second.
  'test/end-to-end/short-night.test.ts',
  // Disks that are full until somebody makes room. They are mounted in a namespace of its own.
  'test/end-to-end/full-disk.test.ts',
];

/** Machines that share tasks: a lease is half a minute by the clock, so they wait more than they work, and may run beside others. */
const leases = [
  'test/end-to-end/shared-tasks.test.ts',
  'test/end-to-end/handed-over-tasks.test.ts',
  'test/end-to-end/hub-dashboard.test.ts',
  'test/end-to-end/tasks-in-place.test.ts',
  // Heartbeats, each ten seconds.
  'test/end-to-end/hub-limit.test.ts',
];

/** One file after the other, and nothing else meanwhile: a law of these is about time, or about the whole machine. */
const alone = [
  // Silence and lost networks in seconds instead of minutes, four rows of the table at once.
  'test/end-to-end/failures.test.ts',
  // Measures how long the screen takes.
  'test/end-to-end/seen-in-time.test.ts',
];

export default defineConfig({
  test: {
    // Vitest leaves one core free; on two cores that is half of the machine.
    maxWorkers: '100%',
    projects: [
      {
        // Functions only, no process or file of their own: the files share what they import, in a third of the time.
        test: {
          name: 'pure',
          include: pure,
          environment: 'node',
          testTimeout: 60_000,
          isolate: false,
          maxWorkers: unitWorkers,
          // Ink asks chalk, and chalk the environment once, whether there are colours.
          env: { FORCE_COLOR: '3' },
        },
      },
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/end-to-end/**', ...pure, ...waiting],
          environment: 'node',
          // With real files and processes. A worker for each test file would take half as long again.
          isolate: false,
          maxWorkers: unitWorkers,
          restoreMocks: true,
          // For machines that do much else: the longest take some seconds on an idle one.
          testTimeout: 60_000,
        },
      },
      {
        // The built program in a real PTY, with the real Codex: each test has a home, a project and a model of its own.
        test: {
          name: 'end-to-end',
          include: ['test/end-to-end/**/*.test.ts'],
          exclude: [...waiting, ...leases, ...alone],
          // The files share what they import and the look for a sandbox: two seconds of CPU for each file.
          isolate: false,
          testTimeout: 90_000,
          hookTimeout: 60_000,
          // Of each file. A test is four processes at least: more at once would only have them wait for each other.
          maxConcurrency: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'leases',
          include: leases,
          testTimeout: 90_000,
          hookTimeout: 60_000,
          // All at once, they would begin a dozen machines in the same second.
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          name: 'waiting',
          include: waiting,
          testTimeout: 90_000,
          hookTimeout: 60_000,
          maxWorkers: waiting.length,
          maxConcurrency: 4,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'alone',
          include: alone,
          testTimeout: 90_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});

// Tasks that machines share over a hub: two machines, a real NATS server, a git remote, and the real Codex.

import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { TaskMirror } from '../../source/engine/hub/logs/mirror-task.ts';
import { smallPlan, test } from '../helpers/end-to-end-world.ts';
import { hasNats } from '../helpers/hub/nats-server.ts';
import { configuration, patience, withTask } from '../helpers/hub/shared-task.ts';
import { endProcessesUnder, processesUnder } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

/** The mirror is these bytes, one after the other. */
async function untilMirrored(mirror: TaskMirror, logs: () => Promise<Buffer[]>): Promise<void> {
  await until(
    'the mirror is equal',
    async () => (await readFile(mirror.logPath)).equals(Buffer.concat(await logs())),
    patience,
  );
}

const plan = smallPlan({ steps: 3 });
const wholeWork = 'part 1\npart 2\npart 3';
const timeout = 300_000;

describe.skipIf(!hasNats).concurrent('a task that machines share', () => {
  test(
    'goes on elsewhere when its machine is gone, and no step is done twice',
    { timeout },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan, configuration }),
        async ({ first, second, hub, remoteFile, untilDone, mirror, ...files }) => {
          const { logOf, stateFileOf, cloneOf } = files;
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 2'));
          first.start(['--worker', '--network', ...hub]);
          await gate.reached();
          await endProcessesUnder(first.directory);
          // In the clone, nothing starts it without the hub.
          const there = (...words: string[]) => first.run(words, { cwd: cloneOf(first) });
          expect((await there('--list')).stdout).toContain(
            'interrupted (a worker of its hub goes on)',
          );
          expect((await there('--continue-all')).stdout).toBe('No interrupted tasks\n');
          expect(await there('--headless', '--task-name', 'parts')).toMatchObject({
            exitCode: 1,
            stderr:
              'This directory is the clone of a worker, and only its hub starts tasks here: autonomous-tui --hub FILE --task-name parts --continue\n',
          });
          gate.open();
          second.start(['--worker', ...hub]);
          await untilDone();
          expect(remoteFile('parts.txt')).toBe(wholeWork);
          // Full access was for that machine alone.
          expect(await stateFileOf(first, 'run.json')).toContain('danger-full-access');
          expect(await stateFileOf(second, 'run.json')).not.toContain('danger-full-access');
          expect(await stateFileOf(second, 'runner.log')).toContain(
            'This task had full access on its last machine; here it goes on in workspace-write',
          );
          // The machine is back: what it had not sent is where it belongs.
          const { length } = await logOf(first);
          first.start(['--worker', ...hub]);
          await untilMirrored(mirror, async () => [await logOf(first), await logOf(second)]);
          expect((await logOf(first)).length).toBeGreaterThanOrEqual(length);
        },
      );
    },
  );

  test(
    'is seen elsewhere: its log byte for byte, its list and its notes',
    { timeout },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan, configuration }),
        async ({ first, hub, untilDone, mirror, logOf }) => {
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 2'));
          first.start(['--worker', ...hub]);
          await gate.reached();
          await until('the list is seen', () => mirror.texts()?.list?.text.includes('- [x]'));
          await untilMirrored(mirror, async () => [await logOf(first)]);
          gate.open();
          await untilDone();
          await untilMirrored(mirror, async () => [await logOf(first)]);
          expect(mirror.texts()?.list?.text).not.toContain('- [ ]');
          expect(mirror.texts()?.notes?.text).toMatch(/part/);
          expect(mirror.problem()).toBeNull();
        },
      );
    },
  );

  test(
    'is lost by a machine that stands still: when that wakes, its Codex ends and changes nothing',
    {
      timeout,
    },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan, configuration }),
        async ({ first, second, hub, remoteFile, untilDone }) => {
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 2'));
          first.start(['--worker', ...hub]);
          await gate.reached();
          const other = second.start(['--worker', ...hub]);
          await until('the other one watches', () => other.stdout().includes('works on the tasks'));
          const machine = processesUnder(first.directory);
          const codex = machine.filter(({ command }) => command.includes(' exec '));
          expect(codex).not.toEqual([]);
          for (const { pid } of machine) process.kill(pid, 'SIGSTOP');
          // The answer lies there when it wakes.
          gate.open();
          await untilDone();
          for (const { pid } of machine) process.kill(pid, 'SIGCONT');
          await until('its Codex is gone', () => {
            const pids = new Set(processesUnder(first.directory).map(({ pid }) => pid));
            return codex.every(({ pid }) => !pids.has(pid));
          });
          expect(remoteFile('parts.txt')).toBe(wholeWork);
        },
      );
    },
  );

  test(
    'is free at once when its worker is told to end, which leaves no process behind',
    { timeout },
    async ({ makeWorld }) => {
      await withTask(
        () => makeWorld({ plan, configuration }),
        async ({ first, second, hub, remoteFile, untilDone }) => {
          const gate = first.hold(({ prompt }) => prompt.includes('Do part 2'));
          const worker = first.start(['--worker', ...hub]);
          await gate.reached();
          worker.kill('SIGTERM');
          expect(await worker.ended).toMatchObject({ exitCode: 0, stderr: '' });
          await first.untilNobodyLives();
          gate.open();
          expect((await second.run(hub)).stdout).toContain('parts');
          second.start(['--worker', ...hub]);
          await untilDone();
          expect(remoteFile('parts.txt')).toBe(wholeWork);
        },
      );
    },
  );
});

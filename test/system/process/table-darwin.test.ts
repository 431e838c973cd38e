// Linux's `ps` takes the same words as that of macOS, so that the spawn is tested here, too.

import { existsSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { allProcesses, carries } from '../../../source/system/process/table-darwin.ts';
import { exitOf, RealProcesses } from '../../helpers/real-processes.ts';
import { until } from '../../helpers/until.ts';

const processes = new RealProcesses();

afterEach(async () => {
  vi.unstubAllEnvs();
  await processes.endAll();
});

describe.skipIf(!existsSync('/bin/ps'))('the table that ps shows', () => {
  const rowOf = async (pid: number) => (await allProcesses()).find((row) => row.pid === pid);

  test('has each living process with its group', async () => {
    const child = processes.start('sleep', ['300']);
    expect(await rowOf(child.pid!)).toMatchObject({ group: child.pid, zombie: false });
    child.kill('SIGKILL');
    await exitOf(child);
    expect(await rowOf(child.pid!)).toBeUndefined();
  });

  test('shows a zombie as one', async () => {
    // The sleep that replaces the shell never waits for its child.
    const { pids } = await processes.script('sleep 0 & echo $!; exec sleep 300', { pids: 1 });
    await until('it is a zombie', async () => (await rowOf(pids[0]!))?.zombie === true);
  });

  test('shows the same start time whatever the language, time zone and width of its caller', async () => {
    const before = await rowOf(process.pid);
    expect(before?.startTime).toMatch(/^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/);
    const caller = {
      TZ: 'Asia/Tokyo',
      LC_ALL: 'de_DE.UTF-8',
      LC_TIME: 'de_DE.UTF-8',
      COLUMNS: '20',
    };
    for (const [name, value] of Object.entries(caller)) vi.stubEnv(name, value);
    expect(await rowOf(process.pid)).toEqual(before);
  });
});

describe.skipIf(!existsSync('/bin/ps'))('the environment that ps shows', () => {
  test('has the marker of the process, and only that', async () => {
    const child = processes.start('sleep', ['300'], {
      env: { MARKER: 'one', OTHER: 'MARKER=two' },
    });
    await until('it shows', () => carries(child.pid!, 'MARKER=one'));
    expect(await carries(child.pid!, 'MARKER=two')).toBe(false);
    expect(await carries(child.pid!, 'MARKER=on')).toBe(false);
  });

  test('of a process that is gone has nothing', async () => {
    const child = processes.start('true', []);
    await exitOf(child);
    expect(await carries(child.pid!, 'MARKER=one')).toBe(false);
  });
});

// Each disk is a small file system of its own, so the test needs permission to mount.

import { expect, test } from 'vitest';
import { judgeDisk } from '../trials/disk/judge-disk.ts';
import { playInside, wayIn } from '../trials/disk/mount-namespace.ts';

const way = await wayIn();

test.skipIf(way === null).concurrent.for(['log', 'state', 'project'] as const)(
  'while the disk with the %s is full, a task waits and says which disk it is; then it continues by itself',
  async (disk) => {
    const played = await playInside(way!, disk);
    expect(judgeDisk(played), JSON.stringify(played, null, 1)).toEqual([]);
  },
);

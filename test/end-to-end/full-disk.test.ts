import { expect, test } from 'vitest';
import { judgeDisk } from '../disk/judge-disk.ts';
import { playInside, waysIn } from '../disk/mount-namespace.ts';

const way = await waysIn();

test.skipIf(way === null).concurrent.for(['log', 'state', 'project'] as const)(
  'a task waits until there is room again on the disk with the %s, and says which it is',
  async (disk) => {
    const played = await playInside(way!, disk);
    expect(judgeDisk(played), JSON.stringify(played, null, 1)).toEqual([]);
  },
  180_000,
);

// The part that runs inside the mount namespace: plays one disk and prints the result.

import { playFullDisk, type FullDisk } from './full-disk.ts';

const played = await playFullDisk(process.argv[2] as FullDisk);
process.stdout.write(`${JSON.stringify(played)}\n`);

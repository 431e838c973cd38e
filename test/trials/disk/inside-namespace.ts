// The part that runs where the mounts are: plays one disk and prints what came of it.

import { playFullDisk, type FullDisk } from './full-disk.ts';

const played = await playFullDisk(process.argv[2] as FullDisk);
process.stdout.write(`${JSON.stringify(played)}\n`);

// `npm run disk`: a full disk for the log, for the state and for the project, and what our program says and does.

import { judgeDisk } from './judge-disk.ts';
import { playInside, waysIn } from './mount-namespace.ts';

const way = await waysIn();
if (way === null) {
  process.stdout.write('Skipped: this machine permits no mounts of our own.\n');
} else {
  for (const disk of ['log', 'state', 'project'] as const) {
    const played = await playInside(way, disk);
    const wrong = judgeDisk(played);
    process.stdout.write(`${wrong.length === 0 ? '✓' : '✗'} the disk with the ${disk} was full\n`);
    process.stdout.write(`    said: ${played.said.join(' → ')}\n`);
    process.stdout.write(`    sessions: ${played.outcomes.join(', ')}\n`);
    for (const one of wrong) process.stdout.write(`    ✗ ${one}\n`);
    if (wrong.length > 0) process.exitCode = 1;
  }
}

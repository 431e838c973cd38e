// Judges a run with a full disk: the task must wait for the user, say which disk it is, and continue by itself when
// there is free space again.

import type { FullDisk, PlayedDisk } from './full-disk.ts';

/** The words that name each disk. */
const names: Readonly<Record<FullDisk, RegExp>> = {
  log: /log|task(?:'s)? directory/i,
  state: /state/i,
  project: /project/i,
};

export function judgeDisk({ disk, said, done, total, breaches }: PlayedDisk): string[] {
  const wrong = [...breaches];
  const complaints = said.filter((one) => /disk|room|no space/iu.test(one));
  if (complaints.length === 0)
    wrong.push(`it did not say that a disk is full, but: ${said.join(' → ')}`);
  else if (!complaints.some((one) => names[disk].test(one))) {
    wrong.push(
      `it did not say that it is the disk with the ${disk}, but: ${complaints.join(' → ')}`,
    );
  }
  if (!said.some((one) => one.startsWith('needs you')))
    wrong.push(`it did not wait for the user: ${said.join(' → ')}`);
  if (total === 0 || done !== total)
    wrong.push(`it did not continue by itself: ${done}/${total} steps`);
  return wrong;
}

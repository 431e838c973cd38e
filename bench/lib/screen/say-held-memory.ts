// Loaded into the dashboard before its own code: on SIGUSR2 it collects garbage and writes how many bytes are left to
// the file that MEMORY_FILE names.

import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const path = process.env['MEMORY_FILE'] ?? '';

process.on('SIGUSR2', () => {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  writeFileSync(path, `${heapUsed + arrayBuffers}\n`);
});

if (process.env['MEMORY_LEAK'] === 'yes') {
  const kept: Buffer[] = [];
  setInterval(() => kept.push(Buffer.alloc(500_000, 1)), 100).unref();
}

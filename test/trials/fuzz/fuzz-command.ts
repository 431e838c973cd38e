// Fuzzes the parsers of all files that others can write: `npm run fuzz`, `npm run fuzz -- session.log text
// --minutes 30 --seed 7`. An input that breaks a law is minimized and saved in test/fixtures/fuzz, where the tests read
// it. Exits with 1 if anything was found.

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { News, Work } from './fuzz-worker.ts';
import { targets } from './targets.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    jobs: { type: 'string', default: '1' },
  },
});

const hangMs = 20_000;
const waiting = positionals.length > 0 ? positionals : targets.map(({ name }) => name);
const unknown = waiting.filter((name) => !targets.some((target) => target.name === name));
if (unknown.length > 0) throw new Error(`Unknown target: ${unknown.join(', ')}`);

let finds = 0;
console.log(`${values.minutes} minutes per target, seed ${values.seed}`);
await Promise.all(Array.from({ length: Number(values.jobs) }, work));
process.exitCode = finds === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const until = Date.now() + Number(values.minutes) * 60_000;
    // A thread that hangs is ended, and the rest of its time goes to a new one.
    for (let seed = Number(values.seed); Date.now() < until; seed++) {
      await fuzz({ target: name, seed, until, shared: new SharedArrayBuffer(4 + 64 * 1024) });
    }
  }
}

/** Resolves when the thread has ended or was terminated. */
function fuzz(data: Work): Promise<void> {
  const { target, shared } = data;
  const worker = new Worker(new URL('fuzz-worker.ts', import.meta.url), { workerData: data });
  return new Promise((resolve, reject) => {
    let before = '';
    let since = Date.now();
    const watchdog = setInterval(() => {
      const now = inputAtHand(shared).toString('base64');
      if (now !== before) since = Date.now();
      before = now;
      if (Date.now() - since < hangMs) return;
      save(target, 'It never ends', inputAtHand(shared));
      void worker.terminate();
    }, 1000);
    worker.on('message', (news: News) => {
      if (news.kind === 'found') return save(target, news.message, news.bytes);
      console.log(`${target}: ${news.inputs} inputs, ${news.kept} kept, ${news.pieces} pieces`);
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      clearInterval(watchdog);
      resolve();
    });
  });
}

function inputAtHand(shared: SharedArrayBuffer): Buffer {
  const length = Atomics.load(new Int32Array(shared, 0, 1), 0);
  return Buffer.from(new Uint8Array(shared, 4, Math.min(length, shared.byteLength - 4)));
}

function save(target: string, message: string, bytes: Uint8Array): void {
  finds++;
  const directory = join(import.meta.dirname, '..', '..', 'fixtures', 'fuzz', target);
  const path = join(directory, createHash('sha256').update(bytes).digest('hex').slice(0, 12));
  mkdirSync(directory, { recursive: true });
  writeFileSync(path, bytes);
  console.log(`${target}: ${message}\n  ${path}`);
}

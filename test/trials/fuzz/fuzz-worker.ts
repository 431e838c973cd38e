// Fuzzes one target in a thread of its own, so that a parser that never ends can be terminated. Inputs that reach new
// code are kept and changed further.

import { parentPort, workerData } from 'node:worker_threads';
import { watchPieces } from './coverage.ts';
import { smallest } from './minimize.ts';
import { mutated, randomFrom } from './mutate.ts';
import { seedsFor, wordsFor } from './seeds.ts';
import { targets } from './targets.ts';

export type Work = {
  target: string;
  seed: number;
  /** Epoch ms. */
  until: number;
  /** The current input, in case this thread must be terminated: its length, then its bytes. */
  shared: SharedArrayBuffer;
};

export type News =
  | { kind: 'found'; message: string; bytes: Uint8Array }
  | { kind: 'done'; inputs: number; kept: number; pieces: number };

const { target: name, seed, until, shared } = workerData as Work;
/** In this thread's own CPU time. */
const slowMs = 1000;
/** Reading the counters takes as long as this many small inputs. */
const batchSize = 128;

const target = targets.find((candidate) => candidate.name === name);
if (target === undefined) throw new Error(`Unknown target: ${name}`);
const length = new Int32Array(shared, 0, 1);
const atHand = new Uint8Array(shared, 4);
const told = new Set<string>();
const random = randomFrom(seed);
const corpus = seedsFor(name);
const words = wordsFor(name);
const pieces = await watchPieces(new URL('../../../source/', import.meta.url).href);
let inputs = 0;

for (const bytes of corpus) await attempt(bytes);
await pieces.learn();

while (Date.now() < until) {
  const material = { corpus, words, maxBytes: target.maxBytes };
  await keepNews(Array.from({ length: batchSize }, () => mutated(material, random)));
}
tell({ kind: 'done', inputs, kept: corpus.length, pieces: pieces.known() });

/** Runs the batch and keeps the inputs that reach new code, found by halving. */
async function keepNews(batch: readonly Buffer[]): Promise<void> {
  for (const bytes of batch) await attempt(bytes);
  if (!(await pieces.isNew())) return;
  const [only] = batch;
  if (batch.length === 1 && only !== undefined) {
    await attempt(only);
    await pieces.learn();
    corpus.push(only);
    return;
  }
  const middle = Math.ceil(batch.length / 2);
  await keepNews(batch.slice(0, middle));
  await keepNews(batch.slice(middle));
}

async function attempt(bytes: Buffer): Promise<void> {
  const message = await failure(bytes);
  if (message === null || told.has(message)) return;
  told.add(message);
  const less = await smallest(bytes, async (candidate) => (await failure(candidate)) === message);
  tell({ kind: 'found', message, bytes: less });
}

/** What the target does wrong with this input; null if nothing. */
async function failure(bytes: Buffer): Promise<string | null> {
  inputs++;
  atHand.set(bytes.subarray(0, atHand.length));
  Atomics.store(length, 0, bytes.length);
  const start = process.threadCpuUsage();
  try {
    await target?.run(bytes);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message.slice(0, 80)}` : String(error);
  }
  const { user, system } = process.threadCpuUsage(start);
  return user + system > slowMs * 1000 ? 'It takes too long' : null;
}

function tell(news: News): void {
  parentPort?.postMessage(news);
}

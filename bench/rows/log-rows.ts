// A log of a gigabyte: reading its end, indexing it, going to any place, searching.

import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { theEnd } from '../../source/core/log/snapshot.ts';
import type { SearchQuery } from '../../source/core/search/query.ts';
import { needle } from '../lib/big-log.ts';
import { logOnView } from '../lib/log-on-view.ts';
import type { Row } from '../lib/row.ts';
import { sharedLog } from '../lib/shared-log.ts';
import { terminalPeer } from '../lib/screen/terminal-peer.ts';
import { timed } from '../lib/timed.ts';

const roomy = { maxBuffer: 256 * 1024 * 1024 };
const plainly: SearchQuery = { form: 'plain', text: needle };
const tailName = 'tail -n 60';
/** The second choice is nowhere in the log. */
const choices = `${needle}|needle-in-no-log`;

export const logRows: readonly Row[] = [
  {
    name: 'log-end',
    what: 'a log of 1 GB: reading its end into entries',
    unit: 'ms',
    goal: { kind: 'times a peer', peer: tailName, value: 3 },
    rounds: { whole: 3, short: 3 },
    open: async (size) => {
      const { path, directory } = await sharedLog(size);
      const small = join(directory, 'small.log');
      await promisify(execFile)('sh', ['-c', 'tail -c 10000000 "$1" > "$2"', '-', path, small]);
      return {
        ours: () => endOf(path),
        floor: () => lastLines(path),
        peers: {
          'ours, 10 MB': () => endOf(small),
          [tailName]: () => timed(() => promisify(execFile)('tail', ['-n', '60', path], roomy)),
          'less +G': terminalPeer('less', ['+G', path]),
          lnav: terminalPeer('lnav', [path]),
        },
      };
    },
  },
  {
    name: 'log-index',
    what: 'a log of 1 GB: indexing its lines in the background',
    // With a small log, it would measure the warm-up.
    isInShort: false,
    unit: 'GB/s',
    goal: { kind: 'at least times the floor', value: 0.4 },
    rounds: { whole: 5, short: 2 },
    open: async (size) => {
      const { path, sizeBytes } = await sharedLog(size);
      return {
        ours: async () => sizeBytes / 1e6 / (await indexed(path)).ms,
        floor: async () => sizeBytes / 1e6 / (await timed(() => newlinesIn(path))),
      };
    },
  },
  {
    name: 'log-index-delay',
    what: 'a log of 1 GB: delay of the event loop while indexing, p99',
    // With a small log, it would measure the warm-up.
    isInShort: false,
    unit: 'ms',
    goal: { kind: 'at most', value: 20 },
    rounds: { whole: 5, short: 2 },
    open: async (size) => {
      const { path } = await sharedLog(size);
      return { ours: async () => (await indexed(path)).delayMs };
    },
  },
  {
    name: 'log-place',
    what: 'a log of 1 GB: going to any place, once it is indexed, p95',
    unit: 'ms',
    goal: { kind: 'at most', value: 50 },
    quantile: 0.95,
    rounds: { whole: 3, short: 1 },
    open: async (size) => {
      const { path } = await sharedLog(size);
      return { ours: () => placesIn(path) };
    },
  },
  searchRow('log-search', {
    words: 'a text',
    query: plainly,
    grepArguments: ['-i', needle],
    leastTimesGrep: 0.5,
  }),
  searchRow('log-search-choices', {
    words: 'an expression with choices',
    query: { form: 'expression', text: choices },
    grepArguments: ['-i', '-E', choices],
    leastTimesGrep: 0.33,
  }),
  {
    name: 'log-first-match',
    what: 'a log of 1 GB: the first match of a search',
    unit: 'ms',
    goal: { kind: 'at most', value: 50 },
    rounds: { whole: 5, short: 2 },
    open: async (size) => {
      const { path, needles } = await sharedLog(size);
      return { ours: async () => (await searched(path, plainly, needles)).firstMs };
    },
  },
];

type Searching = {
  words: string;
  query: SearchQuery;
  grepArguments: readonly string[];
  leastTimesGrep: number;
};

function searchRow(name: string, { words, query, grepArguments, leastTimesGrep }: Searching): Row {
  const grepName = `grep ${grepArguments.slice(0, -1).join(' ')}`;
  return {
    name,
    what: `a log of 1 GB: searching all of it for ${words}`,
    unit: 'MB/s',
    goal: { kind: 'at least times a peer', peer: grepName, value: leastTimesGrep },
    rounds: { whole: 5, short: 2 },
    open: async (size) => {
      const { path, sizeBytes, needles } = await sharedLog(size);
      const rate = (ms: number): number => sizeBytes / 1e3 / ms;
      const grep = async (): Promise<void> => {
        const { stdout } = await promisify(execFile)('grep', ['-c', ...grepArguments, path]);
        if (Number(stdout) !== needles) throw new Error(`grep found ${stdout}`);
      };
      return {
        ours: async () => rate((await searched(path, query, needles)).ms),
        floor: async () => rate(await timed(() => foundByHand(path, needles))),
        peers: { [grepName]: async () => rate(await timed(grep)) },
      };
    },
  };
}

async function endOf(path: string): Promise<number> {
  const before = performance.now();
  const log = logOnView(path);
  await log.until(({ entries }) => entries.length > 20);
  const ms = performance.now() - before;
  log.close();
  return ms;
}

async function lastLines(path: string): Promise<number> {
  const before = performance.now();
  const file = await open(path);
  const { size } = await file.stat();
  const bytes = Buffer.alloc(Math.min(size, 128 * 1024));
  await file.read(bytes, 0, bytes.length, size - bytes.length);
  await file.close();
  const lines = bytes.toString().trimEnd().split('\n').slice(1).slice(-50);
  for (const line of lines) JSON.parse(line);
  return performance.now() - before;
}

async function indexed(path: string): Promise<{ ms: number; delayMs: number }> {
  const late = monitorEventLoopDelay({ resolution: 1 });
  const log = logOnView(path);
  late.enable();
  const ms = await timed(() => log.until(({ reading }) => reading === null));
  late.disable();
  log.close();
  return { ms, delayMs: late.percentile(99) / 1e6 };
}

async function eachPortion(path: string, look: (bytes: Buffer) => void): Promise<void> {
  const file = await open(path);
  const memory = Buffer.allocUnsafeSlow(1024 * 1024);
  for (;;) {
    const { bytesRead } = await file.read(memory, 0, memory.length);
    if (bytesRead === 0) break;
    look(memory.subarray(0, bytesRead));
  }
  await file.close();
}

async function newlinesIn(path: string): Promise<number> {
  let count = 0;
  await eachPortion(path, (bytes) => {
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++;
  });
  return count;
}

/** Case-sensitive and not across chunks, so it does less than our search must. */
async function foundByHand(path: string, needles: number): Promise<void> {
  let count = 0;
  await eachPortion(path, (bytes) => {
    for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + 1)) count++;
  });
  if (Math.abs(count - needles) > 3) throw new Error(`${count} matches instead of ${needles}`);
}

async function placesIn(path: string): Promise<number[]> {
  const log = logOnView(path);
  await log.until(({ reading }) => reading === null);
  const { to } = log.snapshot().extent;
  const samples: number[] = [];
  for (let count = 0; count < 60; count++) {
    const offset = Math.floor(((count * 0.618034) % 0.9) * to);
    const before = performance.now();
    log.look({ ...theEnd, at: offset });
    await log.until(
      ({ entries, extent }) => extent.from <= offset && offset < extent.to && entries.length > 0,
    );
    samples.push(performance.now() - before);
  }
  log.close();
  return samples;
}

async function searched(
  path: string,
  query: SearchQuery,
  needles: number,
): Promise<{ ms: number; firstMs: number }> {
  const log = logOnView(path);
  await log.until(({ reading }) => reading === null);
  const before = performance.now();
  log.look({ ...theEnd, search: query });
  await log.until(({ search }) => search?.query === query && search.count > 0);
  const firstMs = performance.now() - before;
  await log.until(({ search }) => search?.searching === null);
  const ms = performance.now() - before;
  const count = log.snapshot().search?.count;
  log.close();
  if (count !== needles) throw new Error(`${count} matches instead of ${needles}`);
  return { ms, firstMs };
}

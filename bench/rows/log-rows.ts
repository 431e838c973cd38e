// A log of a gigabyte: its end, its lines, any place in it, what is searched for in it; and a line that is appended.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { spawn as spawnInTerminal } from '@lydell/node-pty';
import { theEnd } from '../../source/core/log-picture.ts';
import { watchDirectory } from '../../source/system/watch.ts';
import { needle } from '../lib/big-log.ts';
import { logOnView } from '../lib/log-on-view.ts';
import type { Measure, Row } from '../lib/row.ts';
import { sharedLog } from '../lib/shared-log.ts';

export const logRows: readonly Row[] = [
  {
    name: 'log-end',
    what: 'a log of 1 GB: its end, read and made into entries',
    unit: 'ms',
    goal: { kind: 'at most', value: 30 },
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
          'tail -n 60': () => timed(() => promisify(execFile)('tail', ['-n', '60', path], roomy)),
          'less +G': terminalPeer('less', ['+G', path]),
          lnav: terminalPeer('lnav', [path]),
        },
      };
    },
  },
  {
    name: 'log-index',
    what: 'where its lines stand and what they are, in the background',
    // Of a small log it would be the warming up that is measured.
    isInShort: false,
    unit: 'GB/s',
    goal: { kind: 'at least', value: 1 },
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
    what: 'how late the event loop is meanwhile, 99 of 100 times at most',
    // Of a small log it would be the warming up that is measured.
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
    what: 'any place of it, once its lines are known, 95 of 100',
    unit: 'ms',
    goal: { kind: 'at most', value: 50 },
    quantile: 0.95,
    rounds: { whole: 3, short: 1 },
    open: async (size) => {
      const { path } = await sharedLog(size);
      return { ours: () => placesIn(path) };
    },
  },
  {
    name: 'log-search',
    what: 'a text searched for in all of it',
    unit: 'MB/s',
    goal: { kind: 'at least', value: 300 },
    rounds: { whole: 5, short: 2 },
    open: async (size) => {
      const { path, sizeBytes, needles } = await sharedLog(size);
      const grep = async (): Promise<void> => {
        const { stdout } = await promisify(execFile)('grep', ['-c', '-i', needle, path]);
        if (Number(stdout) !== needles) throw new Error(`grep found ${stdout}`);
      };
      return {
        ours: async () => sizeBytes / 1e3 / (await searched(path, needles)).ms,
        floor: async () => sizeBytes / 1e3 / (await timed(() => foundByHand(path, needles))),
        peers: { 'grep -i': async () => sizeBytes / 1e3 / (await timed(grep)) },
      };
    },
  },
  {
    name: 'log-first-match',
    what: 'the first match of it',
    unit: 'ms',
    goal: { kind: 'at most', value: 50 },
    rounds: { whole: 5, short: 2 },
    open: async (size) => {
      const { path, needles } = await sharedLog(size);
      return { ours: async () => (await searched(path, needles)).firstMs };
    },
  },
  appendRow('log-append', { logs: 1, quantile: 0.5, most: 1 }),
  appendRow('log-append-late', { logs: 1, quantile: 0.99, most: 10 }),
  appendRow('log-append-100', { logs: 100, quantile: 0.5, most: 1 }),
  appendRow('log-append-100-late', { logs: 100, quantile: 0.99, most: 10 }),
];

const roomy = { maxBuffer: 256 * 1024 * 1024 };

async function timed(act: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await act();
  return performance.now() - before;
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

/** Only as it is written, and not across portions: less than what is asked of ours. */
async function foundByHand(path: string, needles: number): Promise<void> {
  let count = 0;
  await eachPortion(path, (bytes) => {
    for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + 1)) count++;
  });
  if (Math.abs(count - needles) > 3) throw new Error(`${count} places instead of ${needles}`);
}

async function placesIn(path: string): Promise<number[]> {
  const log = logOnView(path);
  await log.until(({ reading }) => reading === null);
  const { to } = log.picture().extent;
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

async function searched(path: string, needles: number): Promise<{ ms: number; firstMs: number }> {
  const log = logOnView(path);
  await log.until(({ reading }) => reading === null);
  const query = { form: 'plain', text: needle } as const;
  const before = performance.now();
  log.look({ ...theEnd, search: query });
  await log.until(({ search }) => search?.query === query && search.count > 0);
  const firstMs = performance.now() - before;
  await log.until(({ search }) => search?.searching === null);
  const ms = performance.now() - before;
  const count = log.picture().search?.count;
  log.close();
  if (count !== needles) throw new Error(`${count} matches instead of ${needles}`);
  return { ms, firstMs };
}

type Appending = { logs: number; quantile: number; most: number };

function appendRow(name: string, { logs, quantile, most }: Appending): Row {
  return {
    name,
    what: `a line appended to one of ${logs}, until it is an entry, ${quantile * 100} of 100`,
    unit: 'ms',
    goal: { kind: 'at most', value: most },
    quantile,
    // Of few lines the worst of a hundred is what the machine does beside it.
    isInShort: quantile < 0.9,
    rounds: { whole: 3, short: 1 },
    open: async (size) => {
      const { directory } = await sharedLog(size);
      const paths = await emptyLogs(join(directory, name), logs);
      const views = paths.map(logOnView);
      await Promise.all(views.map((view) => view.until(({ reading }) => reading === null)));
      const lines = size === 'short' ? 20 : 100;
      let number = 0;
      const append = async (until: (at: number, text: string) => Promise<void>) => {
        const samples: number[] = [];
        for (let count = 0; count < lines; count++) {
          await delay(110);
          const at = count % paths.length;
          const text = `line ${++number}`;
          const seen = until(at, text);
          const before = performance.now();
          await appendFile(paths[at] ?? '', messageLine(text));
          await seen;
          samples.push(performance.now() - before);
        }
        return samples;
      };
      const tail = tailPeer(paths);
      return {
        ours: () =>
          append((at, text) =>
            views[at]!.until(({ entries }) => {
              const body = entries.at(-1)?.body;
              return body?.kind === 'message' && body.text === text;
            }),
          ),
        floor: () => append((at) => hinted(paths[at] ?? '')),
        peers: { 'tail -F': () => append((_, text) => tail.until(text)) },
        end: () => {
          for (const view of views) view.close();
          tail.end();
        },
      };
    },
  };
}

async function emptyLogs(directory: string, count: number): Promise<string[]> {
  const paths = Array.from({ length: count }, (_, at) =>
    join(directory, String(at), 'session.log'),
  );
  for (const path of paths) {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, messageLine('the first'));
  }
  return paths;
}

function messageLine(text: string): string {
  const item = { id: text.replace(' ', '_'), type: 'agent_message', text };
  return `${JSON.stringify({ type: 'item.completed', item })}\n`;
}

/** The kernel says that something happened there. */
function hinted(path: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watchDirectory(join(path, '..'), () => {
      watcher.close();
      resolve();
    });
  });
}

function tailPeer(paths: readonly string[]): { until(text: string): Promise<void>; end(): void } {
  const tail = spawn('tail', ['-q', '-n', '0', '-F', ...paths], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return {
    until: async (text) => {
      for (;;) {
        const [chunk] = (await once(tail.stdout, 'data')) as [Buffer];
        if (chunk.includes(`"${text}"`)) return;
      }
    },
    end: () => tail.kill(),
  };
}

/** Until it says that it shows the end. Null: it is not installed. */
function terminalPeer(name: string, args: readonly string[]): Measure | null {
  const path = ['/usr/bin', '/usr/local/bin', '/bin']
    .map((directory) => join(directory, name))
    .find(existsSync);
  if (path === undefined) return null;
  return () =>
    timed(
      () =>
        new Promise<void>((resolve) => {
          const { PATH = '', HOME = '' } = process.env;
          const env = { PATH, HOME, TERM: 'xterm-256color', LESS: '' };
          const pty = spawnInTerminal(path, [...args], { cols: 120, rows: 36, env });
          let seen = '';
          pty.onData((data) => {
            seen = (seen + data).slice(-4000);
            if (!/\(END\)|\bL\d+\b.*100%/u.test(seen)) return;
            pty.kill();
            resolve();
          });
        }),
    );
}

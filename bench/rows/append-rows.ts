// The time from an appended line to its entry: with one log, and with a hundred.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { watchDirectory } from '../../source/system/watch.ts';
import { logOnView } from '../lib/log-on-view.ts';
import { messageLine } from '../lib/project.ts';
import type { Row } from '../lib/row.ts';
import { sharedLog } from '../lib/shared-log.ts';

const tailName = 'tail -F';

export const appendRows: readonly Row[] = [
  appendRow('log-append', { logs: 1, quantile: 0.5, timesTail: 1.2 }),
  appendRow('log-append-late', { logs: 1, quantile: 0.99, timesTail: 3 }),
  appendRow('log-append-100', { logs: 100, quantile: 0.5, timesTail: 1.2 }),
  appendRow('log-append-100-late', { logs: 100, quantile: 0.99, timesTail: 3 }),
];

/** One in a hundred is mostly other load on the machine, so it may differ more. */
type Appending = { logs: number; quantile: number; timesTail: number };

function appendRow(name: string, { logs, quantile, timesTail }: Appending): Row {
  return {
    name,
    what: `from an appended line to its entry (logs: ${logs}), p${quantile * 100}`,
    unit: 'ms',
    goal: { kind: 'times a peer', peer: tailName, value: timesTail },
    quantile,
    // With few lines, the worst of a hundred shows only other load on the machine.
    isInShort: quantile < 0.9,
    rounds: { whole: 2, short: 1 },
    open: async (size) => {
      const { directory } = await sharedLog(size);
      const paths = await emptyLogs(join(directory, name), logs);
      const views = paths.map((path) => logOnView(path));
      await Promise.all(views.map((view) => view.until(({ reading }) => reading === null)));
      const lines = size === 'short' ? 20 : 75;
      let number = 0;
      const append = async (until: (at: number, text: string) => Promise<void>) => {
        const samples: number[] = [];
        for (let count = 0; count < lines; count++) {
          await delay(110);
          const at = count % paths.length;
          const text = `line ${++number}`;
          const seen = until(at, text);
          const before = performance.now();
          await appendFile(paths[at] ?? '', `${messageLine(text)}\n`);
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
        peers: { [tailName]: () => append((_, text) => tail.until(text)) },
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
    await writeFile(path, `${messageLine('the first')}\n`);
  }
  return paths;
}

/** Resolves when the kernel reports a change there. */
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

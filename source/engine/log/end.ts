// The end of a log, read at once and followed. How much is read depends on how long the lines are: more than a
// screen of them, but no more than the user should wait for.

import { everything } from '../../core/log/filter.ts';
import type { LogTail, TailOptions } from '../../system/log/tail.ts';
import type { TailLine } from '../../system/log/line-splitter.ts';
import type { LogTimes } from './times.ts';
import { openWindow, readWindow, type LogWindow, type WindowDeps } from './window.ts';

type LogEndDeps = {
  project: string;
  logPath: string;
  tailLog(path: string, options: TailOptions): LogTail;
  times: LogTimes;
  landmarks: WindowDeps['landmarks'];
};

export type EndNews = {
  /** What was reported before no longer counts. */
  reset: boolean;
  lines: readonly { line: TailLine; at: number | null }[];
};

export type LogEnd = {
  /** Everything that came since the last call. */
  read(): Promise<EndNews>;
  window(): LogWindow;
  /** Counts the logs that have had this name. */
  log(): number;
  /** There was a log, and now no file has its name. */
  isGone(): boolean;
  /** The window began at some line, before the index knew where lines begin. */
  isProvisional(): boolean;
  readAgain(deps: Omit<WindowDeps, 'log'>): Promise<void>;
  close(): Promise<void>;
};

/** Each is tried in turn until it holds enough lines. Fewer long lines are enough: they fill a screen sooner. */
const portions = [
  { lastBytes: 128 * 1024, enoughLines: 60 },
  { lastBytes: 512 * 1024, enoughLines: 15 },
  { lastBytes: 4 * 1024 * 1024, enoughLines: 2 },
  { lastBytes: 32 * 1024 * 1024, enoughLines: 1 },
];

export function followEnd({ project, logPath, tailLog, times, landmarks }: LogEndDeps): LogEnd {
  let log = 0;
  let window = emptyWindow();
  let tail: LogTail | null = null;
  let isProvisional = false;
  let wasLost = false;

  function emptyWindow(from = 0): LogWindow {
    const deps = { project, log, timeOf: times.of, landmarks };
    return openWindow(deps, { from, to: from, atEnd: true, filter: everything });
  }

  async function begin(): Promise<EndNews> {
    await times.load();
    let told: TailLine[] = [];
    for (const { lastBytes, enoughLines } of portions) {
      await tail?.close();
      tail = tailLog(logPath, { from: { lastBytes } });
      told = await readToEnd(tail);
      if (told.length >= enoughLines || (told[0]?.offset ?? 0) === 0) break;
    }
    const from = told[0]?.offset ?? 0;
    isProvisional = from > 0 || told.length === 0;
    window = emptyWindow(from);
    times.noteEnds(told);
    const lines = told.map((line) => ({ line, at: times.of(line) }));
    for (const { line, at } of lines) window.push(line, at);
    return { reset: false, lines };
  }

  async function readToEnd(from: LogTail): Promise<TailLine[]> {
    const lines: TailLine[] = [];
    for (;;) {
      const batch = await from.read();
      lines.push(...batch.lines);
      if (batch.atEnd) return lines;
    }
  }

  async function goOn(from: LogTail): Promise<EndNews> {
    const lines: { line: TailLine; at: number }[] = [];
    let reset = false;
    for (;;) {
      const batch = await from.read();
      if (batch.reset !== 'none') {
        reset = true;
        wasLost = batch.reset === 'gone';
        lines.length = 0;
        times.forget();
        log++;
        window = emptyWindow();
        isProvisional = false;
      }
      for (const line of batch.lines) {
        // A line that arrives while we follow has just been written.
        const at = times.came(line.offset);
        lines.push({ line, at });
        if (line.offset >= window.to()) window.push(line, at);
      }
      // An endless writer must not keep everything else waiting.
      if (batch.atEnd || lines.length > 10_000) return { reset, lines };
    }
  }

  return {
    read: () => (tail === null ? begin() : goOn(tail)),
    window: () => window,
    log: () => log,
    isGone: () => wasLost && tail?.position() === null,
    isProvisional: () => isProvisional,
    readAgain: async (deps) => {
      isProvisional = false;
      window = await readWindow({ ...deps, log }, { offset: 'end', filter: everything });
    },
    close: async () => {
      await tail?.close();
    },
  };
}

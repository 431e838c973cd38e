// The lines of a log as a dashboard follows them. Those of a running session come from the file that Codex writes,
// where the agent cannot write; all others from session.log. Both have the offsets of session.log.

import type { TailLine } from '../../system/log/line-splitter.ts';
import type { LogTail, TailBatch, TailOptions } from '../../system/log/tail.ts';

/** A session whose output is in a file of its own. */
export type LastSession = {
  uuid: string;
  path: string;
  /** Where the first byte of that file is in session.log. */
  offset: number;
  /** `changed`: another process wrote into session.log, so its lines are not at these offsets. */
  state: 'running' | 'copied' | 'changed';
};

type RunningTailDeps = {
  tailLog(path: string, options: TailOptions): LogTail;
  /** The task's last session, from its record; null if it writes into session.log itself. */
  lastSession(): LastSession | null;
};

type OwnFile = LastSession & { tail: LogTail };

export function tailRunning(
  { tailLog, lastSession }: RunningTailDeps,
  logPath: string,
  options: TailOptions,
): LogTail {
  let log = tailLog(logPath, options);
  let own: OwnFile | null = null;
  /** Lines of session.log that were read, but belong to the running session. */
  let held: TailLine[] = [];
  /** No line before this offset is reported any more. */
  let toldTo = 0;
  /** While a session runs, nothing behind its beginning in session.log counts. */
  let logIs: 'before it' | 'at it' | 'changed' = 'before it';

  async function read(how?: { maxBytes?: number }): Promise<TailBatch> {
    const last = lastSession();
    const running = last?.state === 'running' ? last : null;
    if (own !== null && own.uuid !== running?.uuid) return leave(own, last);
    if (running !== null) return readRunning(running, how);
    const batch = await log.read(how);
    if (batch.reset !== 'none') [held, toldTo] = [[], 0];
    return { ...batch, lines: told([...held.splice(0), ...batch.lines]) };
  }

  async function readRunning(
    running: LastSession,
    how: { maxBytes?: number } | undefined,
  ): Promise<TailBatch> {
    const { lines, reset } = await readBefore(running, how);
    if (reset !== 'none') return { lines, reset, atEnd: false };
    own ??= open(running);
    const batch = await own.tail.read(how);
    const { offset } = running;
    const more = batch.lines.map((line) => ({ ...line, offset: offset + line.offset }));
    const atEnd = batch.atEnd && (logIs !== 'before it' || lines.length === 0);
    return { lines: [...lines, ...told(more)], reset: 'none', atEnd };
  }

  /** What session.log has before the session. */
  async function readBefore(
    { offset }: LastSession,
    how: { maxBytes?: number } | undefined,
  ): Promise<Pick<TailBatch, 'lines' | 'reset'>> {
    if (logIs !== 'before it') return { lines: [], reset: 'none' };
    const batch = await log.read(how);
    const isLater = (line: TailLine): boolean => line.offset >= offset;
    held.push(...batch.lines.filter(isLater));
    const reaches = (log.position()?.offset ?? 0) >= offset;
    if (batch.reset !== 'none' && own !== null) logIs = 'changed';
    else if (held.length > 0 || reaches) logIs = 'at it';
    if (logIs === 'changed') return { lines: [], reset: 'none' };
    const lines = told(batch.lines.filter((line) => !isLater(line)));
    return { lines, reset: batch.reset };
  }

  /** If session.log was read from somewhere in the session on, so is the session's file. */
  function open(running: LastSession): OwnFile {
    const isInside = toldTo === 0 && held.length > 0;
    const tail = tailLog(running.path, isInside ? options : { ...options, from: 'start' });
    return { ...running, tail };
  }

  /** The session has ended: what is left of its file, then session.log goes on. */
  async function leave(ended: OwnFile, last: LastSession | null): Promise<TailBatch> {
    const batch = await ended.tail.read();
    const lines = told(
      batch.lines.map((line) => ({ ...line, offset: ended.offset + line.offset })),
    );
    if (!batch.atEnd) return { lines, reset: 'none', atEnd: false };
    await ended.tail.close();
    own = null;
    const isCopied = last?.uuid === ended.uuid && last.state === 'copied' && logIs !== 'changed';
    logIs = 'before it';
    if (isCopied) return { lines, reset: 'none', atEnd: false };
    await log.close();
    log = tailLog(logPath, { ...options, from: 'start' });
    [held, toldTo] = [[], 0];
    return { lines: [], reset: 'replaced', atEnd: false };
  }

  function told(lines: readonly TailLine[]): TailLine[] {
    const fresh = lines.filter(({ offset }) => offset >= toldTo);
    const end = fresh.at(-1);
    if (end !== undefined) toldTo = end.offset + end.bytes + 1;
    return fresh;
  }

  return {
    read,
    position: () => log.position(),
    partialBytes: () => (own?.tail ?? log).partialBytes(),
    close: async () => {
      await own?.tail.close();
      await log.close();
    },
  };
}

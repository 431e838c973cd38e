// Which files session.log was, and under which leases each part of them was written: kept beside the log, so that every process of
// the machine that sends it goes on where the one before was.

import { logIdOf } from '../../../core/hub/log/log-subject.ts';
import type { SentFile, SentLog } from '../../../core/hub/log/sent-log.ts';
import type { LogSource } from '../../../system/hub/logs/log-source.ts';
import type { SentLogFile } from '../../../system/hub/logs/sent-log-file.ts';

/**
 * What is sent: a log that is written under a lease from now on, and nothing may be written before this resolves; or what is
 * left of one that nobody writes here, up to a byte.
 */
export type Sending = { epoch: number } | { upTo: number };

export type FoundFile = NonNullable<Awaited<ReturnType<LogSource['look']>>>;

type SentFilesDeps = {
  source: LogSource;
  file: SentLogFile;
  task: Pick<SentLog, 'key' | 'log'>;
  newId(): string;
  say(problem: string): void;
};

type SentFiles = {
  present(found: FoundFile): Promise<SentFile | null>;
  change(found: FoundFile): Promise<boolean>;
};

const maxFiles = 50;
const tooManyFiles =
  'Another process has changed session.log too often: what comes to it now is not sent';

export async function keepSentFiles(
  { source, file, task, newId, say }: SentFilesDeps,
  sending: Sending,
): Promise<SentFiles> {
  const isOwner = 'epoch' in sending;
  let sent = await file.read();

  /** The log of the file that is there; null for one of which nothing is known, and no run is under way. */
  async function present(found: FoundFile): Promise<SentFile | null> {
    const last = sent?.files.at(-1);
    if (last?.device === found.device && last.inode === found.inode) return last;
    return (await change(found)) ? (sent?.files.at(-1) ?? null) : null;
  }

  /** Another log begins. False if nothing is known of this one, or a runner has begun to write it. */
  async function change({ device, inode }: FoundFile): Promise<boolean> {
    const before = sent;
    if (!isOwner) sent = await file.read();
    if (sent === null || before?.epoch !== sent.epoch) return false;
    const { epoch, files } = sent;
    if (files.length >= maxFiles) {
      say(tooManyFiles);
      return false;
    }
    const id = logIdOf(files.length + 1, newId());
    const next = { id, device, inode, parts: [{ epoch, from: 0 }] };
    await write({ ...sent, files: [...files, next] });
    return true;
  }

  async function write(next: SentLog): Promise<void> {
    await file.write(next);
    sent = next;
  }

  /** What is there was written before. */
  async function begin(epoch: number): Promise<void> {
    const found = await source.look();
    const files = sent?.files ?? [];
    const last = files.at(-1);
    const isThere = last?.device === found?.device && last?.inode === found?.inode;
    if (last === undefined || found === null || !isThere || last.parts.at(-1)?.epoch === epoch) {
      return write({ ...task, epoch, files });
    }
    const parts = [...last.parts, { epoch, from: found.size }];
    return write({ ...task, epoch, files: [...files.slice(0, -1), { ...last, parts }] });
  }

  if (isOwner) await begin(sending.epoch);
  return { present, change };
}

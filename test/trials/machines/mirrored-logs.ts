// Whether a viewer has the whole log of each task, when all machines are there again: what each machine has of it, lease by
// lease. It is put together here anew, from the files of the machines.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mirroredTask } from '../../../source/cli/deps/hub/viewing/mirrored-task.ts';
import { readSentLog } from '../../../source/core/hub/log/sent-log.ts';
import { parsedObject } from '../../../source/core/json/json.ts';
import { linkHub } from '../../../source/engine/hub/hub-link.ts';
import { systemClock } from '../../../source/system/clock.ts';
import { connectHub } from '../../../source/system/hub/hub-connection.ts';
import { statesWithSentLog } from '../../../source/system/hub/logs/sent-log-file.ts';
import { until } from '../../helpers/until.ts';

type Part = { log: string; epoch: number; offset: number; bytes: Buffer };

type Logs = {
  hub: string;
  /** The state homes of the machines. */
  homes: readonly string[];
  /** For what is made on the way. */
  directory: string;
};

const patience = { timeoutMs: 120_000, everyMs: 500 };

/** A sentence for each task whose mirror is not whole. */
export async function brokenMirrors({ hub, homes, directory }: Logs): Promise<string[]> {
  const address = { url: hub, machine: 'viewer', seed: null, certificate: null };
  const link = linkHub({
    connect: () => connectHub(address, { answerMs: 5000 }),
    clock: systemClock,
  });
  try {
    const connection = await until('the viewer is connected', () => link.current());
    const keys = (await connection.list('tasks', 'task.>')).map(({ key }) => key);
    const broken: string[] = [];
    for (const [index, key] of keys.entries()) {
      const mirror = await mirroredTask(link, {
        key,
        directory: join(directory, `mirror-${index}`),
      });
      try {
        const isWhole = async () =>
          (await readFile(mirror.logPath)).equals(joined(await partsOf(key, homes)));
        await until('the mirror is whole', isWhole, patience);
      } catch {
        const [there, own] = [await readFile(mirror.logPath), joined(await partsOf(key, homes))];
        broken.push(
          `The mirror of ${key} has ${there.length} bytes, and its machines have ${own.length}`,
        );
      } finally {
        await mirror.close();
      }
    }
    return broken;
  } finally {
    await link.close();
  }
}

async function partsOf(key: string, homes: readonly string[]): Promise<Part[]> {
  const parts: Part[] = [];
  for (const [index, home] of homes.entries()) {
    for (const state of await statesWithSentLog(home)) {
      const sent = readSentLog(parsedObject(await readFile(join(state, 'hub-log.json'), 'utf8')));
      const file = sent?.files.at(-1);
      if (sent?.key !== key || file === undefined) continue;
      const bytes = await readFile(sent.log);
      for (const [number, { epoch, from: offset }] of file.parts.entries()) {
        const own = bytes.subarray(offset, file.parts[number + 1]?.from);
        if (own.length > 0) parts.push({ log: `${index} ${file.id}`, epoch, offset, bytes: own });
      }
    }
  }
  return parts.sort((one, other) => one.epoch - other.epoch);
}

function joined(parts: readonly Part[]): Buffer {
  const pieces: Buffer[] = [];
  for (const [index, { log, offset, bytes }] of parts.entries()) {
    const before = parts[index - 1];
    const goesOn = before?.log === log && before.offset + before.bytes.length === offset;
    if (before !== undefined && !goesOn && before.bytes.at(-1) !== 0x0a)
      pieces.push(Buffer.from('\n'));
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

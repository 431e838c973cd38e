// Faults that change a task's files from outside, or that set the clock. What they take out of a log is kept, because
// the law "every line is there" needs it.

import { statSync } from 'node:fs';
import { copyFile, readdir, readFile, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { faults } from '../../../source/demo/faults.ts';
import type { Moment } from '../outside/asked.ts';
import type { Blow, FaultKind } from './fault.ts';
import { answerThisSession } from './model-faults.ts';
import { firstBackOffMs, nightSettings } from './settings.ts';
import { whileStopped } from './stopped-process.ts';

const dayMs = 86_400_000;

export const clockFaults = {
  forward: 'clock set forward by a day',
  back: 'clock set back by a day',
} as const;

export const fileFaults: readonly FaultKind[] = [
  {
    ...touches('session.id deleted'),
    finds: isThere('session.id'),
    strike: ({ fault, night }) => {
      const path = join(night.place.taskPath(fault.task), 'session.id');
      return beforeTheAnswer(fault, async () => {
        await rm(path);
        return 'the file is gone';
      });
    },
  },
  {
    ...touches('session.log truncated'),
    finds: isThere('session.log'),
    strike: ({ fault, night }) =>
      beforeTheAnswer(fault, async () => {
        const path = join(night.place.taskPath(fault.task), 'session.log');
        // What a runner appends between the two would be in no account.
        const taken = await whileStopped(night.runnerOf(fault.task), async () => {
          const text = await readFile(path, 'utf8');
          await truncate(path, 0);
          return text;
        });
        night.tookFromLog(fault.task, taken);
        return `${taken.length} characters were taken`;
      }),
  },
  {
    ...touches('session.log rotated'),
    finds: isThere('session.log'),
    strike: ({ fault, night }) =>
      beforeTheAnswer(fault, async () => {
        const path = join(night.place.taskPath(fault.task), 'session.log');
        const old = `${path}.${fault.number}`;
        await rename(path, old);
        // Codex keeps writing to the file that it has open.
        night.tookFromLog(fault.task, { read: () => readFile(old, 'utf8') });
        return `the file is now called ${old.split('/').at(-1)}`;
      }),
  },
  {
    ...touches('conversation gone'),
    by: 'the model',
    session: 'ends',
    moments: ['start', 'work', 'tick', 'end'],
    imposes: { dyingMs: nightSettings.silentSeconds * 1000 + 2500, waitMs: 2 * firstBackOffMs },
    // The session falls silent, so that it will be resumed, but its conversation is gone by then.
    strike: (blow) => {
      const { threadId } = blow.asked;
      blow.beside(async () => {
        await delay(1000);
        if (threadId !== null) await forget(blow, threadId);
      });
      return answerThisSession(blow, faults.silence);
    },
  },
  { ...setsClock(clockFaults.forward), strike: (blow) => setClock(blow, dayMs) },
  { ...setsClock(clockFaults.back), strike: (blow) => setClock(blow, -dayMs) },
];

function touches(name: string): Omit<FaultKind, 'strike'> {
  return {
    name,
    by: 'the machine',
    // Not at the start: later, the log says which session this is.
    moments: ['work', 'tick', 'end'] satisfies readonly Moment[],
    session: 'spares',
    reach: 'task',
    most: 1,
    imposes: { dyingMs: 0, waitMs: 0 },
  };
}

/** An earlier fault may have taken the file away, or emptied it. */
function isThere(name: string): NonNullable<FaultKind['finds']> {
  return ({ task }, { place }) => {
    const stat = statSync(join(place.taskPath(task), name), { throwIfNoEntry: false });
    return stat !== undefined && stat.size > 0;
  };
}

/** Acts while Codex waits for the model and writes nothing. */
async function beforeTheAnswer(fault: Blow['fault'], act: () => Promise<string>): Promise<null> {
  try {
    fault.evidence = await act();
  } catch (error) {
    fault.answer = String(error);
  }
  return null;
}

function setsClock(name: string): Omit<FaultKind, 'strike'> {
  return { ...touches(name), reach: 'account', moments: ['end'], needsWorkAfter: true };
}

/** Between two sessions, after the time of the next start is set. The machine's own clock is not changed. */
function setClock({ fault, night, beside }: Blow, byMs: number): null {
  const log = join(night.place.taskPath(fault.task), 'session.log');
  const isOver = async (): Promise<boolean> => {
    // Another fault may just have removed it.
    const lines = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n');
    return lines.at(-1)?.includes('autonomous.session.ended') === true;
  };
  beside(async () => {
    for (let tries = 0; tries < 500 && !(await isOver()); tries++) await delay(10);
    await delay(100);
    await night.shiftClock(byMs);
    fault.evidence = 'the clock that the program sees was set between two sessions';
  });
  return null;
}

/** Removes the rollout file, which Codex needs to resume a thread. */
async function forget({ night, fault }: Blow, threadId: string): Promise<void> {
  const directory = join(night.place.codexHome, 'sessions');
  for (const name of await readdir(directory, { recursive: true })) {
    if (!name.includes(threadId)) continue;
    const path = join(directory, name);
    if (!(await stat(path)).isFile()) continue;
    await copyFile(path, join(night.place.directory, `forgotten-${fault.number}.jsonl`));
    await rm(path);
    fault.answer = 'its rollout was deleted';
  }
}

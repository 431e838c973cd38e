// Sends what is left of the logs of tasks that this machine worked on and has lost: its runners are gone, and there may be
// none again. The worker of the machine does so, once the hub is there.

import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { isTaskName } from '../../../core/task/task.ts';
import { claimByLocks } from '../../../engine/coordination/claim.ts';
import type { HubLink } from '../../../engine/hub/hub-link.ts';
import { sendLog } from '../../../engine/hub/logs/send-log.ts';
import { serially } from '../../../engine/serially.ts';
import { copyLostSession } from '../../../engine/session/lost-session.ts';
import { systemClock } from '../../../system/clock.ts';
import { copyLog } from '../../../system/copy/log-copy.ts';
import { logSource } from '../../../system/hub/logs/log-source.ts';
import { sentLogFile, statesWithSentLog } from '../../../system/hub/logs/sent-log-file.ts';
import { stateDirectoryAt } from '../../../system/state/state-directory.ts';
import { taskDirectory } from '../../../system/state/task-directory.ts';

type LeftoverDeps = {
  /** The state home. */
  home: string;
  link: HubLink;
  /** This machine's name in the hub. */
  machine: string;
};

const patienceMs = 60_000;

/** What it returns is to be called now and then; it never rejects. */
export function leftoverSender(deps: LeftoverDeps): () => Promise<void> {
  /** As they were when all of it was sent, by state directory. */
  const sent = new Map<string, string>();
  return serially(async () => {
    if (deps.link.current() === null) return;
    for (const state of await statesWithSentLog(deps.home)) {
      try {
        const before = await shapeOf(state);
        if (before === null || sent.get(state) === before) continue;
        if (await sendRest(deps, state)) sent.set(state, before);
      } catch {
        // It is tried again.
      }
    }
  });
}

/** The sizes of the log and of what the last session writes; null if there is no log. */
async function shapeOf(state: string): Promise<string | null> {
  const known = await sentLogFile(state).read();
  if (known === null) return null;
  const { session = null } = (await stateDirectoryAt(state).readRecord()) ?? {};
  const paths = [
    known.log,
    ...(session === null ? [] : [stateDirectoryAt(state).outputPath(session.uuid)]),
  ];
  const sizes = await Promise.all(
    paths.map(async (path) => (await stat(path).catch(() => null))?.size ?? null),
  );
  return sizes[0] === null ? null : sizes.join(' ');
}

/** False if there is more, or a runner has the task here: that one sends it. */
async function sendRest(deps: LeftoverDeps, path: string): Promise<boolean> {
  const file = sentLogFile(path);
  const known = await file.read();
  if (known === null) return false;
  const directory = dirname(known.log);
  const [name, project] = [basename(directory), dirname(dirname(directory))];
  if (!isTaskName(name)) return false;
  const [task, state] = [taskDirectory(project, name), stateDirectoryAt(path)];
  const claim = await claimByLocks({ state, task }, 0);
  if (claim === null) return false;
  let upTo: number;
  try {
    await copyLostSession({
      state,
      clock: systemClock,
      copyLog: (session, found) => copyLog({ task, state }, session, found),
    }).catch(() => {});
    upTo = (await stat(known.log)).size;
  } finally {
    // A runner may begin meanwhile: of two who send, one is refused, and asks.
    claim.release();
  }
  const sender = await sendLog(
    {
      ...{ link: deps.link, clock: systemClock, machine: deps.machine, task: known, file },
      ...{ source: logSource(known.log), newId: randomUUID, say: () => {} },
      watch: () => ({ close: () => {} }),
    },
    { upTo },
  );
  try {
    return await sender.finish(patienceMs);
  } finally {
    await sender.close();
  }
}

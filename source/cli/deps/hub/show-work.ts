// Shows the work on a task to the other machines of its hub: what comes to session.log, the list and the notes. It never
// holds up the work: a hub without a place for it is said once, in runner.log.

import { randomUUID } from 'node:crypto';
import { sendLog } from '../../../engine/hub/logs/send-log.ts';
import { sendTexts } from '../../../engine/hub/logs/send-texts.ts';
import type { HubLink } from '../../../engine/hub/hub-link.ts';
import type { RunnerDeps } from '../../../engine/run/runner-deps.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { systemClock } from '../../../system/clock.ts';
import { logSource } from '../../../system/hub/logs/log-source.ts';
import { sentLogFile } from '../../../system/hub/logs/sent-log-file.ts';

type ShownWork = {
  own: Pick<RunnerDeps, 'task' | 'state' | 'watchDirectory'>;
  link: HubLink;
  /** This machine's name in the hub. */
  machine: string;
  /** The task's, in the hub. */
  key: string;
  /** Of the lease. */
  epoch: number;
};

/** What is left when the work is over is sent for so long; a worker of this machine sends the rest. */
const patienceMs = 10_000;

/** Call before anything of the task is written under the lease. Never rejects. */
export async function showWork(shown: ShownWork): Promise<{ end(): Promise<void> }> {
  const { own, machine, key, epoch, link } = shown;
  const { task, state } = own;
  const say = (problem: string): void => {
    const sentence = `Other machines do not see the log of this task. ${problem}`;
    void state.note(sentence).catch(() => {});
  };
  const shared = { link, clock: systemClock, machine };
  try {
    const sender = await sendLog(
      {
        ...{ ...shared, say, newId: randomUUID },
        task: { key, log: task.logPath },
        source: logSource(task.logPath),
        file: sentLogFile(state.path),
        watch: (onHint) => own.watchDirectory(task.path, onHint),
      },
      { epoch },
    );
    const texts = sendTexts({ ...shared, key, epoch, read: () => readTexts(own) });
    return {
      end: async () => {
        await Promise.all([sender.finish(patienceMs), texts.flush()]);
        texts.close();
        await sender.close();
      },
    };
  } catch (error) {
    say(errorMessage(error));
    return { end: async () => {} };
  }
}

async function readTexts({
  task,
}: Pick<ShownWork['own'], 'task'>): Promise<{ list: string | null; notes: string | null }> {
  const list = await task.readList();
  return { list: list.kind === 'text' ? list.text : null, notes: await task.readNotes() };
}

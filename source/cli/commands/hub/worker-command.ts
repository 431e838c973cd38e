// `--worker`: works on the tasks of a hub until it is told to end. The first SIGINT or SIGTERM takes no task any more and ends
// the sessions that run, so that other machines go on with their tasks at once.

import { errorMessage } from '../../../core/text/error-message.ts';
import { startWorker } from '../../../engine/hub/worker.ts';
import { delay } from '../../../system/clock.ts';
import { stateHome } from '../../../system/state/state-files.ts';
import { complain } from '../../complain.ts';
import { enterHubAs } from '../../deps/hub/enter-hub.ts';
import { leftoverSender } from '../../deps/hub/send-leftovers.ts';
import { taskRunners } from '../../deps/hub/task-runners.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Invocation } from '../../invocation.ts';

const lookEveryMs = 500;
/** Places of machines that are gone. */
const sweepEveryMs = 10_000;
const leftoversEveryMs = 10_000;

export async function workerCommand(
  invocation: Invocation,
  { hub }: { hub: string },
): Promise<number> {
  const home = stateHome(process.env);
  const { readConfiguration } = await import('../../../system/configuration.ts');
  const found = readConfiguration(process.env, home);
  if ('problem' in found) return complain(found.problem, exitCodes.wrongUsage);
  const places = found.configuration.settings.sessionsAtOnce;
  try {
    const entered = await enterHubAs(hub);
    const { clock, machine, link } = entered;
    const sendLeftovers = leftoverSender({ home, link, machine });
    const stops = [
      clock.every(lookEveryMs, sayingChanges(entered.problem)),
      clock.every(sweepEveryMs, () => void entered.sweep().catch(() => {})),
      clock.every(leftoversEveryMs, () => void sendLeftovers().catch(() => {})),
    ];
    const runners = taskRunners({ invocation, hub, home, say });
    const worker = startWorker({ ...entered, places, work: runners.work });
    say(`✓ ${machine} works on the tasks of the hub, ${places} at once. End it: Ctrl-C`);
    await toldToEnd();
    worker.drain();
    say('ℹ Ending the sessions that run here; other machines go on with their tasks');
    while (worker.working().length > 0) {
      await runners.endAll();
      await delay(lookEveryMs);
    }
    worker.close();
    for (const stop of stops) stop();
    await entered.close();
    return exitCodes.done;
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
  }
}

/** Says a problem with the hub when it comes, and when it is over. */
function sayingChanges(problem: () => string | null): () => void {
  let last: string | null = null;
  return () => {
    const now = problem();
    if (now !== last && now !== null) say(`✗ ${now}`);
    if (now === null && last !== null) say('✓ The hub answers again');
    last = now;
  };
}

function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

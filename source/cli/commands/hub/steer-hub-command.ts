// `--hub FILE --task-name NAME` with a verb: asks the owner of a task of a hub, as the keys of the dashboard over it do, and says so
// in one sentence. What needs the task's files is refused with the command that brings them.

import { randomUUID } from 'node:crypto';
import { fenceRefs } from '../../../core/fence/fence-refs.ts';
import { noHubTaskSentence } from '../../../core/hub/claim-sentences.ts';
import { reachInPlace, refusedOverHub } from '../../../core/hub/refusals.ts';
import type { Want } from '../../../core/run/fact.ts';
import type { TaskView } from '../../../core/task/board.ts';
import type { TaskKey } from '../../../core/task/task-key.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import type { HubLink } from '../../../engine/hub/hub-link.ts';
import { hubClient } from '../../../engine/hub/viewer/hub-client.ts';
import { lookOnce } from '../../../engine/hub/viewer/look-once.ts';
import { pinTask } from '../../../engine/hub/viewer/pin-task.ts';
import { connectedTo, keyAtHub, readTaskAtHub } from '../../../engine/hub/viewer/task-at-hub.ts';
import { systemClock } from '../../../system/clock.ts';
import { whyNots } from '../../../ui/keys/why-not.ts';
import { complain } from '../../complain.ts';
import { onTaskOfHub } from '../../deps/hub/task-of-hub.ts';
import { remoteNameOf } from '../../deps/hub/work-ref.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Invocation } from '../../invocation.ts';
import { withoutKeys } from '../../print/without-keys.ts';
import type { HubTaskVerb } from '../../verbs/hub-task-verb.ts';

type AtHub = { link: HubLink; machine: string; task: TaskKey };
type Steering = Exclude<HubTaskVerb, 'diff' | 'undo' | 'merge' | 'pin' | 'unpin'>;

/** `want`: of a task that runs. `says`: with the answer, such as `taken by machine-b`. */
const steerings: Readonly<Record<Steering, { want: Want; says(answer: string): string }>> = {
  pause: {
    want: 'pause now',
    says: (answer) => `is being paused (${answer}); --continue continues it`,
  },
  'pause-after-session': {
    want: 'pause after session',
    says: (answer) => `pauses after this session (${answer}); --continue continues it`,
  },
  continue: { want: 'try now', says: (answer) => `is continued: ${answer}` },
};

export function steerHubCommand(
  invocation: Invocation,
  { hub, verb }: { hub: string; verb: HubTaskVerb },
): Promise<number> {
  return onTaskOfHub(invocation, hub, async (at) => {
    if (verb === 'pin' || verb === 'unpin') {
      await pin(at, verb);
      return invocation.continues ? steer(at, 'continue') : exitCodes.done;
    }
    if (verb !== 'diff' && verb !== 'undo' && verb !== 'merge') return steer(at, verb);
    const key = keyAtHub(at.task);
    const { task } = await readTaskAtHub(connectedTo(at.link), key);
    const fetch = `git fetch origin ${fenceRefs(remoteNameOf(key)).work}`;
    const reach = reachInPlace(at.task, task.offer) ?? { fetch };
    const refused = refusedOverHub(verb === 'diff' ? 'show-changes' : verb, reach);
    return complain(refused ?? 'This is not for a task of a hub', exitCodes.failed);
  });
}

async function pin({ link, machine, task }: AtHub, verb: 'pin' | 'unpin'): Promise<void> {
  const connection = connectedTo(link);
  const [view] = await lookOnce(connection, { keys: keyAtHub(task), now: systemClock.now() });
  if (view === undefined) throw new Error(noHubTaskSentence('missing'));
  const { label, state } = view;
  if (verb === 'pin' && view.machine != null && state.word === 'interrupted') {
    throw new Error(`${label} would be pinned to ${view.machine}, which is gone: ${state.reason}`);
  }
  const pinned = await pinTask({
    ...{ connection, key: keyAtHub(task), newId: randomUUID },
    machine: verb === 'pin' ? machine : null,
  });
  const said =
    pinned === null ? 'may be taken by any machine' : `is pinned to ${safeLine(pinned, 63)}`;
  process.stdout.write(`✓ ${label} ${said}\n`);
}

async function steer({ link, task }: Omit<AtHub, 'machine'>, verb: Steering): Promise<number> {
  const looking = { keys: keyAtHub(task), now: systemClock.now() };
  const [view] = await lookOnce(connectedTo(link), looking);
  if (view === undefined) throw new Error(noHubTaskSentence('missing'));
  const reason = whyNots[verb](view);
  if (reason !== null) return notSteered(view, verb, reason);
  const client = hubClient({
    ...{ link, clock: systemClock, newId: randomUUID },
    give: () => Promise.reject(new Error('A verb gives no task')),
  });
  const { run, label } = view;
  const { want, says } = steerings[verb];
  const answer =
    verb === 'continue' && run === null
      ? await client.start({ task, sandbox: 'workspace-write' })
      : await client.send({ name: task, run }, want);
  if (!answer.ok) return complain(withoutKeys(answer.sentence), exitCodes.failed);
  process.stdout.write(`✓ ${label} ${says(answer.sentence ?? 'taken by its machine')}\n`);
  return exitCodes.done;
}

/** As for a task of this machine: what is done, or waits for its turn, needs nothing; what is under way is another one's. */
function notSteered({ machine, state }: TaskView, verb: Steering, reason: string): number {
  if (verb !== 'continue') return complain(withoutKeys(reason), exitCodes.failed);
  const waits = state.word === 'queued' && machine == null;
  if (state.word === 'done' || waits) {
    process.stdout.write(`✓ ${reason}\n`);
    return exitCodes.done;
  }
  return complain(reason, machine == null ? exitCodes.failed : exitCodes.busy);
}

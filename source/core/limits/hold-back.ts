// What keeps a run's next session from starting although nothing is wrong: the task that it comes after, the hours, and
// a plan that the user wants to look at. None of it counts as a wait that --max-wait limits.

import { heldUp } from '../failure/failure.ts';
import type { ListLook } from '../checklist/list-look.ts';
import { askUser } from '../run/decision/after-failure.ts';
import { after, ended, wakeAt } from '../run/next.ts';
import { hasSteps } from '../run/decision/rules.ts';
import type { Next, Run, Wait } from '../run/run.ts';
import { isReached } from './limit-time.ts';
import { waitingFor } from './words.ts';
import { isWithin, nextOpening } from './hours.ts';
import { lookAtPlan, type Predecessor } from './limits.ts';

/** How often a run looks whether the task before it is done. */
const lookEveryMs = 5000;

type Looked = { list: ListLook; predecessor?: Predecessor };

/** Null if a session may start. */
export function holdBack(run: Run, looked: Looked, at: number): Next | null {
  return forPlan(run, looked.list, at) ?? forTask(run, looked.predecessor, at) ?? forHours(run, at);
}

/** A permit may come long after it was asked for. */
export function mustHoldBack(run: Run, at: number): boolean {
  return isReached(run, at) || isOutside(run, at);
}

/** Looks again, and waits on until the look says otherwise. */
export function lookFrom(run: Run): Next {
  return { run: { ...run, epoch: run.epoch + 1 }, effects: [{ do: 'look' }] };
}

/** The user does not wait for what holds the run back. Call before the run forgets what it asked the user about. */
export function heldBackNoMore(run: Run, at: number): Run {
  const { phase, settings } = run;
  if (phase.name === 'waiting') {
    const { hours } = settings.limits;
    return phase.wait.reason === 'another task'
      ? { ...run, startsAnyway: true }
      : { ...run, hoursOffUntil: hours === null ? null : nextOpening(hours, at) };
  }
  if (run.held === lookAtPlan) {
    const limits = { ...settings.limits, planOnly: false };
    return { ...run, settings: { ...settings, limits } };
  }
  const asked = phase.name === 'resting' || phase.name === 'looking' ? phase.because : null;
  return asked?.reason === 'task before' ? { ...run, startsAnyway: true } : run;
}

function forPlan(run: Run, list: ListLook, at: number): Next | null {
  const { limits, waitsForUser } = run.settings;
  if (!limits.planOnly || !hasSteps(list)) return null;
  return waitsForUser
    ? askUser({ ...run, held: lookAtPlan }, heldUp(lookAtPlan), at)
    : ended(run, { kind: 'stopped', sentence: `planned: ${lookAtPlan}`, at });
}

/** Only the run's first session waits: what has begun goes on. */
function forTask(run: Run, predecessor: Predecessor = 'under way', at: number): Next | null {
  const { after: name } = run.settings.limits;
  if (name === null || run.startsAnyway) return null;
  if (run.sessionsStarted > 0 || predecessor === 'done') return null;
  if (predecessor === 'under way') {
    return wait(
      run,
      { reason: 'another task', until: null, sentence: waitingFor(name) },
      at + lookEveryMs,
    );
  }
  const sentence = `${predecessor.problem}, and this task comes after it: c starts it anyway`;
  return askUser(run, { ...heldUp(sentence), reason: 'task before' }, at);
}

function forHours(run: Run, at: number): Next | null {
  const { hours } = run.settings.limits;
  if (hours === null || !isOutside(run, at)) return null;
  const until = nextOpening(hours, at);
  return wait(run, { reason: 'hours', until }, until);
}

function isOutside({ settings, hoursOffUntil }: Run, at: number): boolean {
  const { hours } = settings.limits;
  return hours !== null && !isWithin(hours, at) && (hoursOffUntil === null || at >= hoursOffUntil);
}

function wait(run: Run, wanted: Wait, lookAt: number): Next {
  const { phase } = run;
  const before = phase.name === 'waiting' ? phase.wait : null;
  const isNews = before?.reason !== wanted.reason || before.until !== wanted.until;
  return after(
    isNews
      ? [
          {
            do: 'say',
            announcement: {
              kind: 'waits',
              reason: wanted.sentence ?? wanted.reason,
              until: wanted.until,
            },
          },
        ]
      : [],
    wakeAt({ ...run, phase: { name: 'waiting', wait: wanted }, waitingSince: null }, lookAt),
  );
}

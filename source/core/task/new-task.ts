// The view of a task that has nothing yet: one that was asked for just now.

import type { TaskView } from './board.ts';
import { placed, type TaskPlace } from './task-key.ts';

/** A task of which nothing is known but its place. */
export function newTask(place: TaskPlace): TaskView {
  return {
    ...placed(place),
    label: place.name,
    goal: null,
    valid: true,
    mend: null,
    state: { word: 'starting', reason: null, until: null },
    done: 0,
    total: 0,
    hasList: false,
    nextStep: null,
    missed: [],
    session: null,
    pausesAfterSession: false,
    threadId: null,
    sandbox: null,
    runnerPid: null,
    runner: null,
    runnerIsStopped: false,
    run: null,
    lastRun: null,
    orphaned: false,
    branch: null,
    changedFiles: [],
    sharedFile: null,
    unproven: 0,
    unmet: null,
    activity: [],
    usage: null,
    archivedAt: null,
    lastWorkedAt: null,
    problem: null,
  };
}

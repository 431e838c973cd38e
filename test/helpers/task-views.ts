// A task as the board has it: idle, with open steps, unless a test says otherwise.

import type { TaskView } from '../../source/core/task/board.ts';

export function viewOf(name: string, more: Partial<TaskView> = {}): TaskView {
  return {
    name,
    label: name,
    goal: null,
    valid: true,
    mend: null,
    state: { word: 'idle', reason: null, until: null },
    done: 1,
    total: 3,
    hasList: true,
    nextStep: null,
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
    missed: [],
    sharedFile: null,
    unproven: 0,
    unmet: null,
    activity: [],
    usage: null,
    archivedAt: null,
    lastWorkedAt: null,
    problem: null,
    ...more,
  };
}

// The production deps, put together for one project: for the runner, the dashboard and the command line.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startedOverHubSentence } from '../../core/hub/given-in-place.ts';
import { coordinationOnFiles } from '../../engine/coordination/on-files.ts';
import type { RunnerDeps } from '../../engine/run/runner-deps.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { systemClock } from '../../system/clock.ts';
import { startCodex } from '../../system/process/codex-process.ts';
import {
  codexLives,
  commandsLive,
  signalSession,
  sweepSession,
} from '../../system/process/session-processes.ts';
import { codexHome, machineDirectory } from '../../system/state/machine-directory.ts';
import { neverTrusted } from '../../system/project-codex.ts';
import { runCheck } from '../../system/check/run-check.ts';
import { runNotifyCommand } from '../../system/notify/run-command.ts';
import { markerOf } from '../../system/state/state-files.ts';
import { enterWorkplace } from './enter-workplace.ts';
import { configurationDigests } from '../../system/configuration-digests.ts';
import { differencesBetween, projectTree } from '../../system/git/project-tree.ts';
import { keepProjectCheckpoint } from '../../system/checkpoint/project-checkpoints.ts';
import { pruneCheckpoints } from '../../system/checkpoint/prune-checkpoints.ts';
import { commitSession } from '../../system/worktree/commit-session.ts';
import { taskDiff } from '../../system/changes/task-diff.ts';
import { othersWorkedSince } from '../../system/state/neighbours.ts';
import { fullDisk } from '../../system/files/disk-space.ts';
import { stateLocation } from '../../system/state/moved-state.ts';
import { tailRollout } from '../../system/conversation/rollout.ts';
import { copyLog } from '../../system/copy/log-copy.ts';
import { tailOpened } from '../../system/log/opened-tail.ts';
import { tailLog } from '../../system/log/tail.ts';
import { identityOf, isAlive } from '../../system/process/identity.ts';
import { whyGitIsOpen } from '../../system/process/codex-version.ts';
import { killNow } from '../../system/process/kill-now.ts';
import { readPredecessor } from '../../engine/tasks/predecessor.ts';
import { readRateLimits } from '../../system/codex-rate-limits.ts';
import { readingDeps } from './reading-deps.ts';
import { stateDirectory } from '../../system/state/state-directory.ts';
import { ofHub } from '../../system/state/of-hub.ts';
import { taskDirectory } from '../../system/state/task-directory.ts';
import { writersOf } from '../../system/process/thread-writer.ts';
import { watchDirectory } from '../../system/watch.ts';

export async function runnerDeps(
  { project, home }: ProjectPaths,
  task: string,
): Promise<RunnerDeps> {
  const self = await identityOf(process.pid);
  if (self === null) throw new Error('Cannot tell which processes are alive: /proc is needed');
  const ownTask = taskDirectory(project, task);
  const state = stateDirectory(home, project, task);
  const machine = machineDirectory(home, process.env);
  let workplace = project;
  return {
    clock: systemClock,
    task: ownTask,
    state,
    stateLocation: stateLocation(home, project, task),
    machine,
    coordination: coordinationOnFiles({
      ...{ clock: systemClock, task: ownTask, state, machine, watchDirectory },
    }),
    whyNotHere: () => {
      const whose = ofHub(home, project, task);
      return whose === null ? null : startedOverHubSentence(task, whose);
    },
    codex: {
      start: (start) => startCodex(start, join(import.meta.dirname, 'warden.cjs')),
      isAlive,
      codexLives,
      commandsLive,
      signalSession,
      sweepSession,
      killNow,
      readRateLimits: (codex, signal) => readRateLimits(codex, { signal }),
      writersOf: (threadId) => writersOf(threadId, codexHome(process.env)),
    },
    enterWorkplace: async (request) => {
      const entered = await enterWorkplace({ request, state, task: ownTask });
      if (!('problem' in entered)) workplace = entered.path;
      return entered;
    },
    takeTree: () =>
      projectTree({ project: workplace, state: state.path, environment: process.env }),
    filesBetween: (from, to) =>
      differencesBetween({ project: workplace, environment: process.env }, from, to),
    neverTrusted: () => neverTrusted(workplace),
    taskDiff: () => taskDiff({ project, task, environment: process.env, workplace }),
    keepCheckpoint: (request) =>
      keepProjectCheckpoint({ project, task, environment: process.env, workplace }, request),
    pruneCheckpoints: (keptMs) =>
      pruneCheckpoints({ project, task, environment: process.env, now: systemClock.now(), keptMs }),
    commitSession: async (commit) => {
      const worktree = await state.readWorktree(await ownTask.identity());
      if (worktree === null) return 'the record of the worktree is gone';
      return commitSession({ ...commit, worktree, environment: process.env });
    },
    isPrepared: () => state.isPrepared(workplace),
    notePrepared: () => state.notePrepared(workplace),
    whyGitIsOpen,
    configurationDigests: () => configurationDigests(workplace),
    runCheck,
    predecessor: (name) => readPredecessor(readingDeps({ project, home }), name),
    notify: (command, document) => runNotifyCommand(command, document),
    taskMarker: markerOf(state.path),
    // Nobody else works in a worktree.
    othersWorkedSince: (at) => (workplace === project ? othersWorkedSince(state.path, at) : []),
    tailLog,
    tailOutput: (uuid) => tailOpened(() => state.openOutputForReading(uuid)),
    tailRollout: (threadId) => tailRollout(codexHome(process.env), threadId),
    copyLog: (session, found) => copyLog({ task: ownTask, state }, session, found),
    watchDirectory,
    fullDisk: () =>
      fullDisk([
        { holds: 'the log', path: ownTask.path },
        { holds: 'the state', path: state.path },
        { holds: 'the project', path: workplace },
        { holds: "Codex's own files", path: codexHome(process.env) },
      ]),
    self,
    newUuid: randomUUID,
  };
}

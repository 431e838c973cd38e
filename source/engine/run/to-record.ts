// A run, and what stays the same around it → run.json. The state machine's phases do not map one to one to the
// record's words; this is the only place that translates.

import type { RunPhase, RunRecord } from '../../core/run/record.ts';
import { reasonOf } from '../../core/run/decision/queue.ts';
import { unmetOf } from '../../core/run/decision/rules.ts';
import type { Run, Wait } from '../../core/run/run.ts';
import { noUsage } from '../../core/codex/usage.ts';
import type { PreviousRun } from './previous-run.ts';
import type { RunnerDeps, RunRequest } from './runner-deps.ts';

export type UnchangingRecord = Pick<
  RunRecord,
  | 'run'
  | 'runner'
  | 'directory'
  | 'startedAt'
  | 'sandbox'
  | 'session'
  | 'thread'
  | 'usage'
  | 'takenUpAt'
  | 'toldToEnd'
  | 'unrecovered'
>;

/** What is known before the run's first step. */
export async function unchangingRecordOf(
  deps: RunnerDeps,
  request: RunRequest,
  { beginning, previous, takenUpAt }: PreviousRun,
): Promise<UnchangingRecord> {
  const isAdopting = beginning.open?.is === 'alive' && previous !== null;
  return {
    run: deps.newUuid(),
    runner: deps.self,
    directory: (await deps.task.identity()) ?? { device: -1, inode: -1, bornAt: null },
    startedAt: deps.clock.now(),
    // While an adopted session is alive, its own sandbox is the one in effect.
    sandbox: isAdopting ? previous.sandbox : request.sandbox,
    session: previous?.session ?? null,
    thread: previous?.thread ?? null,
    usage: previous?.usage ?? noUsage,
    takenUpAt,
    toldToEnd: null,
    unrecovered: null,
  };
}

export function recordOf(run: Run, unchanging: UnchangingRecord): RunRecord {
  return {
    version: 1,
    ...unchanging,
    phase: phaseOf(run),
    pause: run.pause,
    autoContinue: run.settings.autoContinue,
    maxSessions: run.settings.maxSessions,
    until: run.settings.limits.until,
    planOnly: run.settings.limits.planOnly,
    worked: run.spent.worked,
    sessionsInRun: run.sessionsStarted,
    wait: waitOf(run),
    failuresInARow: run.failuresInARow,
    unexplainedInARow: run.unexplainedInARow,
    ladder: run.ladder,
    ticked: run.lastList?.done ?? run.tickedBefore,
    steps: run.lastList?.total ?? null,
    hadSteps: run.hadSteps,
    stage: stageOf(run),
    told: run.told,
    unmet: unmetOf(run),
    unproven: run.unproven,
    repairs: run.repairs,
    held: run.held,
    review: run.review,
    ending: endingOf(run),
  };
}

function stageOf({ phase }: Run): RunRecord['stage'] {
  return phase.name === 'settling' ? { purpose: phase.purpose, left: phase.left } : null;
}

/** An interrupted run gets no ending: it is recovered like one whose runner was killed. */
function endingOf({ phase }: Run): RunRecord['ending'] {
  return phase.name === 'ended' && phase.ending.kind !== 'interrupted' ? phase.ending : null;
}

function phaseOf(run: Run): RunPhase {
  const { phase } = run;
  switch (phase.name) {
    case 'queued':
      return waitsForItsTurn(phase.wait) ? 'queued' : 'waiting';
    case 'resting':
      if (phase.because === null) return 'resting';
      return phase.because.recovery === 'ask the user' ? 'needs you' : 'waiting';
    case 'working':
      return run.offline ? 'waiting' : 'working';
    case 'closing':
      return phase.heldUpBy === null ? 'closing' : 'needs you';
    case 'settling':
      return 'closing';
    case 'looking':
    case 'starting':
    case 'stopping':
    case 'waiting':
    case 'ended':
      return phase.name;
    default:
      return phase satisfies never;
  }
}

function waitOf(run: Run): RunRecord['wait'] {
  const { phase } = run;
  if (phase.name === 'queued') {
    const { wait } = phase;
    return waitsForItsTurn(wait) ? null : { reason: reasonOf(wait), until: wait.until };
  }
  if (phase.name === 'waiting') {
    return { reason: reasonOf(phase.wait), until: phase.wait.until };
  }
  if (phase.name === 'closing' && phase.heldUpBy !== null) {
    return { reason: phase.heldUpBy.sentence, until: null };
  }
  if (phase.name === 'working' && run.offline) return { reason: 'no network', until: null };
  if (phase.name === 'looking' && phase.because !== null) {
    return { reason: phase.because.sentence, until: null };
  }
  if (phase.name !== 'resting' || phase.because === null) return null;
  // A stuck step, and what waits for the user's word, are looked at again then, but not tried.
  const isTriedAgain = run.stuckAt === null && run.held === null;
  return { reason: phase.because.sentence, until: isTriedAgain ? phase.until : null };
}

function waitsForItsTurn(wait: Wait | null): wait is (Wait & { reason: 'turn' }) | null {
  return wait === null || wait.reason === 'turn';
}

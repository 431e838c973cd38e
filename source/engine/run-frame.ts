// A run and what stays the same around it → run.json. The machine's phases are finer than the record's
// words in places and coarser in others; this is the one place that translates.

import type { RunPhase, RunRecord } from '../core/run-record.ts';
import type { Run } from '../core/run.ts';
import type { RunRequest } from './runner-doors.ts';

export type RunFrame = Pick<
  RunRecord,
  'runner' | 'directory' | 'startedAt' | 'session' | 'thread' | 'usage' | 'takenUpAt'
> & { id: string; request: RunRequest };

export function recordOf(run: Run, frame: RunFrame): RunRecord {
  const { request } = frame;
  return {
    version: 1,
    run: frame.id,
    runner: frame.runner,
    directory: frame.directory,
    phase: phaseOf(run),
    pause: run.pause,
    startedAt: frame.startedAt,
    sandbox: request.sandbox,
    autoContinue: run.settings.autoContinue,
    maxSessions: run.settings.maxSessions,
    sessionsInRun: run.sessionsStarted,
    session: frame.session,
    wait: waitOf(run),
    failuresInARow: run.failuresInARow,
    hadSteps: run.hadSteps,
    thread: frame.thread,
    usage: frame.usage,
    takenUpAt: frame.takenUpAt,
    ending: run.phase.name === 'ended' ? run.phase.ending : null,
  };
}

function phaseOf({ phase }: Run): RunPhase {
  return phase.name === 'resting' && phase.because !== null ? 'waiting' : phase.name;
}

function waitOf({ phase }: Run): RunRecord['wait'] {
  if (phase.name !== 'resting' || phase.because === null) return null;
  return { reason: phase.because.sentence, until: phase.until };
}

// Constructors for the four outcomes of a decision: look again, wait, end, or stay.

import type { Ending } from './run.ts';
import type { Effect, Next, Run, Fatal } from './run.ts';

/** Sets the run's timer; an earlier one is ignored. */
export function wakeAt(run: Run, at: number): Next {
  const epoch = run.epoch + 1;
  return { run: { ...run, epoch }, effects: [{ do: 'wake', at, epoch }] };
}

/** Looks at the checklist; the result decides what comes next. */
export function look(run: Run): Next {
  const { phase } = run;
  const isAsked = phase.name === 'resting' && phase.because?.recovery === 'ask the user';
  const because = isAsked ? phase.because : null;
  return {
    run: { ...run, phase: { name: 'looking', because }, epoch: run.epoch + 1 },
    effects: [{ do: 'look' }],
  };
}

export function ended(run: Run, ending: Ending): Next {
  return {
    run: { ...run, phase: { name: 'ended', ending }, epoch: run.epoch + 1 },
    effects: [{ do: 'end', ending }],
  };
}

export function failedEnding(sentence: string, at: number): Ending {
  return { kind: 'failed', sentence, at };
}

/** The ending of a run with a fatal problem, whatever else would have ended it. */
export function fatalEnding({ kind, sentence }: Fatal, at: number): Ending {
  return { kind, sentence, at };
}

export function failing(sentence: string): Fatal {
  return { kind: 'failed', sentence };
}

export function pausedEnding(at: number): Ending {
  return { kind: 'paused', sentence: null, at };
}

export function note(sentence: string): Effect {
  return { do: 'say', announcement: { kind: 'note', sentence } };
}

export function same(run: Run): Next {
  return { run, effects: [] };
}

/** `next` with these effects before its own. */
export function after(effects: readonly Effect[], next: Next): Next {
  return { run: next.run, effects: [...effects, ...next.effects] };
}

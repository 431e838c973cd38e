// What a run waits for, in a few words for the report: a failure's name, `its turn`, or `you`.

import type { Failure } from '../failure/failure.ts';
import { reasonOf } from '../run/decision/queue.ts';
import type { Run } from '../run/run.ts';

type Waiting = { readonly for: string; readonly sentence: string | null };

/** The word for a wait for the user. */
export const you = 'you';

/** Null while it does not wait. The rest between two sessions is no wait. */
export function waitingOf({ phase, offline }: Run): Waiting | null {
  switch (phase.name) {
    case 'queued': {
      const { wait } = phase;
      if (wait === null) return null;
      if (wait.reason === 'turn') return { for: 'its turn', sentence: null };
      return { for: wait.reason, sentence: reasonOf(wait) };
    }
    case 'waiting':
      return { for: phase.wait.reason, sentence: reasonOf(phase.wait) };
    case 'resting':
      return phase.because === null ? null : after(phase.because);
    case 'closing':
      return phase.heldUpBy === null ? null : { for: you, sentence: phase.heldUpBy.sentence };
    case 'working':
      return offline ? { for: 'network', sentence: null } : null;
    case 'looking':
    case 'starting':
    case 'stopping':
    case 'settling':
    case 'ended':
      return null;
    default:
      return phase satisfies never;
  }
}

function after({ recovery, reason, sentence }: Failure): Waiting {
  return { for: recovery === 'ask the user' ? you : reason, sentence };
}

export function isSameWaiting(a: Waiting | null, b: Waiting | null): boolean {
  return a?.for === b?.for && a?.sentence === b?.sentence;
}

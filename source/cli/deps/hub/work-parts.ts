// What a runner of a hub's task does for the machines that may go on with it: takes over what the last owner did, and hands on
// what comes after. A task that is worked on in its project has no other machine, so nothing of it moves.

import type { RunRecord } from '../../../core/run/record.ts';
import type { HubClaim } from '../../../engine/hub/claim-on-hub.ts';
import type { RunnerDeps } from '../../../engine/run/runner-deps.ts';

type HandingDeps = Pick<RunnerDeps, 'enterWorkplace' | 'keepCheckpoint' | 'commitSession'>;

export type WorkParts = {
  /** Call once it is claimed. False: another machine took the work at the same time. Throws a sentence. */
  take(claimed: HubClaim): Promise<boolean>;
  /** Of the runner's deps, those that hand on. */
  deps: HandingDeps;
  /** Call with each record of the run. */
  recorded(run: RunRecord): void;
  close(): void;
};

export function workInPlace({
  enterWorkplace,
  keepCheckpoint,
  commitSession,
}: HandingDeps): WorkParts {
  return {
    take: () => Promise.resolve(true),
    deps: { enterWorkplace, keepCheckpoint, commitSession },
    recorded: () => {},
    close: () => {},
  };
}

// Coordination on one machine: kernel locks, which end with their process, and files in the state directory.

import type { Clock } from '../../system/clock.ts';
import type { MachineDirectory } from '../../system/state/machine-directory.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import type { WatchDirectory } from '../../system/watch.ts';
import { noteLimit, permitOfAdopted, requestPermit } from '../permit/permit.ts';
import { claimByLocks } from './claim.ts';
import {
  followControlRequests,
  writeControlRequest,
  type RequestFile,
} from './control-requests.ts';
import type { Coordination } from './coordination.ts';

type CoordinationFiles = {
  clock: Clock;
  task: Pick<TaskDirectory, 'takeLock'>;
  state: RequestFile & Pick<StateDirectory, 'takeLock' | 'writeRecord'>;
  machine: MachineDirectory;
  watchDirectory: WatchDirectory;
  /** How long a claim waits: another process may only look. Default: that of a lock. */
  patienceMs?: number;
};

export function coordinationOnFiles(files: CoordinationFiles): Coordination {
  const { state, machine } = files;
  return {
    claim: () => claimByLocks(files, files.patienceMs),
    request: (request) => writeControlRequest(state, request),
    followRequests: (run, onWant) => followControlRequests(files, run, onWant),
    requestPermit: (question) => requestPermit(files, question),
    permitOfAdopted: (atOnce) => permitOfAdopted(files, atOnce),
    readLimit: () => machine.readLimit(),
    noteLimit: (limit) => noteLimit(files, limit),
  };
}

// How a task is owned, what its owner records and is asked to do, and how the tasks of an account share it. A runner knows
// nothing else of other runners. On one machine all of it is kernel locks and files: `on-files.ts`.

import type { AccountLimit } from '../../core/codex/account-limit.ts';
import type { Want } from '../../core/run/fact.ts';
import type { RunRecord } from '../../core/run/record.ts';
import type { Wait } from '../../core/run/run.ts';
import type { LeaseWatch } from '../../system/warden/request.ts';

export type Coordination = {
  /** Makes this process the owner of the task. Null while another one is. */
  claim(): Promise<Claim | null>;
  /** Asks the task's owner for something. Only the run of that id acts on it, and once; a later request replaces it. */
  request(request: { run: string; want: Want; id: string }): Promise<void>;
  /** Hears the requests to a run, within a second. */
  followRequests(run: string, onWant: (want: Want) => void): { close(): void };
  /** Asks for the start of a session: it waits for the account's limit and for one of the places. */
  requestPermit(question: PermitQuestion): PermitRequest;
  /** The permit of a session that a dead owner started: it counts as one, and waits for nothing. */
  permitOfAdopted(atOnce: number): Permit;
  /** The account's usage limit; null if none is known. */
  readLimit(): Promise<AccountLimit | null>;
  /** Holds back all tasks of the account until then, epoch ms. Of a limit that is known, the beginning stays. */
  noteLimit(limit: NotedLimit): Promise<void>;
};

type NotedLimit = Pick<AccountLimit, 'until' | 'said'> & Partial<Pick<AccountLimit, 'looksInVain'>>;

/** That a task is owned. It ends with the process, at the latest. */
export type Claim = {
  /** With which a warden ends Codex, where machines share tasks; on one machine the claim has none. */
  lease?: LeaseWatch;
  /** Replaces run.json. Whoever owns the task next begins with it. */
  record(record: RunRecord): Promise<void>;
  release(): void;
};

export type Permit = {
  /** Codex has begun to work: the next session may start. */
  hasStarted(): void;
  /** The model answered: any usage limit is over. */
  hasAnswered(): void;
  release(): void;
};

export type PermitRequest = {
  given: Promise<Permit>;
  /** Tries now, ignoring the limit's time and the reserve. */
  hurry(): void;
  /** Withdraws; a permit granted meanwhile is released. */
  drop(): void;
};

export type PermitQuestion = {
  /** How many sessions the machine may run at once. */
  atOnce: number;
  waits(wait: Wait): void;
  /** What the user keeps of the usage limit. Default: nothing. */
  reserve?: {
    /** `asking`: that is not known yet. */
    heldBack(): Promise<Wait | 'asking' | null>;
    ignore(): void;
  };
  /** What else keeps this session from starting, asked when its place is free; default: nothing. */
  heldUp?(): Promise<Wait | null>;
};

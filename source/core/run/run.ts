// The types of the run's state machine: its state (Run) and what to do about what happens (Effect). What can happen
// is in fact.ts, and step() in step.ts connects them.

import type { Addition } from '../codex/prompt.ts';
import type { Failure } from '../failure/failure.ts';
import type { Spent } from '../limits/limits.ts';
import type { Review } from '../review/review.ts';
import type { Finding } from '../review/verdict.ts';
import type { RunSettings } from './settings.ts';
import type { Role } from '../task/task.ts';
import type { StagePart, StagePurpose, Told } from '../stage/stage.ts';
import type { ListLook, ListRead } from '../checklist/list-look.ts';

export type SessionPlan = {
  number: number;
  role: Role;
  resumes: string | null;
  additions: readonly Addition[];
  /** Of a Reviewer: which round it is. */
  round?: number;
};

export type Phase =
  /** `because`: the user is asked about it, and it is looked at again. */
  | { name: 'looking'; because: Failure | null }
  /** Has requested its start permit: the account's limit may apply, or other sessions fill the slots. */
  | { name: 'queued'; plan: SessionPlan; wait: Wait | null }
  | { name: 'starting'; plan: SessionPlan }
  | { name: 'working'; plan: SessionPlan }
  | { name: 'stopping'; plan: SessionPlan; sent: StopSignal }
  /** `heldUpBy`: the session's end could not be recorded; the next `time` tries again. */
  | {
      name: 'closing';
      plan: SessionPlan;
      of: 'this run' | 'a run before';
      heldUpBy: Failure | null;
    }
  | SettlingPhase
  | { name: 'resting'; until: number; because: Failure | null }
  /** Nothing is wrong, but no session may start yet; looked at again now and then. */
  | { name: 'waiting'; wait: Wait }
  | { name: 'ended'; ending: Ending };

/** Between two sessions: a part of the stage is under way, the first of `left`. */
export type SettlingPhase = {
  name: 'settling';
  purpose: StagePurpose;
  left: readonly StagePart[];
  /** The session that the stage follows, for the decision at its end; null if there is none, or its runner died. */
  closed: ClosedSession | null;
};

export type ClosedSession = {
  plan: SessionPlan;
  of: 'this run' | 'a run before';
  failure: Failure | null;
  list: ListLook;
};

/** What a session waits for that is to start. `until`: epoch ms, null when not known. `sentence`: more than the reason says. */
export type Wait = {
  reason:
    'usage limit' | 'reserve' | 'turn' | 'conversation in use' | 'hours' | 'another task' | 'hub';
  until: number | null;
  sentence?: string;
};

/** Why a living session is stopped: silence, a command that never ends, or a long wait for the network. */
export type Stall = 'silence' | 'command' | 'network';

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';

export type Pause = 'none' | 'after session' | 'now';

export type Ending = {
  /** `interrupted` is never written to run.json: such a run has no ending there, as if its runner had been killed. */
  kind: 'done' | 'stopped' | 'paused' | 'failed' | 'interrupted';
  /** One sentence for the user; null when the kind says it all. */
  sentence: string | null;
  at: number;
};

export type Run = {
  settings: RunSettings;
  phase: Phase;
  pause: Pause;
  /** Timers of earlier epochs are ignored. */
  epoch: number;
  nextSession: number;
  sessionsStarted: number;
  failuresInARow: number;
  /** How many of those, counted from the last, are unclassified: five end the run. */
  unexplainedInARow: number;
  /** How many of those, counted from the last, led to a fresh conversation: five end the run, too. */
  freshInARow: number;
  hadSteps: boolean;
  /** Of the budgets in its settings. */
  spent: Spent;
  /** The task that it was to come after is done, or the user does not wait for it. */
  startsAnyway: boolean;
  /** Until then sessions start outside of the hours, too, because the user said so; epoch ms. */
  hoursOffUntil: number | null;
  /** The list at the last look; null before the first. */
  lastList: ListRead | null;
  /** The list whose next step the user is asked about: while it looks like this, no session starts. */
  stuckAt: ListRead | null;
  ladder: Ladder;
  /** Ticked steps before an adopted session, for the ladder: from the run that started it, if known. */
  tickedBefore: number | null;
  /** Its session is stopped for what the user said: the conversation goes on with it, before a pause after the session. */
  tellsNow: boolean;
  /** Set while a session is being stopped because it stalled. */
  stall: Stall | null;
  /** Codex says that it waits for the network. */
  offline: boolean;
  /** The last session's conversation. */
  thread: string | null;
  /** When the current wait began, epoch ms; null as soon as the model answers. */
  waitingSince: number | null;
  /** When Codex was first found missing, epoch ms; null as soon as a session ends in another way. */
  missingSince: number | null;
  /** The conversation that the next session resumes. */
  resume: string | null;
  additions: readonly Addition[];
  /** What the stages since the last session's start tell the next one. */
  told: readonly Told[];
  /** Whether anything but open steps stands against the end, as the last checks said; null until they ran. */
  proof: { unmet: string | null } | null;
  /** How many ticked steps nothing proved. */
  unproven: number;
  /** Sessions that were started only because a check failed when all steps were ticked. */
  repairs: number;
  /** A sentence: no session starts before the user has had a look. */
  held: string | null;
  review: Review;
  /** A sentence: a check could not be started. It is tried again now and then. */
  notStarted: string | null;
  /** A sentence: the new worktree is not ready for work. It is prepared again now and then. */
  unprepared: string | null;
  /** A stage has ended in this run. */
  hasSettled: boolean;
  /** The fatal problem that ends the run; reported when it ends. */
  fatal: Fatal | null;
};

/** `interrupted`: the next program that finds the task may recover the run. */
export type Fatal = { kind: 'failed' | 'interrupted'; sentence: string };

/** How far measures against a stuck step have gone. Remembered across runs; a tick resets it. */
export type Ladder = {
  /** 0 none · 1 nudged · 2 fresh thread · 3 asked for sub-steps · 4 needs the user. */
  rung: number;
  sessionsWithoutTick: number;
};

export const bottomOfLadder: Ladder = { rung: 0, sessionsWithoutTick: 0 };

export type Effect =
  | { do: 'look' }
  | { do: 'request permit'; plan: SessionPlan }
  /** Try for the permit now, whatever the limit says. */
  | { do: 'hurry permit' }
  | { do: 'drop permit' }
  | { do: 'start'; plan: SessionPlan }
  | { do: 'signal'; signal: StopSignal }
  /** End stragglers, record the session's end, read its outcome and the list; `closed` or `close failed` follows. */
  | { do: 'close'; plan: SessionPlan }
  /** Do one part of the stage; `settled` follows. `session`: the last that was started, 0 before the first. */
  | {
      do: 'settle';
      part: StagePart;
      purpose: StagePurpose;
      session: number;
      /** What the part `review` writes into the list. */
      findings?: { round: number; findings: readonly Finding[] };
    }
  /** Give up the part that is under way. */
  | { do: 'stop settling' }
  | { do: 'wake'; at: number; epoch: number }
  | { do: 'save thread'; threadId: string }
  | { do: 'say'; announcement: Announcement }
  | { do: 'end'; ending: Ending };

export type Announcement =
  | { kind: 'session'; number: number; role: Role }
  | { kind: 'session complete'; role: Role }
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'rest'; delayMs: number }
  | { kind: 'back off'; delayMs: number; failure: Failure; failuresInARow: number }
  | { kind: 'waits'; reason: string; until: number | null }
  | { kind: 'goes on' }
  | { kind: 'note'; sentence: string };

export type Next = { run: Run; effects: readonly Effect[] };

export type RunBeginning = {
  settings: RunSettings;
  nextSession: number;
  /** Above 0 only when a run whose runner died is recovered. */
  sessionsStarted: number;
  failuresInARow: number;
  unexplainedInARow: number;
  ladder: Ladder;
  tickedBefore: number | null;
  hadSteps: boolean;
  spent: Spent;
  resume: string | null;
  additions: readonly Addition[];
  told: readonly Told[];
  unproven: number;
  repairs: number;
  held: string | null;
  review: Review;
  /** All steps were ticked and every check passed when the last run ended. */
  wasDone: boolean;
  /** The stage in whose middle the last run ended. */
  stage: { purpose: StagePurpose; left: readonly StagePart[] } | null;
  /** A pause that the previous run had not finished when its runner died. */
  pause: Pause;
  /** A session whose end was never recorded. */
  open: OpenSession | null;
};

export type OpenSession = {
  plan: SessionPlan;
  /**
   * Alive: this run adopts it. Dead: it belonged to this run, whose runner died. Left over: it belonged to an earlier
   * run and only needs closing.
   */
  is: 'alive' | 'dead' | 'left over';
};

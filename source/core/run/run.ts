// The words of the state machine that a run is: what it is (Run), what can happen to it (Fact) and what is
// to be done (Effect). step() in run-step.ts puts them together.

import type { Addition } from '../codex/prompt.ts';
import type { Failure } from '../codex/failure.ts';
import type { RunSettings } from './settings.ts';
import type { Role } from '../task/task.ts';

export type SessionPlan = {
  number: number;
  role: Role;
  resumes: string | null;
  additions: readonly Addition[];
};

export type ListLook = { kind: 'missing' } | { kind: 'unreadable'; sentence: string } | ListRead;

/** `next`: number and text of the step that comes next; null where none is open. */
export type ListRead = { kind: 'read'; done: number; total: number; next: string | null };

export type Phase =
  | { name: 'looking' }
  /** Has asked for leave to start: an account's limit may hold, or others run. */
  | { name: 'queued'; plan: SessionPlan; wait: Wait | null }
  | { name: 'starting'; plan: SessionPlan }
  | { name: 'working'; plan: SessionPlan }
  | { name: 'stopping'; plan: SessionPlan; sent: StopSignal }
  /** `heldUpBy`: its end could not be recorded, and is tried again at the next `time`. */
  | {
      name: 'closing';
      plan: SessionPlan;
      of: 'this run' | 'a run before';
      heldUpBy: Failure | null;
    }
  | { name: 'resting'; until: number; because: Failure | null }
  | { name: 'ended'; ending: Ending };

/** What a queued session waits for, and until when where that is known, epoch ms. */
export type Wait = { reason: 'usage limit' | 'turn'; until: number | null };

/** Why a session that lives is ended: it says nothing, its command never ends, or it waits for a network. */
export type Stall = 'silence' | 'command' | 'network';

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGKILL';

export type Pause = 'none' | 'after session' | 'now';

export type Ending = {
  /** `interrupted` never stands in run.json: such a run has none there, as where its runner was killed. */
  kind: 'done' | 'stopped' | 'paused' | 'failed' | 'interrupted';
  /** One sentence for the person; null where the kind says it all. */
  sentence: string | null;
  at: number;
};

export type Run = {
  settings: RunSettings;
  phase: Phase;
  pause: Pause;
  /** Timers of earlier epochs are void. */
  epoch: number;
  nextSession: number;
  sessionsStarted: number;
  failuresInARow: number;
  /** Of those, the last ones that nobody can explain: five of them end the run. */
  unexplainedInARow: number;
  /** The last ones after which a fresh conversation was begun: five of them end it too. */
  freshInARow: number;
  hadSteps: boolean;
  /** The list at the last look; null before the first. */
  lastList: ListRead | null;
  /** The list with the step that a person is asked about: while it stands like this, no session starts. */
  stuckAt: ListRead | null;
  ladder: Ladder;
  /** Ticked steps before a session that was found, for the ladder: where it is known, from the run that began it. */
  tickedBefore: number | null;
  /** Set while a session is ended because it stalled. */
  stall: Stall | null;
  /** Codex says that it waits for the network. */
  offline: boolean;
  /** The last session's conversation. */
  thread: string | null;
  /** Since when the run has waited, epoch ms; null as soon as the model answers. */
  waitingSince: number | null;
  /** The conversation that the next session resumes. */
  resume: string | null;
  additions: readonly Addition[];
  /** Something that the run can't go on with: said when it ends. */
  trouble: Trouble | null;
};

/** `interrupted`: whoever finds the task again may take the run up. */
export type Trouble = { kind: 'failed' | 'interrupted'; sentence: string };

/** How far a step that gets nowhere has been taken. Remembered across runs; a tick sets it back. */
export type Ladder = {
  /** 0 none · 1 nudged · 2 fresh thread · 3 asked for sub-steps · 4 a person is needed. */
  rung: number;
  sessionsWithoutTick: number;
};

export const bottomOfLadder: Ladder = { rung: 0, sessionsWithoutTick: 0 };

export type Fact =
  /** `full`: the sentence that says which disk has no room for another session, null where all have. */
  | { kind: 'looked'; list: ListLook; hasDescription: boolean; full: string | null }
  | SessionFact
  | { kind: 'wish'; want: Want }
  | { kind: 'time'; epoch: number }
  /** Somebody set the clock: so many ms have not passed. */
  | { kind: 'clock set'; byMs: number }
  | { kind: 'trouble'; sentence: string }
  /** The task's directory is not where it was: its project was moved, or it was deleted. */
  | { kind: 'directory gone'; sentence: string };

/** What happens to one session, which it names by number: one that comes too late never acts on the next. */
export type SessionFact =
  | { kind: 'started'; session: number }
  /** What it waits for; told again and again while it does. */
  | { kind: 'kept waiting'; session: number; wait: Wait }
  | { kind: 'leave given'; session: number }
  | { kind: 'stalled'; session: number; stall: Stall }
  | { kind: 'offline'; session: number; isOffline: boolean }
  /** Codex could not be started; trying again will not help. */
  | { kind: 'start failed'; session: number; sentence: string }
  /** It could not be started, or its end not be recorded: a disk is full. */
  | { kind: 'no room'; session: number; sentence: string }
  | { kind: 'thread started'; session: number; threadId: string }
  /** The model answered, for the first time in this session. */
  | { kind: 'answered'; session: number }
  /** `turn.completed` or `turn.failed` stands in the log. */
  | { kind: 'turn over'; session: number }
  /** Codex works on after that: it was not Codex who wrote it. */
  | { kind: 'turn goes on'; session: number }
  | { kind: 'exited'; session: number }
  /** No process of the session lives, and its end is recorded. Failure null: its turn completed. */
  | { kind: 'closed'; session: number; failure: Failure | null; list: ListLook }
  /** Its end can't be recorded (a log that can't be written): whoever comes next tries again. */
  | { kind: 'close failed'; session: number; sentence: string };

/** What the person wants of a run under way. `end at once` is a second Ctrl-C. */
export type Want = 'pause now' | 'pause after session' | 'go on' | 'try now' | 'end at once';

export type Effect =
  | { do: 'look' }
  | { do: 'ask leave'; plan: SessionPlan }
  /** Look now, whatever the limit says. */
  | { do: 'hurry leave' }
  | { do: 'drop leave' }
  | { do: 'start'; plan: SessionPlan }
  | { do: 'signal'; signal: StopSignal }
  /** End stragglers, record the session's end, read what it came to and the list; `closed` or `close failed` follows. */
  | { do: 'close'; plan: SessionPlan }
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
  /** Above 0 only where a run whose runner died is taken up. */
  sessionsStarted: number;
  failuresInARow: number;
  unexplainedInARow: number;
  ladder: Ladder;
  tickedBefore: number | null;
  hadSteps: boolean;
  resume: string | null;
  additions: readonly Addition[];
  /** A pause that the run before had not finished when its runner died. */
  pause: Pause;
  /** A session whose end nobody recorded. */
  open: OpenSession | null;
};

export type OpenSession = {
  plan: SessionPlan;
  /**
   * Alive: this run goes on with it, as one of its own. Dead: it was of this run, whose runner died. Left over: of
   * a run before, only to be closed.
   */
  is: 'alive' | 'dead' | 'left over';
};

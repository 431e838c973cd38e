// A world for the state machine: it owes a fact for every effect, pays in any order, and sends nonsense in between. It
// tracks what lives: a Codex lives from `start` until `closed` is sent in answer to `close`.

import fc from 'fast-check';
import { beginRun } from '../../source/core/run/begin-run.ts';
import { step } from '../../source/core/run/step.ts';
import type { ListLook } from '../../source/core/checklist/list-look.ts';
import type { Fact } from '../../source/core/run/fact.ts';
import type { Effect, Next, Run, RunBeginning } from '../../source/core/run/run.ts';
import { isWithin } from '../../source/core/limits/hours.ts';
import { type Predecessor, reachedLimit } from '../../source/core/limits/limits.ts';
import { stageParts, type PartAnswer } from '../../source/core/stage/stage.ts';
import { allDone, beginningOf, empty, failing, missing, open, planOf } from './run-story.ts';

export class CoreWorld {
  run: Run;
  readonly living = new Set<number>();
  readonly starts: number[] = [];
  /** The laws that were broken, in words. */
  readonly broken: string[] = [];
  readonly #closing = new Set<number>();
  readonly #owed: Fact[] = [];
  /** The outcomes of the sessions in this world. */
  readonly #closed: Pick<Extract<Fact, { kind: 'closed' }>, 'failure' | 'list'>;
  #at: number;
  /** What the task has spent; each session that is closed adds to it. */
  tokens = 0;
  tokensPerSession = 0;
  /** How the task is that this one comes after. */
  predecessor: Predecessor;
  /** A look of the run has found it done. */
  #wasSeenDone = false;
  /** What Reviewers say, in turn: the last message of each session, though only a Reviewer's counts. */
  verdicts: readonly (string | null)[] = [null];
  #closings = 0;
  /** What every part of a stage answers. */
  answer: PartAnswer = { unmet: null };

  constructor(
    beginning: RunBeginning,
    closed: CoreWorld['comesOut'] = { failure: null, list: open },
    { at = 0, predecessor = 'done' }: { at?: number; predecessor?: Predecessor } = {},
  ) {
    this.#at = at;
    this.predecessor = predecessor;
    this.#closed = closed;
    if (beginning.open !== null) {
      const { number } = beginning.open.plan;
      this.living.add(number);
      if (beginning.open.is === 'alive') this.#owe({ kind: 'exited', session: number });
    }
    const first = beginRun(beginning, this.#at);
    this.run = first.run;
    this.#perform(first.effects, null);
  }

  get comesOut() {
    return this.#closed;
  }

  get hasEnded(): boolean {
    return this.run.phase.name === 'ended';
  }

  get at(): number {
    return this.#at;
  }

  /** Time passes, and the limits are looked at, as by the watch of a runner. */
  wait(ms: number): void {
    this.#at += ms;
    this.tell({ kind: 'limit time' });
  }

  /** Applies a fact, true or not. */
  tell(fact: Fact): void {
    this.#at += 1000;
    const before = this.run;
    if (fact.kind === 'looked' && fact.predecessor === 'done') this.#wasSeenDone = true;
    const isAnswer = fact.kind === 'closed' && this.#closing.delete(fact.session);
    if (isAnswer) this.living.delete(fact.session);
    const next: Next = step(before, fact, this.#at);
    this.run = next.run;
    if (before.phase.name === 'ended' && (next.run !== before || next.effects.length > 0)) {
      this.broken.push(`after the end, ${fact.kind} does something`);
    }
    if (next.run.epoch < before.epoch) this.broken.push('epochs go back');
    this.#perform(next.effects, fact);
  }

  /** Pays one of the debts, if there is one. */
  pay(which: number): boolean {
    if (this.#owed.length === 0) return false;
    const [fact] = this.#owed.splice(which % this.#owed.length, 1);
    if (fact !== undefined) this.tell(fact);
    return true;
  }

  #perform(effects: readonly Effect[], because: Fact | null): void {
    for (const effect of effects) {
      switch (effect.do) {
        case 'look':
          this.#owe({
            kind: 'looked',
            list: this.#closed.list,
            hasDescription: true,
            full: null,
            tokens: this.tokens,
            predecessor: this.predecessor,
          });
          break;
        case 'request permit':
          this.#owe({ kind: 'permit given', session: effect.plan.number });
          break;
        case 'hurry permit':
        case 'drop permit':
          break;
        case 'start':
          this.#start(effect.plan.number);
          break;
        case 'close':
          this.#close(effect.plan.number);
          break;
        case 'wake':
          if (effect.epoch !== this.run.epoch) this.broken.push('a timer of another epoch is set');
          this.#owe({ kind: 'time', epoch: effect.epoch });
          break;
        case 'end':
          this.#end(because);
          break;
        case 'signal':
          if (this.living.size === 0) this.broken.push('a signal where nothing lives');
          break;
        case 'settle':
          this.#owe({
            kind: 'settled',
            session: effect.session,
            part: effect.part,
            answer: this.answer,
          });
          break;
        case 'stop settling':
        case 'save thread':
        case 'say':
          break;
        default:
          effect satisfies never;
      }
    }
  }

  #start(session: number): void {
    if (this.living.size > 0)
      this.broken.push(`${session} starts while ${[...this.living].join()} lives`);
    if (this.starts.includes(session)) this.broken.push(`${session} starts twice`);
    const { limits, maxSessions } = this.run.settings;
    const { hoursOffUntil, startsAnyway, sessionsStarted } = this.run;
    if (maxSessions !== null && sessionsStarted > maxSessions)
      this.broken.push(`${session} starts beyond the sessions of a run`);
    const isFree = hoursOffUntil !== null && this.#at < hoursOffUntil;
    if (limits.hours !== null && !isFree && !isWithin(limits.hours, this.#at))
      this.broken.push(`${session} starts outside of the hours`);
    const reached = reachedLimit(limits, this.run.spent, this.#at);
    if (reached !== null) this.broken.push(`${session} starts beyond the limit: ${reached}`);
    const isFirst = this.starts.length === 0 && this.run.sessionsStarted === 1;
    if (limits.after !== null && isFirst && !startsAnyway && !this.#wasSeenDone)
      this.broken.push(`${session} starts before the task that it comes after is done`);
    this.starts.push(session);
    this.living.add(session);
    this.#owe({ kind: 'started', session }, { kind: 'exited', session });
  }

  #close(session: number): void {
    if (!this.living.has(session)) this.broken.push(`${session} is closed and does not live`);
    this.#closing.add(session);
    this.tokens += this.tokensPerSession;
    const message = this.verdicts[this.#closings++ % this.verdicts.length] ?? null;
    this.#owe({ kind: 'closed', session, ...this.#closed, tokens: this.tokens, message });
  }

  #end(because: Fact | null): void {
    const isAllowed = because?.kind === 'start failed' || because?.kind === 'close failed';
    if (this.living.size > 0 && !isAllowed) this.broken.push('the run ends while Codex lives');
  }

  #owe(...facts: Fact[]): void {
    this.#owed.push(...facts);
  }
}

export type Move = { pay: number } | { tell: Fact };

const sentence = fc.constantFrom('', 'boom');
const list: fc.Arbitrary<ListLook> = fc.constantFrom(missing, empty, open, allDone, {
  kind: 'unreadable' as const,
  sentence: 'too long',
});
const failure = fc.constantFrom(
  null,
  failing('boom'),
  failing('no rollout found'),
  failing("ran out of room in the model's context window"),
);
const session = fc.integer({ min: 0, max: 12 });

/** Any fact, whether it makes sense or not. */
export const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    kind: fc.constant('looked' as const),
    list,
    hasDescription: fc.boolean(),
    full: fc.constantFrom(null, 'The disk with the log is full: free some space'),
  }),
  fc.record({
    kind: fc.constantFrom('started' as const, 'turn over', 'turn goes on', 'exited'),
    session,
  }),
  fc.record({ kind: fc.constantFrom('start failed' as const, 'close failed'), session, sentence }),
  fc.record({
    kind: fc.constant('thread started' as const),
    session,
    threadId: fc.constantFrom('a', 'b'),
  }),
  fc.record({ kind: fc.constant('closed' as const), session, failure, list }),
  fc.record({
    kind: fc.constant('control request' as const),
    want: fc.constantFrom(
      'pause now' as const,
      'pause after session',
      'go on',
      'try now',
      'end at once',
    ),
  }),
  fc.record({ kind: fc.constant('time' as const), epoch: fc.integer({ min: -1, max: 40 }) }),
  fc.record({
    kind: fc.constant('settings' as const),
    changed: fc.record({
      limits: fc.record({
        maxTokens: fc.constantFrom(null, 1, 1000),
        maxTimeMs: fc.constantFrom(null, 1000),
        hours: fc.constantFrom(null, { from: 0, to: 600 }),
        after: fc.constantFrom(null, 'docs'),
      }),
      maxSessions: fc.constantFrom(null, 1, 3),
      review: fc.constant(false),
      checksChanged: fc.boolean(),
      stage: fc.subarray([...stageParts]),
    }),
  }),
  fc.record({ kind: fc.constant('clock set' as const), byMs: fc.integer() }),
  fc.record({ kind: fc.constantFrom('fatal' as const, 'directory gone'), sentence }),
  fc.record({
    kind: fc.constant('settled' as const),
    session,
    part: fc.constantFrom(...stageParts),
    answer: fc.constantFrom<PartAnswer>({}, { unmet: 'check fails: npm test' }, { unmet: null }),
  }),
);

/** Honest answers in any order, with nonsense between. */
export const anyMoves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ pay: fc.nat(20) }) },
    { weight: 2, arbitrary: fc.record({ tell: anyFact }) },
  ),
  { maxLength: 80 },
);

export const anyBeginning: fc.Arbitrary<RunBeginning> = fc
  .record({
    maxSessions: fc.option(fc.integer({ min: 1, max: 4 })),
    autoContinue: fc.boolean(),
    pause: fc.constantFrom('none' as const, 'after session', 'now'),
    hadSteps: fc.boolean(),
    resume: fc.constantFrom(null, 'a'),
    is: fc.constantFrom(null, 'alive' as const, 'dead', 'left over'),
    parts: fc.subarray([...stageParts]),
  })
  .map(({ maxSessions, autoContinue, is, parts, ...rest }) =>
    beginningOf({
      ...rest,
      settings: { maxSessions, autoContinue, stage: parts },
      nextSession: 3,
      sessionsStarted: is === 'alive' || is === 'dead' ? 1 : 0,
      open: is === null ? null : { plan: planOf(2), is },
    }),
  );

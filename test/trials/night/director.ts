// Decides, for each request to the model, whether a fault strikes now, and which answer Codex gets. It goes by the
// journal alone: the requests show how far a task is.

import type { ModelRequest } from '../../../source/demo/model-request.ts';
import type { Answer } from '../../../source/demo/scripted-model.ts';
import { isAsFarAs, readAsked, type Asked } from '../outside/asked.ts';
import type { Blow, PlannedFault, StruckFault } from './fault.ts';
import type { NightDeps } from './night-deps.ts';

export type Director = {
  answer(request: ModelRequest): Promise<Answer>;
  journal: readonly Asked[];
  struck: readonly StruckFault[];
  waiting(): readonly PlannedFault[];
  /** Resolves when everything that faults have begun is over. */
  settled(): Promise<void>;
};

/** About a session or two: enough requests for the current faults to be over. */
const enoughRequests = 12;

type Rule = { fault: StruckFault; answer: (asked: Asked) => Answer | null };

export type Directing = {
  faults: readonly PlannedFault[];
  /** Steps per task. */
  steps: number;
  worker(request: ModelRequest): Answer;
  /** Only available after the model has started: Codex needs the model's address first. */
  night(): NightDeps;
};

export function directNight({ faults, steps, worker, night }: Directing): Director {
  const journal: Asked[] = [];
  const struck: StruckFault[] = [];
  const waiting = [...faults];
  const rules: Rule[] = [];
  const works: Promise<void>[] = [];
  const workedAtStep = new Set<string>();

  async function answer(request: ModelRequest): Promise<Answer> {
    const asked = readAsked(request);
    if (asked === null) return worker(request);
    journal.push(asked);
    for (const { fault, answer: ofRule } of rules) {
      const ruled = ofRule(asked);
      if (ruled !== null) return answered(asked, fault, ruled);
    }
    const planned = chosenFor(asked);
    if (planned === undefined) return worker(request);
    waiting.splice(waiting.indexOf(planned), 1);
    return strike(planned, asked, request);
  }

  async function strike(
    planned: PlannedFault,
    asked: Asked,
    request: ModelRequest,
  ): Promise<Answer> {
    const fault: StruckFault = {
      ...planned,
      task: asked.task,
      asked,
      at: asked.at,
      uuid: night().uuidOf(asked.task, asked.session),
      mendedAt: null,
      evidence: null,
      answer: null,
      isAtWork: false,
    };
    struck.push(fault);
    if (fault.kind.session !== 'spares') workedAtStep.add(placeOf(asked));
    const blow: Blow = {
      asked,
      fault,
      night: night(),
      worker: () => worker(request),
      keepAnswering: (ofRule) => rules.push({ fault, answer: ofRule }),
      beside: (work) => {
        fault.isAtWork = true;
        works.push(
          work()
            .catch((error: unknown) => {
              fault.answer = String(error);
            })
            .finally(() => {
              fault.isAtWork = false;
            }),
        );
      },
    };
    const given = await fault.kind.strike(blow);
    return given === null ? worker(request) : answered(asked, fault, given);
  }

  function answered(asked: Asked, fault: StruckFault, given: Answer): Answer {
    asked.answeredBy = fault.kind.name;
    return given;
  }

  /** Faults that fit in few places go first: those that need both tasks undisturbed, then those that need a step. */
  function chosenFor(asked: Asked): PlannedFault | undefined {
    const able = waiting.filter((fault) => mayStrike(fault, asked));
    const first = able.toSorted((one, other) => elbowRoom(one) - elbowRoom(other))[0];
    if (first === undefined || first.kind.reach === 'account') return first;
    // An account fault that is due finds both tasks undisturbed only if no new fault begins for a while.
    const isAwaited = waiting.some((fault) => {
      const since = requestsSince(fault);
      return fault.kind.reach === 'account' && since > 0 && since < enoughRequests;
    });
    return isAwaited ? undefined : first;
  }

  /** The number of requests, of any task, since the work has come this far; 0 before that. */
  function requestsSince(fault: PlannedFault): number {
    const come = journal.findIndex(
      (asked) => asked.task === fault.task && asked.role === 'executor' && isAsFarAs(asked, fault),
    );
    return come === -1 ? 0 : journal.length - come;
  }

  function isDone(task: string): boolean {
    return journal.some(
      (asked) => asked.task === task && asked.step >= steps && asked.moment === 'end',
    );
  }

  function mayStrike(fault: PlannedFault, asked: Asked): boolean {
    const { kind, task } = fault;
    if (asked.role !== 'executor' || !kind.moments.includes(asked.moment)) return false;
    if (kind.needsWorkAfter && asked.step >= steps) return false;
    // An account fault belongs to no task: the next request may meet it. So may a fault whose task is done already.
    const isHere = task === asked.task || kind.reach === 'account' || isDone(task);
    if (!isHere || requestsSince(fault) === 0) return false;
    const endsSession = kind.session !== 'spares';
    if (endsSession && workedAtStep.has(placeOf(asked))) return false;
    if (kind.finds?.(asked, night()) === false) return false;
    // One fault at a time; otherwise the effects could not be told apart.
    const open = struck.filter((fault) => !isOver(fault));
    return open.every((other) => {
      if (other.task === asked.task) return false;
      return other.kind.reach !== 'account' && kind.reach !== 'account';
    });
  }

  /** True if its action is finished and the task is as far as before, in a session that was answered normally. */
  function isOver(fault: StruckFault): boolean {
    if (fault.isAtWork) return false;
    const from = Math.max(fault.at, fault.mendedAt ?? 0);
    return journal.some(
      (asked) =>
        asked !== fault.asked &&
        asked.task === fault.task &&
        asked.at >= from &&
        asked.answeredBy === null &&
        isAsFarAs(asked, fault.asked),
    );
  }

  return {
    answer,
    journal,
    struck,
    waiting: () => waiting,
    settled: async () => void (await Promise.all(works)),
  };
}

function elbowRoom({ kind }: PlannedFault): number {
  if (kind.reach === 'account') return 0;
  return kind.session === 'spares' ? 2 : 1;
}

function placeOf({ task, step }: Asked): string {
  return `${task} ${step}`;
}

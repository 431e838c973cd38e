// Plays one night: two tasks worked by the real Codex, an open dashboard, and a schedule of faults. The outcome is
// judged elsewhere.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readChecklist } from '../../../source/core/checklist/checklist.ts';
import type { ModelRequest } from '../../../source/demo/model-request.ts';
import { command, defaultUsage } from '../../../source/demo/responses-api.ts';
import { type Answer, startScriptedModel } from '../../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../../source/demo/scripted-worker.ts';
import type { Asked } from '../outside/asked.ts';
import { openLine } from '../outside/line-to-model.ts';
import { makeTrialWorld, type TrialWorld } from '../outside/trial-world.ts';
import {
  watchProcesses,
  type ProcessWatch,
  type SeenProcess,
  type Together,
} from '../outside/process-watch.ts';
import { openOnTerminal } from '../outside/program.ts';
import { readWholeLog, type WholeLog } from '../outside/whole-log.ts';
import { checkAtRandom, withRepairs } from './check-at-random.ts';
import { clockEnvironment, clockOf } from './clock.ts';
import { directNight } from './director.ts';
import type { StruckFault } from './fault.ts';
import { keepDashboardOpen, type Keeper } from './keeper.ts';
import type { LogPiece, NightDeps } from './night-deps.ts';
import { partsFile, readReported, type Reported } from './reported.ts';
import type { NightPlan } from './schedule.ts';
import { nightSettings, paceMs } from './settings.ts';

export type Played = {
  plan: NightPlan;
  journal: readonly Asked[];
  struck: readonly StruckFault[];
  /** Names of the faults that found no moment to strike. */
  missed: readonly string[];
  logs: readonly WholeLog[];
  processes: readonly SeenProcess[];
  together: readonly Together[];
  /** The boxes of each task's list in the morning. */
  lists: readonly { task: string; done: number; total: number }[];
  /** What the report says of each task. */
  reported: readonly Reported[];
  /** Every answer for which the model charged. */
  charged: readonly Charged[];
  /** Processes that were still alive at the end. */
  leftBehind: readonly string[];
  /** Null if both tasks were done, otherwise why the night was given up. */
  gaveUp: string | null;
  beganAt: number;
  endedAt: number;
};

/** An answer that did not arrive is asked for again, and charged again. */
type Charged = { threadId: string | null; turn: number; tools: number };

export type PlayCall = {
  plan: NightPlan;
  say?: (line: string) => void;
  /** Called with the directory before everything is removed. */
  beforeTheEnd?: (directory: string, played: Played) => Promise<void>;
};

/** Longer than any wait in a night. */
const patienceMs = 90_000;

export async function playNight({ plan, say = () => {}, beforeTheEnd }: PlayCall): Promise<Played> {
  const worker = frugal(
    withRepairs(scriptedWorker({ plans: (task) => workFor(task, plan.steps) })),
  );
  let deps: NightDeps | null = null;
  const director = directNight({
    ...{ faults: plan.faults, steps: plan.steps },
    ...{ worker, night: () => deps! },
  });
  const charged: Charged[] = [];
  const model = await startScriptedModel({
    answer: async (request) => {
      const answer = await director.answer(request);
      const { threadId, turn, toolOutputs } = request;
      if (answer.kind === 'items') charged.push({ threadId, turn, tools: toolOutputs.length });
      return answer;
    },
  });
  const line = await openLine(model.url);
  const place = await makeTrialWorld({
    codexHome: { url: line.url, streamMaxRetries: 1, requestMaxRetries: 1 },
    configuration: nightSettings,
    environment: clockEnvironment,
  });
  const watch = watchProcesses(place.directory);
  const pieces = new Map<string, LogPiece[]>();
  const mayTear = new Set<string>();
  const keepers: Keeper[] = [];
  try {
    const beganAt = Date.now();
    await beginTasks(place, watch, plan);
    const keeper = keepDashboardOpen(place, watch);
    keepers.push(keeper);
    deps = {
      ...{ place, line, watch, keeper, mayTear, settings: nightSettings, tasks: plan.tasks },
      ...sessionDeps(place, watch),
      tookFromLog: (task, piece) => pieces.set(task, [...(pieces.get(task) ?? []), piece]),
      shiftClock: clockOf(place.directory),
    };
    const gaveUp = await untilMorning({ plan, place, watch, journal: director.journal, say });
    const endedAt = Date.now();
    await director.settled();
    await keeper.close();
    const leftBehind = await untilNobodyLives(watch);
    watch.stop();
    const logs = await Promise.all(
      plan.tasks.map((task) =>
        readWholeLog(place.taskPath(task), {
          task,
          pieces: pieces.get(task) ?? [],
          mayTear: (uuid) => mayTear.has(uuid),
        }),
      ),
    );
    const played: Played = {
      plan,
      journal: director.journal,
      struck: director.struck,
      missed: director.waiting().map(({ kind }) => kind.name),
      logs,
      processes: watch.seen(),
      together: watch.together(),
      lists: plan.tasks.map((task) => ({ task, ...listOf(place, task) })),
      reported: await readReported(place),
      charged,
      leftBehind,
      gaveUp,
      beganAt,
      endedAt,
    };
    await beforeTheEnd?.(place.directory, played);
    return played;
  } finally {
    watch.stop();
    for (const keeper of keepers) await keeper.close();
    await line.cut();
    await model.stop();
    await place.end();
  }
}

function workFor(task: string, steps: number) {
  return {
    steps: Array.from({ length: steps }, (_, index) => ({
      text: `Do part ${index + 1}`,
      phase: `Parts ${1 + Math.floor(index / 4)}`,
      work: [command(`echo "part ${index + 1}" >> ${partsFile(task)}; sleep 0.2`)],
    })),
    stepsPerSession: 1,
    paceMs,
  };
}

/** Reports the same few tokens for each answer, so that Codex does not compact a conversation with a huge line. */
function frugal(worker: (request: ModelRequest) => Answer): (request: ModelRequest) => Answer {
  return (request) => {
    const answer = worker(request);
    return answer.kind === 'items' ? { ...answer, usage: defaultUsage } : answer;
  };
}

/** Each task is started on a terminal, as by a user, and then the terminal is closed: the work continues. */
async function beginTasks(
  place: TrialWorld,
  watch: ProcessWatch,
  { tasks, checked }: NightPlan,
): Promise<void> {
  for (const task of tasks) {
    const check = task === checked ? ['--check', checkAtRandom] : [];
    const args = ['--task-name', task, ...place.access, ...check, `Do the ${task} work`];
    const terminal = openOnTerminal(place, args);
    // Before the log exists, the runner may not have got its request yet.
    const hasBegun = (): boolean =>
      watch.living('runner').some((one) => one.task === task) &&
      existsSync(join(place.taskPath(task), 'session.log'));
    for (let tries = 0; tries < 300 && !hasBegun(); tries++) {
      if (!terminal.isOpen()) throw new Error(`It did not start: ${terminal.lastWords()}`);
      await delay(50);
    }
    terminal.close();
    await terminal.ended;
  }
}

function sessionDeps(
  place: TrialWorld,
  watch: ProcessWatch,
): Pick<NightDeps, 'uuidOf' | 'runnerOf' | 'processOf'> {
  const known = new Map<string, string>();
  const look = (task: string): void => {
    let text = '';
    try {
      text = readFileSync(join(place.taskPath(task), 'session.log'), 'utf8');
    } catch {
      // Removed by a fault: use what is known already.
    }
    const starts = /"autonomous\.session\.started","session":(\d+),"uuid":"([^"]+)"/gu;
    for (const [, number, uuid] of text.matchAll(starts)) known.set(`${task} ${number}`, uuid!);
  };
  return {
    uuidOf: (task, session) => {
      if (!known.has(`${task} ${session}`)) look(task);
      return known.get(`${task} ${session}`) ?? null;
    },
    runnerOf: (task) => watch.living('runner').find((one) => one.task === task) ?? null,
    processOf: (uuid, kind) =>
      // Codex may appear more than once while it starts a command; the first one is Codex itself.
      watch.living(kind).find((one) => one.uuid === uuid) ?? null,
  };
}

type Waiting = {
  plan: NightPlan;
  place: TrialWorld;
  watch: ProcessWatch;
  journal: readonly Asked[];
  say: (line: string) => void;
};

/** Waits until both lists are ticked and no runner lives, or until there was no request for too long. */
async function untilMorning(waiting: Waiting): Promise<string | null> {
  const { plan, place, watch, journal, say } = waiting;
  const beganAt = Date.now();
  let said = '';
  for (;;) {
    await delay(200);
    const lists = plan.tasks.map((task) => ({ task, ...listOf(place, task) }));
    const news = lists.map(({ task, done, total }) => `${task} ${done}/${total}`).join('  ');
    if (news !== said) say((said = news));
    const isDone = lists.every(({ done, total }) => total === plan.steps && done === total);
    if (isDone && watch.living('runner').length === 0) return null;
    const lastAt = journal.at(-1)?.at ?? beganAt;
    if (Date.now() - lastAt > patienceMs) {
      return `no request for ${patienceMs / 1000} s`;
    }
  }
}

function listOf(place: TrialWorld, task: string): { done: number; total: number } {
  try {
    const text = readFileSync(join(place.taskPath(task), 'task_list.md'), 'utf8');
    const { done, total } = readChecklist(text);
    return { done, total };
  } catch {
    return { done: 0, total: 0 };
  }
}

async function untilNobodyLives(watch: ProcessWatch): Promise<string[]> {
  const giveUpAt = Date.now() + 15_000;
  for (;;) {
    watch.look();
    const living = watch.living();
    if (living.length === 0) return [];
    if (Date.now() > giveUpAt) {
      return living.map(
        ({ pid, kind, task }) => `${kind} ${pid}${task === null ? '' : ` of ${task}`}`,
      );
    }
    await delay(100);
  }
}

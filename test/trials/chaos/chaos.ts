// Kills everything that takes part two hundred times with kill -9, at random moments: runners, Codex, its launcher,
// dashboards. Others restart what they find dead. At the end, the logs, the process table and the model's journal show
// whether anything was lost or done twice.

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { command } from '../../../source/demo/responses-api.ts';
import { startScriptedModel } from '../../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../../source/demo/scripted-worker.ts';
import { keepDashboardOpen } from '../night/keeper.ts';
import { readAsked, type Asked } from '../outside/asked.ts';
import { besideEachOther, interleaved, missingLines, workedTwice } from '../outside/laws.ts';
import { unequalCopies } from '../outside/copies.ts';
import { makeTrialWorld, type TrialWorld } from '../outside/trial-world.ts';
import { watchProcesses, type ProcessWatch } from '../outside/process-watch.ts';
import { openOnTerminal } from '../outside/program.ts';
import { seededRandom } from '../outside/random.ts';
import { readWholeLog, type WholeLog } from '../outside/whole-log.ts';
import { createKiller, type Kill } from './killer.ts';
import { keepStarting } from './starter.ts';
import { deathsFile } from './windows.ts';

export type ChaosCall = {
  seed: number;
  kills: number;
  /** The built program; default: the one in dist/. */
  program?: string;
  /** The program of the dashboards, and of the runners with which they recover runs; default: the same. */
  dashboard?: string;
  say?: (line: string) => void;
  /** Called with the directory before everything is removed. */
  beforeTheEnd?: (directory: string) => Promise<void>;
};

export type Chaos = {
  kills: readonly Kill[];
  killingMs: number;
  sessions: number;
  requests: number;
  tornByKills: number;
  breaches: readonly string[];
  /** One letter for each time that an altered program died by itself. */
  deaths: string;
};

const tasks = ['alpha', 'beta', 'gamma', 'delta'];
const steps = 24;

/** All times are short, so that as much as possible happens between two kills. */
const settings = {
  restSeconds: 0,
  interruptGraceSeconds: 1,
  terminateGraceSeconds: 1,
  lingerSeconds: 2,
  longestBackOffSeconds: 1,
  lookAgainSeconds: 1,
  sessionsAtOnce: 8,
};

export async function playChaos(call: ChaosCall): Promise<Chaos> {
  const { seed, kills, program, say = () => {} } = call;
  const journal: Asked[] = [];
  let stepsPerSession = 1;
  const worker = scriptedWorker({ plans: (task) => planFor(task, stepsPerSession) });
  const model = await startScriptedModel({
    answer: (request) => {
      const asked = readAsked(request);
      if (asked !== null) journal.push(asked);
      return worker(request);
    },
  });
  const place = await makeTrialWorld({
    codexHome: { url: model.url, streamMaxRetries: 1, requestMaxRetries: 1 },
    configuration: settings,
    ...(program === undefined ? {} : { program }),
  });
  const watch = watchProcesses(place.directory, 40);
  try {
    await begin(place, watch);
    // Until its Initializer sends a request, only the starter knows the task's description.
    while (new Set(journal.map(({ task }) => task)).size < tasks.length) await delay(50);
    const viewing = { ...place, program: call.dashboard ?? place.program };
    const keeper = keepDashboardOpen(viewing, watch, 300);
    const starter = keepStarting({ place, watch, tasks, random: seededRandom(seed + 1) });
    const killer = createKiller({
      place,
      watch,
      keeper,
      starter,
      tasks,
      random: seededRandom(seed),
    });
    const beganAt = performance.now();
    while (killer.kills().length < kills) {
      await killer.killOne();
      if (killer.kills().length % 20 === 0) say(`${killer.kills().length} kills`);
    }
    const killingMs = performance.now() - beganAt;
    say('No more kills. Each task does its remaining steps in one session.');
    stepsPerSession = steps;
    const gaveUp = await untilDone(place, starter.isIdle);
    await starter.close();
    await keeper.close();
    killer.close();
    const leftBehind = await untilNobodyLives(watch);
    watch.stop();
    const killed = killer.sessionsKilled();
    await call.beforeTheEnd?.(place.directory);
    const logs = await Promise.all(
      tasks.map((task) =>
        readWholeLog(place.taskPath(task), { task, mayTear: (uuid) => killed.has(uuid) }),
      ),
    );
    return {
      kills: killer.kills(),
      killingMs,
      sessions: logs.reduce((count, { sessions }) => count + sessions.length, 0),
      requests: journal.length,
      deaths: await readFile(join(place.state, deathsFile), 'utf8').catch(() => ''),
      tornByKills: logs.reduce((count, { torn }) => count + torn.length, 0),
      breaches: [
        ...(gaveUp === null ? [] : [gaveUp]),
        ...leftBehind.map((one) => `left behind: ${one}`),
        ...besideEachOther(watch.together(), logs),
        ...interleaved(journal),
        ...workedTwice(journal, excusedBy(logs, killed)),
        ...logs.flatMap(({ breaches }) => breaches),
        ...missingLines(journal, logs),
        ...(await unreadableStates(place)),
        ...(await unequalCopies(place, logs)),
      ],
    };
  } finally {
    watch.stop();
    await model.stop();
    await place.end();
  }
}

function planFor(task: string, stepsPerSession: number) {
  return {
    steps: Array.from({ length: steps }, (_, index) => ({
      text: `Do part ${index + 1}`,
      phase: 'Parts',
      work: [command(`echo "part ${index + 1}" >> ${task}-parts.txt; sleep 0.1`)],
    })),
    stepsPerSession,
    paceMs: 60,
  };
}

async function begin(place: TrialWorld, watch: ProcessWatch): Promise<void> {
  for (const task of tasks) {
    const args = ['--task-name', task, ...place.access, `Do the ${task} work`];
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

/** A session whose Codex or launcher was killed is excused for not ticking its step. */
function excusedBy(
  logs: readonly WholeLog[],
  killed: ReadonlySet<string>,
): (task: string, session: number) => boolean {
  return (task, session) => {
    const log = logs.find((one) => one.task === task);
    const uuid = log?.sessions.find(({ number }) => number === session)?.uuid;
    return uuid !== undefined && killed.has(uuid);
  };
}

async function untilDone(place: TrialWorld, isIdle: () => boolean): Promise<string | null> {
  const giveUpAt = performance.now() + 180_000;
  for (;;) {
    const open: string[] = [];
    for (const task of tasks) {
      const list = await readFile(join(place.taskPath(task), 'task_list.md'), 'utf8').catch(
        () => '',
      );
      const done = list.match(/^- \[x\]/gmu)?.length ?? 0;
      if (done < steps) open.push(`${task} ${done}/${steps}`);
    }
    if (open.length === 0 && isIdle() && (await areEnded(place))) return null;
    if (performance.now() > giveUpAt) return `It did not finish: ${open.join(', ')}`;
    await delay(300);
  }
}

/** The last session of a run whose runner died at the very end is closed by the next one. */
async function areEnded({ state }: TrialWorld): Promise<boolean> {
  const names = await readdir(state, { recursive: true });
  const records = names.filter((name) => basename(name) === 'run.json');
  for (const name of records) {
    const { ending } = JSON.parse(await readFile(join(state, name), 'utf8')) as {
      ending?: unknown;
    };
    if (ending === null || ending === undefined) return false;
  }
  return records.length > 0;
}

async function untilNobodyLives(watch: ProcessWatch): Promise<string[]> {
  const giveUpAt = performance.now() + 15_000;
  for (;;) {
    watch.look();
    const living = watch.living();
    if (living.length === 0) return [];
    if (performance.now() > giveUpAt) return living.map(({ kind, pid }) => `${kind} ${pid}`);
    await delay(100);
  }
}

async function unreadableStates({ state }: TrialWorld): Promise<string[]> {
  const breaches: string[] = [];
  const names = await readdir(state, { recursive: true });
  for (const name of names.filter(
    (one) => one.endsWith('.json') && !basename(one).startsWith('.'),
  )) {
    const text = await readFile(join(state, name), 'utf8');
    try {
      JSON.parse(text);
    } catch {
      breaches.push(`${name} cannot be read: ${text.slice(0, 80)}`);
    }
  }
  return breaches;
}

// `--demo`: the real Codex works two tasks side by side, without an account. Nothing is faked but the model,
// which is a script on loopback. Same dashboard, same engine, in a project of its own that goes with it.

import type { Call } from '../arguments.ts';
import { complain } from '../complain.ts';
import { fleetFor } from '../fleet-for.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Sandbox } from '../core/task.ts';
import type { Fleet } from '../engine/fleet.ts';
import { codexOf } from '../hooks/use-codex.ts';
import type { Setting } from '../setting.ts';
import { findCodex, howToInstallCodex } from '../system/codex-path.ts';
import { defaultConfiguration } from '../system/configuration.ts';
import { viewTasks, watchTasks, type Watching } from '../view-tasks.ts';
import { writeCodexHome } from './codex-home.ts';
import { directDemo } from './demo-director.ts';
import { demoPlan, demoTasks, pauseAtStep } from './demo-plans.ts';
import { endOnSignals } from './end-on-signals.ts';
import { makeDemoProject, type DemoProject } from './demo-project.ts';
import { isAtRest, printBoard, untilBoard } from './demo-board.ts';
import { sandboxWorks } from './sandbox-check.ts';
import { startScriptedModel } from './scripted-model.ts';
import { scriptedWorker } from './scripted-worker.ts';

/** How long the model thinks before each answer, so that a person can watch. */
const paceMs = 700;
const pauseIsSeenMs = 2500;

/** Where the demo is killed, its runners must end by themselves: they wait for a model that is gone. */
const maxSessions = 12;
const networkMs = 20_000;

export async function demoCommand(call: Call): Promise<number> {
  const { leave, exitCode } = endOnSignals();
  const place = await makeDemoProject(process.env);
  try {
    const played = await playDemo(call, place, leave);
    return exitCode() ?? played;
  } finally {
    await place.remove();
  }
}

async function playDemo(call: Call, place: DemoProject, leave: AbortSignal): Promise<number> {
  const codex = await findCodex({
    named: call.codex,
    environment: process.env,
    project: place.project,
  });
  if ('problem' in codex) {
    return complain(`${codex.problem} (the demo needs it, but no account)`, exitCodes.failed);
  }
  const isScreen = process.stdout.isTTY && !call.headless;
  const ms = isScreen ? paceMs : 0;
  const model = await startScriptedModel({
    answer: scriptedWorker({ plans: (task) => demoPlan(task, ms) }),
  });
  try {
    await writeCodexHome(place.codexHome, { url: model.url, trustedProject: place.project });
    // The runners that the demo starts inherit these, and Codex from them.
    process.env['CODEX_HOME'] = place.codexHome;
    process.env['NO_PROXY'] = '127.0.0.1';
    const sandbox = await sandboxFor(codex.path, place.codexHome);
    const setting: Setting = {
      place: { project: place.project, home: place.home },
      configuration: {
        ...defaultConfiguration,
        codex: codex.path,
        settings: { ...defaultConfiguration.settings, networkMs },
      },
    };
    const fleet = fleetFor({ ...call, codex: codex.path, maxSessions }, setting);
    const watching = watchTasks(setting);
    try {
      return await playTasks({ setting, watching, fleet, sandbox, isScreen, leave });
    } finally {
      await endAll(watching, fleet);
      await watching.observer.close();
    }
  } finally {
    await model.stop();
  }
}

type Play = {
  setting: Setting;
  watching: Watching;
  fleet: Fleet;
  sandbox: Sandbox;
  isScreen: boolean;
  leave: AbortSignal;
};

async function playTasks(play: Play): Promise<number> {
  const { setting, watching, fleet, sandbox, isScreen, leave } = play;
  for (const { name, description } of demoTasks) {
    if (leave.aborted) return exitCodes.failed;
    const answer = await fleet.run({ task: name, description, sandbox });
    if (!answer.ok) return complain(answer.sentence, exitCodes.failed);
  }
  const codex = codexOf(fleet);
  const { store } = watching;
  const director = directDemo(
    {
      store,
      pause: (task) => codex.pause(task),
      resumeLast: (task) => codex.resumeLast(task, sandbox),
      later: (callBack) => void setTimeout(callBack, isScreen ? pauseIsSeenMs : 0),
      say: (sentence) => {
        if (!isScreen) process.stdout.write(`${sentence}\n`);
      },
    },
    { task: demoTasks[0].name, atStep: pauseAtStep },
  );
  try {
    if (isScreen) {
      const [{ name }] = demoTasks;
      const shown = { selected: name, sandbox: 'workspace-write' } as const;
      await viewTasks({ setting, watching, fleet, leave, ...shown });
      process.stdout.write(afterwards());
      return exitCodes.done;
    }
    const printing = printBoard(store, (line) => process.stdout.write(`${line}\n`));
    await watching.observer.look();
    const end = await untilBoard(
      store,
      (tasks) =>
        tasks.length === demoTasks.length &&
        tasks.every(({ state }) => state.word === 'done' || state.word === 'failed'),
      leave,
    );
    printing.close();
    process.stdout.write(afterwards());
    return end.every(({ state }) => state.word === 'done') ? exitCodes.done : exitCodes.failed;
  } finally {
    director.close();
  }
}

/** Where no sandbox can be made, the demo's own commands, which are known, run without one. */
async function sandboxFor(codex: string, codexHome: string): Promise<Sandbox> {
  const check = await sandboxWorks(codex, codexHome);
  if (check.kind !== 'fails') return 'workspace-write';
  process.stdout.write(
    `Codex can make no sandbox here (${check.reason}): the demo runs its own commands in full access.\n`,
  );
  return 'danger-full-access';
}

/** The demo leaves nothing that runs behind. */
async function endAll({ store, observer }: Watching, fleet: Fleet): Promise<void> {
  await observer.look();
  for (const task of store.board().tasks) {
    if (task.run !== null) await fleet.want(task, 'end at once');
  }
  await untilBoard(store, isAtRest);
}

function afterwards(): string {
  return [
    'That was the demo: the real Codex and a scripted model, in a project that is gone now.',
    'A task of your own needs Codex and an account:',
    `  ${howToInstallCodex}`,
    '  codex login',
    '  autonomous-tui "what should be done"',
    '',
  ].join('\n');
}

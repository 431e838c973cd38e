// `--demo`: the real Codex works on two tasks side by side, without an account. Only the model is fake: a script on
// loopback. Dashboard and engine are the real ones, in a project of its own that is removed afterwards.

import type { Invocation } from '../invocation.ts';
import { complain } from '../complain.ts';
import { runnerClientFor } from '../runner-client-for.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import { codexOf } from '../../screen/commands/task-actions.ts';
import { createRequests } from '../../screen/requests.ts';
import type { CommandContext } from '../command-context.ts';
import { delay, systemClock } from '../../system/clock.ts';
import { findCodex, howToInstallCodex } from '../../system/process/codex-path.ts';
import { writableDirectories } from '../../system/process/writable-directories.ts';
import { defaultConfiguration } from '../../system/configuration.ts';
import { watchProject } from '../projects/own-project.ts';
import {
  pendingStarts,
  viewTasks,
  type PendingStarts,
  type Watching,
} from '../screen/view-tasks.ts';
import { writeCodexHome } from '../../demo/codex-home.ts';
import { directDemo } from '../../demo/demo-director.ts';
import { showDemoHints, type DemoHints } from '../../demo/demo-hints.ts';
import { demoPlan, demoTasks, pauseAtStep } from '../../demo/demo-plans.ts';
import { endOnSignals } from '../end-on-signals.ts';
import { openKeys } from '../screen/screen-terminal.ts';
import { makeDemoProject, type DemoProject } from '../../demo/demo-project.ts';
import { isAtRest, printBoard, untilBoard } from '../../demo/demo-board.ts';
import { sandboxWorks } from '../../demo/sandbox-check.ts';
import { startScriptedModel } from '../../demo/scripted-model.ts';
import { scriptedWorker } from '../../demo/scripted-worker.ts';

/** How long the model waits before each answer, so that the user can follow. */
const paceMs = 700;
const pauseIsSeenMs = 2500;

/** If the demo is killed, its runners must end by themselves, because they wait for a model that is gone. */
const maxSessions = 12;
const networkMs = 20_000;

export async function demoCommand(invocation: Invocation): Promise<number> {
  const { quitSignal, exitCode } = endOnSignals();
  const paths = await makeDemoProject(process.env);
  try {
    const played = await playDemo(invocation, paths, quitSignal);
    return exitCode() ?? played;
  } finally {
    await paths.remove();
  }
}

async function playDemo(
  invocation: Invocation,
  paths: DemoProject,
  quitSignal: AbortSignal,
): Promise<number> {
  const codex = await findCodex({
    named: invocation.sessionOptions.codex ?? null,
    environment: process.env,
    writable: await writableDirectories(paths.project, process.env),
  });
  if ('problem' in codex) {
    return complain(`${codex.problem}. The demo needs Codex too, but no account`, exitCodes.failed);
  }
  // Without keys, or on a dumb terminal, it is printed line by line.
  const opened = process.stdout.isTTY && !invocation.headless ? openKeys(process.env) : null;
  const keys = opened !== null && 'keys' in opened ? opened.keys : null;
  const ms = keys === null ? 0 : paceMs;
  const model = await startScriptedModel({
    answer: scriptedWorker({ plans: (task) => demoPlan(task, ms) }),
  });
  try {
    await writeCodexHome(paths.codexHome, { url: model.url, trustedProject: paths.project });
    // The demo's runners inherit these variables, and Codex inherits them from the runners.
    process.env['CODEX_HOME'] = paths.codexHome;
    process.env['NO_PROXY'] = '127.0.0.1';
    const sandbox = await sandboxFor(codex.path, paths.codexHome);
    const context: CommandContext = {
      paths: { project: paths.project, home: paths.home },
      configuration: {
        ...defaultConfiguration,
        codex: codex.path,
        settings: { ...defaultConfiguration.settings, networkMs },
      },
    };
    const starts = pendingStarts();
    const runnerClient = starts.track(
      runnerClientFor({ ...invocation, maxSessions, autoContinue: true }, context),
    );
    const { watching } = watchProject({ context, runnerClient, name: 'demo, scripted model' });
    try {
      return await playTasks({
        context,
        watching,
        runnerClient,
        starts,
        sandbox,
        keys,
        quitSignal,
      });
    } finally {
      await endAll(watching, runnerClient);
      await watching.observer.close();
    }
  } finally {
    await model.stop();
  }
}

type Play = {
  context: CommandContext;
  watching: Watching;
  runnerClient: RunnerClient;
  starts: PendingStarts;
  sandbox: Sandbox;
  /** Null: no screen. */
  keys: NodeJS.ReadStream | null;
  quitSignal: AbortSignal;
};

async function playTasks(play: Play): Promise<number> {
  const { context, watching, runnerClient, starts, sandbox, keys, quitSignal } = play;
  for (const { name, description } of demoTasks) {
    if (quitSignal.aborted) return exitCodes.failed;
    const answer = await runnerClient.start({ task: name, description, sandbox });
    if (!answer.ok) return complain(answer.sentence, exitCodes.failed);
  }
  const { store } = watching;
  const codex = codexOf(runnerClient, createRequests({ clock: systemClock, disk: store.board }));
  const hints = keys === null ? printedHints : showDemoHints(store, systemClock);
  const director = directDemo(
    {
      store,
      pause: (task) => codex.pause(task),
      resumeLast: (task) => codex.resumeLast(task, sandbox),
      later: (callBack) => void delay(keys === null ? 0 : pauseIsSeenMs).then(callBack),
      ...hints,
    },
    { task: demoTasks[0].name, atStep: pauseAtStep },
  );
  try {
    if (keys !== null) {
      const [{ name }] = demoTasks;
      const shown = { selected: name, sandbox: 'workspace-write' } as const;
      await viewTasks({ context, watching, starts, quitSignal, keys, ...shown });
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
      quitSignal,
    );
    printing.close();
    process.stdout.write(afterwards());
    return end.every(({ state }) => state.word === 'done') ? exitCodes.done : exitCodes.failed;
  } finally {
    director.close();
    hints.close();
  }
}

const printedHints: DemoHints = {
  say: (sentence) => void process.stdout.write(`${sentence}\n`),
  over: () => {},
  close: () => {},
};

/** If Codex cannot create a sandbox, the demo's own commands, which are known, run without one. */
async function sandboxFor(codex: string, codexHome: string): Promise<Sandbox> {
  const check = await sandboxWorks(codex, codexHome);
  if (check.kind !== 'fails') return 'workspace-write';
  process.stdout.write(
    `Codex cannot create a sandbox here (${check.reason}); the demo runs its own commands with full access.\n`,
  );
  return 'danger-full-access';
}

/** The demo leaves no process behind. */
async function endAll({ store, observer }: Watching, runnerClient: RunnerClient): Promise<void> {
  await observer.look();
  for (const task of store.board().tasks) {
    if (task.run !== null) await runnerClient.send(task, 'end at once');
  }
  await untilBoard(store, isAtRest);
}

function afterwards(): string {
  return [
    'That was the demo: the real Codex with a scripted model. Its project has been removed.',
    'To start a task of your own, you need Codex and an account:',
    `  ${howToInstallCodex}`,
    '  codex login',
    '  autonomous-tui "describe what to do"',
    '',
  ].join('\n');
}

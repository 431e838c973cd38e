// Everything that one end-to-end test needs: a project, a user's home, the real Codex with a scripted model, and our
// program. When the test is over, nothing of it is left, not even a process.

import { execFile } from 'node:child_process';
import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test as plainTest } from 'vitest';
import type { RunRecord } from '../../source/core/run/record.ts';
import { type CodexHome, writeCodexHome } from '../../source/demo/codex-home.ts';
import type { ModelRequest } from '../../source/demo/model-request.ts';
import type { Plan } from '../../source/demo/plan.ts';
import { command, type ModelItem } from '../../source/demo/responses-api.ts';
import { sandboxWorks } from '../../source/demo/sandbox-check.ts';
import {
  type Answer,
  type ScriptedModel,
  startScriptedModel,
} from '../../source/demo/scripted-model.ts';
import { scriptedWorker } from '../../source/demo/scripted-worker.ts';
import { stateDirectory, type StateDirectory } from '../../source/system/state/state-directory.ts';
import { stateHome } from '../../source/system/state/state-files.ts';
import { codexProgram, worldPath } from './codex.ts';
import { compiledCode } from './compiled-code.ts';
import { endProcessesUnder, type LivingProcess, processesUnder } from './processes.ts';
import {
  type ProgramCall,
  type ProgramResult,
  runProgram,
  type RunningProgram,
  startProgram,
} from './program.ts';
import { openTerminal, type Terminal, type TerminalCall } from './terminal.ts';
import { type Patience, until } from './until.ts';
import { makeWorkspace, type Workspace } from './workspace.ts';

export type EndToEndWorldOptions = {
  /** What the scripted worker plans for every task; default: two steps, one per session. */
  plan?: Plan;
  /** The user's `config.json`; default: no rest between sessions. Null: none. */
  configuration?: object | null;
  /** Default: no copy of the user's shell, which takes a fifth of a short session. */
  codex?: Omit<CodexHome, 'url'>;
};

export type EndToEndWorld = Workspace & {
  env: Record<string, string>;
  model: ScriptedModel;
  /** All requests of Codex, oldest first, including those not answered yet. */
  requests: readonly ModelRequest[];
  /** Sets the model's answers from now on. */
  setAnswer(answer: (request: ModelRequest) => Answer): void;
  worker(request: ModelRequest): Answer;
  /** The model does not answer such a request until the gate is opened. */
  hold(when: (request: ModelRequest) => boolean): Gate;
  run(args: readonly string[], call?: Partial<Call>): Promise<ProgramResult>;
  start(args: readonly string[], call?: Partial<Call>): RunningProgram;
  open(args: readonly string[], call?: Partial<TerminalCall>): Terminal;
  /** Opens the dashboard and waits until its keys are on the screen. */
  dashboard(args?: readonly string[], call?: Partial<TerminalCall>): Promise<Terminal>;
  /** Makes a task that others began: its list and notes, with the first `done` of the plan's steps ticked. */
  prepare(name: string, options?: { done?: number }): Promise<TaskFiles>;
  task(name: string): TaskFiles;
  /** The task in `--list --json`. */
  listed(name: string): Promise<ListedTask | undefined>;
  /** Waits until `--list` shows the task in this state. */
  untilListed(name: string, state: string, patience?: Patience): Promise<ListedTask>;
  processes(): Promise<LivingProcess[]>;
  untilNobodyLives(patience?: Patience): Promise<void>;
  end(): Promise<void>;
};

type Call = Omit<ProgramCall, 'args'> & Patience;

export type Gate = {
  /** Resolves with the first request that it holds back. */
  reached(patience?: Patience): Promise<ModelRequest>;
  open(): void;
};

export type ListedTask = {
  name: string;
  state: string;
  reason: string | null;
  done: number;
  total: number;
  threadId: string | null;
  unproven: number;
  unmet: string | null;
  sandbox: string | null;
  runnerPid: number | null;
  session: { number: number; role: string } | null;
};

export type TaskLogEvent = {
  type: string;
  session?: number;
  uuid?: string;
  role?: string;
  at?: string;
  resumes?: string;
  exitCode?: number | null;
  signal?: string | null;
  outcome?: string;
  thread_id?: string;
};

export type TaskFiles = {
  path: string;
  read(file: string): Promise<string>;
  mode(file: string): Promise<number>;
  /** All lines of session.log; a line that is not JSON fails the test. */
  log(): Promise<TaskLogEvent[]>;
  logged(type: string): Promise<TaskLogEvent[]>;
  /** Boxes of task_list.md, in order. */
  boxes(): Promise<boolean[]>;
  record(): Promise<RunRecord | null>;
  state: StateDirectory;
};

/** A test function with its own worlds. */
export const test = plainTest.extend<{
  makeWorld: (options?: EndToEndWorldOptions) => Promise<EndToEndWorld>;
}>({
  makeWorld: async ({}, provide) => {
    const worlds: EndToEndWorld[] = [];
    await provide(async (options) => {
      const world = await makeWorld(options);
      worlds.push(world);
      return world;
    });
    for (const world of worlds) await world.end();
  },
});

/** Some machines, most containers among them, cannot create a sandbox. If Codex cannot tell, tests fail: none is skipped. */
export const hasSandbox = await checkSandbox();

export type PlanOptions = {
  steps?: number;
  stepsPerSession?: number;
  /** The work of each step, before it is ticked. */
  work?: (step: number) => readonly ModelItem[];
};

export function smallPlan({ steps = 2, stepsPerSession = 1, work = note }: PlanOptions = {}): Plan {
  const numbers = Array.from({ length: steps }, (_, index) => index + 1);
  return {
    steps: numbers.map((number) => ({
      text: `Do part ${number}`,
      phase: 'Parts',
      work: work(number),
    })),
    stepsPerSession,
    paceMs: 0,
  };
}

function note(step: number): ModelItem[] {
  return [command(`echo "part ${step}" >> parts.txt`)];
}

export async function makeWorld(options: EndToEndWorldOptions = {}): Promise<EndToEndWorld> {
  const {
    plan = smallPlan(),
    configuration = { restSeconds: 0 },
    codex = { shellSnapshot: false },
  } = options;
  const workspace = await makeWorkspace();
  const { directory, project } = workspace;
  const requests: ModelRequest[] = [];
  const gates = new Set<ReturnType<typeof makeGate>>();
  const worker = scriptedWorker({ plans: () => plan });
  let answer: (request: ModelRequest) => Answer = worker;
  const model = await startScriptedModel({
    answer: async (request) => {
      for (const gate of gates) if (gate.when(request)) await gate.pass(request);
      return answer(request);
    },
    onRequest: (request) => requests.push(request),
  });
  await writeCodexHome(workspace.codexHome, { url: model.url, ...codex });
  await promisify(execFile)('git', ['init', '--quiet', project]);
  await shareCompiledCode(workspace);
  const env = environmentOf(workspace);
  if (configuration !== null) {
    // Git's forty processes for each session have tests of their own, and headless.test.ts has them on.
    await writeConfiguration(env, { checkpoints: 'off', ...configuration });
  }

  const world: EndToEndWorld = {
    ...workspace,
    env,
    model,
    requests,
    worker,
    setAnswer: (next) => {
      answer = next;
    },
    hold: (when) => {
      const gate = makeGate(when, () => gates.delete(gate));
      gates.add(gate);
      return gate;
    },
    run: (args, call) => runProgram({ args, cwd: project, env, ...call }, call),
    start: (args, call) => startProgram({ args, cwd: project, env, ...call }),
    open: (args, call) => openTerminal({ args, cwd: project, env, ...call }),
    dashboard: async (args = [], call) => {
      const terminal = world.open(args, call);
      await terminal.waitFor(keysOnTheScreen);
      return terminal;
    },
    prepare: async (name, { done = 0 } = {}) => {
      const files = taskFiles(workspace, env, name);
      await mkdir(files.path, { recursive: true, mode: 0o700 });
      await writeFile(join(files.path, 'task_list.md'), listOf(plan, done));
      await writeFile(join(files.path, 'progress.md'), '# Progress\n');
      return files;
    },
    task: (name) => taskFiles(workspace, env, name),
    listed: async (name) => {
      const { stdout } = await world.run(['--list', '--json']);
      const { tasks } = JSON.parse(stdout) as { tasks: ListedTask[] };
      return tasks.find((task) => task.name === name);
    },
    untilListed: (name, state, patience) => {
      const worthALook = changeOrSecond(() =>
        world
          .task(name)
          .record()
          .catch(() => null),
      );
      return until(
        `${name} is listed as ${state}`,
        async () => {
          if (!(await worthALook())) return null;
          const task = await world.listed(name);
          return task?.state === state ? task : null;
        },
        patience,
      );
    },
    processes: () => Promise.resolve(processesUnder(directory)),
    untilNobodyLives: async (patience) => {
      let living: LivingProcess[] = [];
      const isOver = (): boolean => {
        living = processesUnder(directory);
        return living.length === 0;
      };
      await until('no process is left', isOver, patience).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${JSON.stringify(living, null, 2)}`);
      });
    },
    end: async () => {
      await endProcessesUnder(directory);
      await model.stop();
      await workspace.remove();
    },
  };
  return world;
}

/**
 * True at first, when what it reads has changed, and after a second without a look: each `--list` is a process, and one after
 * the other kept half a core from what the test waits for.
 */
function changeOrSecond(read: () => Promise<unknown>): () => Promise<boolean> {
  let last: string | null = null;
  let lookedAt = -Infinity;
  return async () => {
    const now = JSON.stringify(await read());
    if (now === last && performance.now() - lookedAt < 1000) return false;
    last = now;
    lookedAt = performance.now();
    return true;
  };
}

/** The last row, or the words in its place if there is no task or a dialog is open. */
const keysOnTheScreen = /\? help|q {3}quit|Esc /;

function makeGate(
  when: (request: ModelRequest) => boolean,
  remove: () => void,
): Gate & {
  when: (request: ModelRequest) => boolean;
  pass: (request: ModelRequest) => Promise<void>;
} {
  let held: ModelRequest | null = null;
  const opened = Promise.withResolvers<void>();
  return {
    when,
    reached: (patience) => until('Codex asks what is held', () => held, patience),
    pass: (request) => {
      held ??= request;
      return opened.promise;
    },
    open: () => {
      remove();
      opened.resolve();
    },
  };
}

/** `CI` must not be set: it hides the screen. */
function environmentOf(workspace: Workspace): Record<string, string> {
  const { codexHome, home, state, directory } = workspace;
  return {
    PATH: worldPath,
    HOME: home,
    CODEX_HOME: codexHome,
    XDG_STATE_HOME: state,
    XDG_CONFIG_HOME: join(directory, 'config'),
    LANG: 'C.UTF-8',
  };
}

/** In a home of its own, each first start would compile the whole program. package.test.ts has where it is kept. */
async function shareCompiledCode({ home }: Workspace): Promise<void> {
  const own = join(home, '.cache', 'autonomous-tui');
  await mkdir(own, { recursive: true, mode: 0o700 });
  await mkdir(compiledCode, { recursive: true, mode: 0o700 });
  await symlink(compiledCode, join(own, 'compiled'));
}

async function writeConfiguration(
  env: Readonly<Record<string, string>>,
  configuration: object,
): Promise<void> {
  const directory = join(env['XDG_CONFIG_HOME'] ?? '', 'autonomous-tui');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'config.json'), JSON.stringify(configuration));
}

function taskFiles(
  { project }: Workspace,
  env: Readonly<Record<string, string>>,
  name: string,
): TaskFiles {
  const path = join(project, '.autonomous', name);
  const read = (file: string): Promise<string> => readFile(join(path, file), 'utf8');
  const state = stateDirectory(stateHome(env), project, name);
  const log = async (): Promise<TaskLogEvent[]> => {
    const lines = (await read('session.log')).split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as TaskLogEvent);
  };
  return {
    path,
    read,
    mode: async (file) => (await stat(join(path, file))).mode & 0o777,
    log,
    logged: async (type) => (await log()).filter((event) => event.type === type),
    boxes: async () =>
      [...(await read('task_list.md')).matchAll(/^- \[([ x])\]/gm)].map(([, box]) => box === 'x'),
    record: () => state.readRecord(),
    state,
  };
}

function listOf({ steps }: Plan, done: number): string {
  return steps.map(({ text }, index) => `- [${index < done ? 'x' : ' '}] ${text}\n`).join('');
}

async function checkSandbox(): Promise<boolean> {
  const place = await makeWorkspace();
  try {
    const { kind } = await until('Codex says whether there is a sandbox', async () => {
      const check = await sandboxWorks(codexProgram, place.codexHome);
      if (check.kind === 'unknown') throw new Error(check.reason);
      return check;
    });
    return kind === 'works';
  } finally {
    await place.remove();
  }
}

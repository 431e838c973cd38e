// A project with any number of tasks for the program to show: files as the runner and Codex write them, and records
// whose runner is a live process (the benchmark itself), so that tasks count as running.

import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Not in the temporary directory: the program warns about state there. */
export const benchHome = join(homedir(), '.cache', 'autonomous-tui-bench');

export type Project = {
  /** Its real path. */
  path: string;
  /** The environment in which the program sees only this project. */
  env: Record<string, string>;
  /** Where the tasks' state is. */
  stateDirectory: string;
  logOf(task: string): string;
  taskDirectory(task: string): string;
  appendLog(task: string, lines: readonly string[]): void;
  /** The same in the file that Codex writes into, of a running task with `output: 'own file'`. */
  appendOutput(task: string, lines: readonly string[]): void;
  remove(): void;
};

export type ProjectPlan = {
  tasks: number;
  /** How many tasks are running, the first ones. Default: none. */
  running?: number;
  steps?: number;
  /** Lines of the log of each running task. Default: 40. */
  logLines?: number;
  /** Where Codex writes in the running tasks. Default: into session.log itself, as with an older version. */
  output?: 'own file' | 'log';
};

export function makeProject({
  tasks,
  running = 0,
  steps = 25,
  logLines = 40,
  output = 'log',
}: ProjectPlan): Project {
  mkdirSync(benchHome, { recursive: true });
  const root = realpathSync(mkdtempSync(join(benchHome, 'world-')));
  const path = join(root, 'project');
  const state = join(root, 'state');
  const key = createHash('sha256').update(path).digest('hex').slice(0, 16);
  const taskDirectory = (task: string) => join(path, '.autonomous', task);
  const logOf = (task: string) => join(taskDirectory(task), 'session.log');
  for (let number = 0; number < tasks; number++) {
    const name = taskName(number);
    const directory = taskDirectory(name);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'task_list.md'), checklist(steps, number % (steps + 1)));
    writeFileSync(
      join(directory, 'session.id'),
      `01a2023d-ceff-78c1-8e86-${String(number).padStart(12, '0')}\n`,
    );
    const isRunning = number < running;
    const lines = isRunning ? logOfSession(logLines).map((line) => `${line}\n`) : [];
    const isCopy = output === 'own file';
    writeFileSync(logOf(name), lines.slice(0, isCopy ? 1 : Infinity).join(''));
    if (!isRunning) continue;
    const own = join(state, 'autonomous-tui', key, name);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    writeFileSync(join(own, 'run.json'), JSON.stringify(runningRecord(directory, output)) + '\n');
    if (isCopy) writeFileSync(outputOf(own), lines.slice(1).join(''), { mode: 0o600 });
  }
  mkdirSync(join(path, '.autonomous'), { recursive: true });
  const { PATH = '', TERM = 'xterm-256color' } = process.env;
  return {
    path,
    stateDirectory: join(state, 'autonomous-tui', key),
    env: {
      PATH,
      TERM,
      HOME: root,
      XDG_STATE_HOME: state,
      XDG_CONFIG_HOME: join(root, 'config'),
      LANG: 'C.UTF-8',
    },
    logOf,
    taskDirectory,
    appendLog: (task, lines) => appendFileSync(logOf(task), lines.join('\n') + '\n'),
    appendOutput: (task, lines) =>
      appendFileSync(outputOf(join(state, 'autonomous-tui', key, task)), lines.join('\n') + '\n'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

const uuid = '01a2023d-ceff-78c1-8e86-de96f121a1f2';

function outputOf(stateDirectory: string): string {
  return join(stateDirectory, `live-${uuid}.jsonl`);
}

export function taskName(number: number): string {
  return `task-${String(number).padStart(5, '0')}`;
}

function checklist(steps: number, done: number): string {
  const lines = Array.from(
    { length: steps },
    (_, step) => `- [${step < done ? 'x' : ' '}] Step ${step + 1}: do what the plan says`,
  );
  return ['# Plan', '', '## Phase 1', '', ...lines, ''].join('\n');
}

/** The task counts as running as long as this process lives. */
function runningRecord(directory: string, output: 'own file' | 'log'): object {
  const { dev, ino } = statSync(directory);
  const usage = {
    inputTokens: 1_204_000,
    cachedInputTokens: 900_000,
    outputTokens: 34_100,
    reasoningTokens: 9000,
  };
  return {
    version: 1,
    run: '2f0c',
    runner: identity(),
    directory: { device: dev, inode: ino },
    phase: 'working',
    pause: 'none',
    startedAt: Date.now() - 600_000,
    sandbox: 'workspace-write',
    autoContinue: true,
    sessionsInRun: 4,
    hadSteps: true,
    usage,
    session: {
      number: 4,
      uuid,
      role: 'executor',
      startedAt: Date.now() - 120_000,
      log: { offset: 0, device: 1, inode: 2 },
      output,
    },
  };
}

function identity(): object {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid: process.pid,
    startTime: fields[19],
    bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
  };
}

const words =
  'the build server reads every file of a project and writes what it found into the log so that someone can look at it later handler cursor offset pagination passed failed'.split(
    ' ',
  );

let seed = 7;

/** The same words in every run. */
function some(count: number): string {
  return Array.from({ length: count }, () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return words[(seed >> 8) % words.length];
  }).join(' ');
}

/** One line of the log, as Codex writes it: a message or a completed command. */
export function logLine(number: number): string {
  const id = `item_${number}`;
  const item =
    number % 3 === 0
      ? { id, type: 'agent_message', text: `${number}: ${some(14)}.` }
      : {
          id,
          type: 'command_execution',
          command: `bash -lc 'npm run ${some(3)}'`,
          aggregated_output: `${some(6)}\n${some(8)}\n${number} passed\n`,
          exit_code: 0,
          status: 'completed',
        };
  return JSON.stringify({ type: 'item.completed', item });
}

/** A message of Codex's. */
export function messageLine(text: string): string {
  const item = { id: text.replaceAll(' ', '_'), type: 'agent_message', text };
  return JSON.stringify({ type: 'item.completed', item });
}

function logOfSession(lines: number): string[] {
  return [
    JSON.stringify({
      type: 'autonomous.session.started',
      session: 4,
      uuid,
      role: 'executor',
      at: new Date().toISOString(),
    }),
    JSON.stringify({ type: 'thread.started', thread_id: '01a2023d-ceff-78c1-8e86-000000000000' }),
    ...Array.from({ length: lines }, (_, number) => logLine(number)),
    JSON.stringify({
      type: 'item.started',
      item: {
        id: 'item_running',
        type: 'command_execution',
        command: "bash -lc 'npm test'",
        aggregated_output: '',
        exit_code: null,
        status: 'in_progress',
      },
    }),
  ];
}

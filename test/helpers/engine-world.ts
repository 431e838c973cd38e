// One task with real files in a directory of its own, a clock turned by hand, and a fake Codex. Runners start and die
// in it: one that dies does nothing more and loses its locks, as after kill -9.

import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultRunSettings, type RunSettings } from '../../source/core/run/settings.ts';
import type { NotifyDocument } from '../../source/core/notify/events.ts';
import type { Announcement } from '../../source/core/run/run.ts';
import type { RunRecord } from '../../source/core/run/record.ts';
import { noTaskOptions } from '../../source/core/task/options.ts';
import type { Ending } from '../../source/core/run/run.ts';
import { keptNothing } from '../../source/core/codex/account-limit.ts';
import type { LogEvent } from '../../source/core/codex/log-event.ts';
import { coordinationOnFiles } from '../../source/engine/coordination/on-files.ts';
import { startRun, type RunStart } from '../../source/engine/run/runner.ts';
import type { RunListener, RunnerDeps, RunRequest } from '../../source/engine/run/runner-deps.ts';
import type { RunUnderway } from '../../source/engine/run/loop.ts';
import type { Lock } from '../../source/system/files/lock.ts';
import { copyLog } from '../../source/system/copy/log-copy.ts';
import type { CheckResult, CheckRun, RunningCheck } from '../../source/system/check/run-check.ts';
import { configurationDigests } from '../../source/system/configuration-digests.ts';
import { neverTrusted } from '../../source/system/project-codex.ts';
import { taskDiff } from '../../source/system/changes/task-diff.ts';
import { differencesBetween, projectTree } from '../../source/system/git/project-tree.ts';
import {
  keepProjectCheckpoint,
  type CheckpointRequest,
} from '../../source/system/checkpoint/project-checkpoints.ts';
import { tailRollout } from '../../source/system/conversation/rollout.ts';
import type { Predecessor } from '../../source/core/limits/limits.ts';
import { othersWorkedSince } from '../../source/system/state/neighbours.ts';
import { tailOpened } from '../../source/system/log/opened-tail.ts';
import { tailLog } from '../../source/system/log/tail.ts';
import { stateLocation } from '../../source/system/state/moved-state.ts';
import type { MachineDirectory } from '../../source/system/state/machine-directory.ts';
import { stateDirectory, type StateDirectory } from '../../source/system/state/state-directory.ts';
import { taskDirectory, type TaskDirectory } from '../../source/system/state/task-directory.ts';
import { FakeProcesses, type FakeCodex } from './fake-codex.ts';
import { HandClock } from './hand-clock.ts';
import { until } from './until.ts';

export type Asked = Partial<Omit<RunRequest, 'settings'>> & { settings?: Partial<RunSettings> };

export class EngineWorld {
  /** Why runners do not start its task; null if they do. */
  whyNotHere: string | null = null;
  readonly directory = fs.mkdtempSync(join(tmpdir(), 'fake-world-'));
  readonly project = join(this.directory, 'project');
  readonly home = join(this.directory, 'state');
  readonly clock = new HandClock();
  readonly processes = new FakeProcesses();
  readonly task: TaskDirectory = taskDirectory(this.project, 'docs-site');
  readonly state: StateDirectory = stateDirectory(this.home, this.project, 'docs-site');
  /** The sentence about a full disk. */
  fullDisk: string | null = null;
  /** Why the installed Codex is no match for checkpoints. */
  whyGitIsOpen: string | null = null;
  /** The task's worktree; null: it works in the project. */
  workplace: string | null = null;
  /** Why the worktree cannot be entered. */
  noWorkplace: string | null = null;
  /** How the task is that this one comes after. */
  predecessor: Predecessor = 'done';
  /** Whether the worktree was prepared. */
  prepared = false;
  /** The messages of what was committed in the worktree. */
  readonly commits: string[] = [];
  /** How each check ends, by its command. */
  readonly checkOutcomes = new Map<string, Partial<CheckResult>>();
  readonly checksRun: CheckRun[] = [];
  readonly #hints = new Set<() => void>();
  readonly #runners: Runner[] = [];

  constructor() {
    fs.mkdirSync(this.project);
    fs.mkdirSync(this.home, { mode: 0o700 });
  }

  remove(): void {
    for (const runner of this.#runners) runner.die();
    for (const codex of this.processes.codexes) codex.exits();
    fs.rmSync(this.directory, { recursive: true, force: true });
  }

  request(more: Asked = {}): RunRequest {
    return {
      project: this.project,
      task: 'docs-site',
      description: 'Write the docs',
      codex: '/usr/bin/codex',
      options: noTaskOptions,
      checks: [],
      sandbox: 'workspace-write',
      resumeLast: false,
      recovers: false,
      ...more,
      settings: { ...defaultRunSettings, ...more.settings },
    };
  }

  /** A new runner starts the run. */
  async begin(request: Asked = {}, home = this.home): Promise<Runner> {
    const runner = this.runner(home);
    return runner.start(this.request(request));
  }

  runner(home = this.home): Runner {
    const runner = new Runner(this, home, (onHint) => {
      this.#hints.add(onHint);
      return () => void this.#hints.delete(onHint);
    });
    this.#runners.push(runner);
    return runner;
  }

  runCheck(run: CheckRun): RunningCheck {
    this.checksRun.push(run);
    const { promise, resolve } = Promise.withResolvers<CheckResult>();
    const ends = (more: Partial<CheckResult>): void =>
      resolve({
        outcome: 'passed',
        exitCode: 0,
        signal: null,
        durationMs: 10,
        at: this.clock.now(),
        tail: '',
        ...more,
      });
    const known = this.checkOutcomes.get(run.check.command);
    if (known !== undefined) ends(known);
    return { done: promise, cancel: () => ends({ outcome: 'interrupted', exitCode: null }) };
  }

  /** Reports a change in a watched directory. */
  hint = (): void => {
    for (const hint of [...this.#hints]) hint();
  };

  writeList(text: string): void {
    fs.mkdirSync(this.task.path, { recursive: true, mode: 0o700 });
    fs.writeFileSync(join(this.task.path, 'task_list.md'), text);
  }

  read(file: string): string {
    return fs.readFileSync(join(this.task.path, file), 'utf8');
  }

  get log(): Record<string, unknown>[] {
    const lines = this.read('session.log').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** The runner's own lines in the log, without the fields that differ each time. */
  get ownLines(): unknown[] {
    return this.log
      .filter(({ type }) => String(type).startsWith('autonomous.'))
      .map(({ uuid: _uuid, at: _at, ...rest }) => rest);
  }

  get record(): RunRecord {
    return JSON.parse(fs.readFileSync(join(this.state.path, 'run.json'), 'utf8')) as RunRecord;
  }

  /** The nth Codex that was started, once its runner knows of it. */
  async codex(number: number): Promise<FakeCodex> {
    const codex = await soon(`Codex ${number} runs`, () => this.processes.codexes[number - 1]);
    const { pid } = codex.identity;
    await soon('it is recorded', () => this.record.session?.codex?.pid === pid);
    return codex;
  }

  /** Waits until the runner has noticed that Codex has exited and has recorded the end. */
  async closes(codex: FakeCodex): Promise<void> {
    await soon('its end is recorded', () => {
      const { session } = this.record;
      if (session?.uuid === codex.uuid && session.ended !== null) return true;
      this.clock.turn(500);
      return false;
    });
  }

  async phase(phase: RunRecord['phase']): Promise<void> {
    await soon(`the run is ${phase}`, () => this.record.phase === phase);
  }
}

/** Only files can be waited for here. */
export function soon<Answer>(what: string, look: () => Answer): Promise<NonNullable<Answer>> {
  return until(what, look, { everyMs: 2, timeoutMs: 10_000 });
}

/** A checklist with done and open steps. */
export function listOf(done: number, total: number): string {
  const boxes = Array.from({ length: total }, (_, index) => (index < done ? 'x' : ' '));
  return boxes.map((box, index) => `- [${box}] step ${index + 1}\n`).join('');
}

const never = new Promise<never>(() => {});

/** Closes a dead runner's files, as the kernel does. */
async function closeFile(answer: unknown): Promise<void> {
  if (typeof answer === 'object' && answer !== null && 'fd' in answer) {
    await (answer as unknown as FileHandle).close();
  }
}

export class Runner {
  readonly announced: Announcement[] = [];
  readonly logged: LogEvent[] = [];
  readonly notified: NotifyDocument[] = [];
  readonly saved: string[] = [];
  readonly deps: RunnerDeps;
  isDead = false;
  ending: Ending | null = null;
  #run: RunStart | null = null;
  readonly #locks: Lock[] = [];
  readonly #files = new Set<{ close(): Promise<void> }>();
  readonly #stops = new Set<() => void>();
  readonly #world: EngineWorld;
  #stepsLeft = Infinity;

  constructor(world: EngineWorld, home: string, watch: (onHint: () => void) => () => void) {
    this.#world = world;
    const { clock, processes, task, project } = world;
    const pid = processes.nextPid();
    processes.runners.add(pid);
    const remember = (stop: () => void): (() => void) => {
      this.#stops.add(stop);
      return stop;
    };
    const deps: Omit<RunnerDeps, 'coordination'> = {
      clock: {
        now: clock.now,
        monotonic: clock.monotonic,
        slept: clock.slept,
        wakeAt: (at, callBack) => remember(clock.wakeAt(at, callBack)),
        every: (ms, callBack) => remember(clock.every(ms, callBack)),
      },
      task: this.#mortal(this.#lockable(task)),
      state: this.#mortal(this.#lockable(stateDirectory(home, project, 'docs-site'))),
      stateLocation: this.#mortal(stateLocation(home, project, 'docs-site')),
      machine: idleMachine,
      codex: this.#mortal(processes.door(world.hint)),
      tailLog,
      tailOutput: (uuid) => {
        const tail = tailOpened(() => this.deps.state.openOutputForReading(uuid));
        this.#files.add(tail);
        return tail;
      },
      tailRollout: (threadId) => tailRollout(home, threadId),
      copyLog: (session, found) => {
        const copy = copyLog(this.deps, session, found);
        this.#files.add(copy);
        return copy;
      },
      enterWorkplace: ({ project: path }) =>
        Promise.resolve(
          this.#world.noWorkplace === null
            ? { path: this.#world.workplace ?? path }
            : { problem: this.#world.noWorkplace },
        ),
      takeTree: () =>
        projectTree({ project, state: this.#world.state.path, environment: process.env }),
      filesBetween: (from, to) =>
        differencesBetween({ project, environment: process.env }, from, to),
      neverTrusted: () => neverTrusted(project),
      taskDiff: () => taskDiff({ project, task: 'docs-site', environment: process.env }),
      keepCheckpoint: this.#mortalCall((request: CheckpointRequest) =>
        keepProjectCheckpoint({ project, task: 'docs-site', environment: process.env }, request),
      ),
      pruneCheckpoints: () => Promise.resolve([]),
      commitSession: ({ message }) => {
        this.#world.commits.push(message);
        return Promise.resolve(null);
      },
      predecessor: () => Promise.resolve(this.#world.predecessor),
      isPrepared: () => Promise.resolve(this.#world.prepared),
      notePrepared: () => {
        this.#world.prepared = true;
        return Promise.resolve();
      },
      whyGitIsOpen: () => Promise.resolve(this.#world.whyGitIsOpen),
      configurationDigests: () => configurationDigests(project),
      runCheck: (run) => this.#world.runCheck(run),
      notify: (_command, document) => {
        this.notified.push(document);
        return Promise.resolve(null);
      },
      taskMarker: '00000000-0000-4000-8000-000000000000',
      whyNotHere: () => this.#world.whyNotHere,
      othersWorkedSince: (at) => othersWorkedSince(this.#world.state.path, at),
      watchDirectory: (_path, onHint) => ({
        isActive: true,
        close: remember(watch(() => onHint(null))),
      }),
      fullDisk: () => Promise.resolve(this.#world.fullDisk),
      self: { pid, startTime: `${pid}00`, bootId: 'boot' },
      newUuid: randomUUID,
    };
    this.deps = { ...deps, coordination: coordinationOnFiles(deps) };
  }

  async start(request: RunRequest): Promise<this> {
    this.#run = await startRun(request, this.deps, this.#listener());
    return this;
  }

  get run(): RunUnderway {
    if (this.#run === null || 'refused' in this.#run) throw new Error('the run was refused');
    return this.#run;
  }

  get refused(): RunStart | null {
    return this.#run;
  }

  /** kill -9: from now on it does nothing, and the kernel releases its locks. */
  die(): void {
    this.isDead = true;
    for (const stop of this.#stops) stop();
    for (const lock of this.#locks) lock.release();
    for (const file of this.#files) void file.close().catch(() => {});
    this.#world.processes.runners.delete(this.deps.self.pid);
  }

  /** kill -9 during the nth call of its deps: that call is still carried out, but the runner never gets the result. */
  diesAfter(steps: number): void {
    this.#stepsLeft = steps;
  }

  get notes(): string[] {
    return this.announced.flatMap((said) => (said.kind === 'note' ? [said.sentence] : []));
  }

  #listener(): RunListener {
    return {
      announced: (announcement) => void this.announced.push(announcement),
      threadSaved: (threadId) => void this.saved.push(threadId),
      logged: (event) => void this.logged.push(event),
      ended: (ending) => {
        this.ending = ending;
      },
    };
  }

  #lockable<Door extends { takeLock(patienceMs?: number): Promise<Lock | null> }>(
    door: Door,
  ): Door {
    return {
      ...door,
      takeLock: async () => {
        const lock = await door.takeLock(0);
        if (lock === null) return null;
        let isHeld = true;
        const release = (): void => {
          if (isHeld) lock.release();
          isHeld = false;
        };
        this.#locks.push({ release });
        if (this.isDead) release();
        return { release };
      },
    };
  }

  #mortalCall<Given, Answer>(
    call: (given: Given) => Promise<Answer>,
  ): (given: Given) => Promise<Answer> {
    return this.#mortal({ call }).call;
  }

  /** A dead runner's calls are never answered. */
  #mortal<Door extends object>(door: Door): Door {
    const mortal = Object.entries(door).map(([name, part]: [string, unknown]) => {
      if (typeof part !== 'function') return [name, part] as const;
      const act = part as (...args: unknown[]) => unknown;
      const call = (...args: unknown[]): unknown => {
        if (this.isDead) return never;
        const answer = act(...args);
        if (--this.#stepsLeft > 0) return answer;
        this.die();
        void Promise.resolve(answer).then(closeFile, () => {});
        return never;
      };
      return [name, call] as const;
    });
    return Object.fromEntries(mortal) as Door;
  }
}

/** A machine on which nothing else runs and no limit is in force. */
const idleMachine: MachineDirectory = {
  path: '/nowhere',
  make: () => Promise.resolve(),
  takeSlot: () => Promise.resolve({ release: () => {} }),
  takeStart: () => Promise.resolve({ release: () => {} }),
  takeProbe: () => Promise.resolve({ release: () => {} }),
  readLimit: () => Promise.resolve(null),
  writeLimit: () => Promise.resolve(),
  liftLimit: () => Promise.resolve(),
  readKeptLimit: () => Promise.resolve(keptNothing),
  replaceKeptLimit: () => Promise.resolve(),
  readGauge: () => Promise.resolve(null),
  writeGauge: () => Promise.resolve(),
};

// Codex as the runner sees it, without a process: it is started on real files, lives until a test or a signal ends it,
// and prints what a test makes it print. The process table outlives the runners, like a machine's.

import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { JsonObject } from '../../source/core/json/json.ts';
import type { ThreadWriter } from '../../source/core/failure/in-use.ts';
import type { ProcessIdentity } from '../../source/core/run/record.ts';
import type { CodexDeps } from '../../source/engine/run/runner-deps.ts';
import type { CodexStart, ExitFact } from '../../source/system/process/codex-process.ts';

export class FakeCodex {
  readonly identity: ProcessIdentity;
  readonly prompt: string;
  readonly exited: Promise<ExitFact>;
  readonly signals: NodeJS.Signals[] = [];
  /** Signals that it ignores. SIGKILL cannot be ignored. */
  ignores = new Set<NodeJS.Signals>();
  /** Processes that its commands left running; only a sweep ends them. */
  stragglers = 0;
  lives = true;
  readonly start: CodexStart;
  readonly #output: number;
  readonly #errors: number;
  readonly #onChange: () => void;
  readonly #exit: (exit: ExitFact) => void;

  constructor(start: CodexStart, { pid, onChange }: FakeCodexOptions) {
    this.start = start;
    this.identity = { pid, startTime: `${pid}00`, bootId: 'boot' };
    this.prompt = readAll(start.descriptors.stdin);
    // Descriptors of its own, as a process has them: the runner closes its own, and their names may go.
    this.#output = inherited(start.descriptors.stdout);
    this.#errors = inherited(start.descriptors.stderr);
    this.#onChange = onChange;
    const { promise, resolve } = Promise.withResolvers<ExitFact>();
    this.exited = promise;
    this.#exit = resolve;
  }

  get uuid(): string {
    return this.start.uuid;
  }

  says(...events: readonly object[]): this {
    return this.writes(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }

  /** Writes these exact bytes, half a line for example. */
  writes(text: string): this {
    writeSync(this.#output, text);
    this.#onChange();
    return this;
  }

  warns(text: string): this {
    writeSync(this.#errors, text);
    return this;
  }

  exits(exit: Partial<ExitFact> = { exitCode: 0 }): void {
    if (!this.lives) return;
    this.lives = false;
    for (const descriptor of [this.#output, this.#errors]) closeSync(descriptor);
    this.#exit({ exitCode: null, signal: null, ...exit });
  }

  signal(signal: NodeJS.Signals): void {
    this.signals.push(signal);
    if (this.ignores.has(signal)) return;
    this.exits(signal === 'SIGINT' ? { exitCode: 1 } : { signal });
  }
}

type FakeCodexOptions = { pid: number; onChange: () => void };

/** All processes: Codex and the runners. Strict: a second living Codex is recorded. */
export class FakeProcesses {
  readonly codexes: FakeCodex[] = [];
  readonly runners = new Set<number>();
  readonly broken: string[] = [];
  /** Other processes that work in the conversation to resume. */
  others: readonly ThreadWriter[] = [];
  looksForOthers = 0;
  /** What Codex's app server answers about the usage windows. */
  rateLimits: JsonObject | null = null;
  timesAskedForLimits = 0;
  /** Called when Codex is started, before the runner learns of it. */
  onStart: (codex: FakeCodex) => void = () => {};
  startProblem: Error | null = null;
  #nextPid = 5000;

  door(onChange: () => void): CodexDeps {
    return {
      start: (start) => {
        if (this.startProblem !== null) return Promise.reject(this.startProblem);
        if (this.codexes.some(({ lives }) => lives)) this.broken.push('two Codex live');
        const codex = new FakeCodex(start, { pid: this.#nextPid++, onChange });
        this.codexes.push(codex);
        this.onStart(codex);
        return Promise.resolve({ identity: codex.identity, exited: codex.exited });
      },
      isAlive: ({ pid }) => Promise.resolve(this.runners.has(pid)),
      codexLives: ({ uuid }) => Promise.resolve(this.#of(uuid).some(({ lives }) => lives)),
      commandsLive: ({ uuid }) =>
        Promise.resolve(this.#of(uuid).some(({ stragglers }) => stragglers > 0)),
      writersOf: () => {
        this.looksForOthers += 1;
        return Promise.resolve([...this.others]);
      },
      readRateLimits: () => {
        this.timesAskedForLimits += 1;
        return Promise.resolve(this.rateLimits);
      },
      signalSession: ({ uuid }, signal) => {
        for (const codex of this.#of(uuid)) if (codex.lives) codex.signal(signal);
        return Promise.resolve();
      },
      killNow: ({ uuid }) => {
        for (const codex of this.#of(uuid)) if (codex.lives) codex.signal('SIGKILL');
      },
      sweepSession: ({ uuid }) => {
        let count = 0;
        for (const codex of this.#of(uuid)) {
          count += codex.stragglers;
          codex.stragglers = 0;
          if (codex.lives) codex.signal('SIGKILL');
        }
        return Promise.resolve(count);
      },
    };
  }

  nextPid(): number {
    return this.#nextPid++;
  }

  #of(uuid: string): FakeCodex[] {
    return this.codexes.filter((codex) => codex.uuid === uuid);
  }
}

function inherited(descriptor: number): number {
  return openSync(`/proc/self/fd/${descriptor}`, 'a');
}

function readAll(descriptor: number): string {
  const parts: Buffer[] = [];
  for (let position = 0; ;) {
    const part = Buffer.alloc(64 * 1024);
    const length = readSync(descriptor, part, 0, part.length, position);
    if (length === 0) return Buffer.concat(parts).toString('utf8');
    parts.push(part.subarray(0, length));
    position += length;
  }
}

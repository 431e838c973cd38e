// Real wardens with programs in Codex's place, on a lease file that the test writes, with short durations.

import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lease } from '../../source/core/lease/lease.ts';
import { bootClock } from '../../source/system/boot-clock.ts';
import { startCodex, type StartedCodex } from '../../source/system/process/codex-process.ts';
import { sweepSession } from '../../source/system/process/session-processes.ts';
import { leasePath, readLease, writeLease } from '../../source/system/state/lease/lease-file.ts';
import { until } from './until.ts';

export const wardenProgram = fileURLToPath(new URL('../../source/warden.ts', import.meta.url));

export const wardenLookMs = 50;
export const interruptMs = 500;

export class WardenWorld {
  readonly directory = fs.mkdtempSync(join(tmpdir(), 'warden-'));
  readonly uuid = randomUUID();
  readonly lease: Lease = { epoch: 1, nonce: 'a claim', hubStart: 'a start', endsAt: 0 };
  readonly watch = { path: leasePath(this.directory), interruptMs, wardenLookMs };
  #renewing: NodeJS.Timeout | undefined;
  #written: Promise<unknown> = Promise.resolve();

  /** Writes a lease for so long from now, and answers when it ends. */
  async hold(leaseMs: number, changes: Partial<Lease> = {}): Promise<number> {
    const endsAt = bootClock() + leaseMs;
    await writeLease(this.watch.path, { ...this.lease, endsAt, ...changes });
    return endsAt;
  }

  /** Renews it again and again, as a runner does whose heartbeats are confirmed. */
  async keep(leaseMs: number): Promise<void> {
    await this.hold(leaseMs);
    this.#renewing = setInterval(() => {
      this.#written = this.#written.then(() => this.hold(leaseMs)).catch(() => {});
    }, leaseMs / 5);
  }

  stopRenewing(): void {
    clearInterval(this.#renewing);
  }

  /** Codex at work, with a lease that is not renewed from now on. `text` prints a pid first. */
  async startAndStopRenewing(text: string): Promise<StartedCodex & { endsAt: number }> {
    await this.keep(3000);
    const started = await this.start(this.program(text));
    await this.pids(1);
    this.stopRenewing();
    await this.#written;
    return { ...started, endsAt: readLease(this.watch.path)?.endsAt ?? 0 };
  }

  /** A bash script with that text. */
  program(text: string): string {
    const path = join(this.directory, 'codex');
    fs.writeFileSync(path, `#!/bin/bash\n${text}\n`, { mode: 0o755 });
    return path;
  }

  /** The path of a warden that is frozen when it starts, together with its machine. */
  frozenWarden(): string {
    const path = join(this.directory, 'frozen.mjs');
    fs.writeFileSync(path, `process.kill(process.pid, 'SIGSTOP'); import('${wardenProgram}');`);
    return path;
  }

  /** On three files, as the runner does. */
  async start(
    codex: string,
    args: readonly string[] = [],
    warden = wardenProgram,
  ): Promise<StartedCodex> {
    fs.writeFileSync(join(this.directory, 'prompt'), 'the prompt\n');
    const stdin = fs.openSync(join(this.directory, 'prompt'), 'r');
    const stdout = fs.openSync(join(this.directory, 'out'), 'a');
    const stderr = fs.openSync(join(this.directory, 'err'), 'a');
    const { directory, uuid, watch: lease } = this;
    const descriptors = { stdin, stdout, stderr };
    try {
      const start = { codex, arguments: args, directory, uuid, descriptors, lease };
      return await startCodex(start, warden);
    } finally {
      for (const descriptor of [stdin, stdout, stderr]) fs.closeSync(descriptor);
    }
  }

  get out(): string {
    return this.#read('out');
  }

  get err(): string {
    return this.#read('err');
  }

  /** The pids that a program has printed, one a line, once there are so many. */
  pids(count: number): Promise<number[]> {
    return until(`it has printed ${count} pids`, () => {
      const pids = this.out.split('\n').slice(0, -1).map(Number);
      return pids.length >= count ? pids : null;
    });
  }

  async end(): Promise<void> {
    this.stopRenewing();
    await this.#written;
    await sweepSession({ uuid: this.uuid, leader: null }, 0);
    fs.rmSync(this.directory, { recursive: true, force: true });
  }

  #read(name: string): string {
    const path = join(this.directory, name);
    return fs.existsSync(path) ? fs.readFileSync(path, 'utf8') : '';
  }
}

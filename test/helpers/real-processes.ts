// Real processes for tests of the deps: started, found by the pids that they print, and ended by pid with the test.

import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { isAlive } from './processes.ts';
import { until } from './until.ts';

/** Everything started here ends with the test. */
export class RealProcesses {
  readonly #children: ChildProcess[] = [];
  /** Processes that were not started here directly. */
  readonly #others = new Set<number>();

  /** Starts a program in a group of its own, as the runner starts Codex. */
  start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const child = spawn(command, args, { detached: true, stdio: 'ignore', ...options });
    child.on('error', () => {});
    this.#children.push(child);
    return child;
  }

  /**
   * Starts a bash script and reads the pids that it prints, one per line, until `wanted` have come. These processes end
   * with the test.
   */
  async script(
    text: string,
    { pids: wanted, env = {} }: { pids: number; env?: Record<string, string> },
  ): Promise<{ child: ChildProcess; pids: number[] }> {
    const child = this.start('bash', ['-c', text], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let printed = '';
    child.stdout!.on('data', (part: Buffer) => (printed += part.toString()));
    const pids = await until(`it has printed ${wanted} pids`, () => {
      const all = printed.split('\n').slice(0, -1).map(Number);
      return all.length >= wanted ? all : null;
    });
    for (const pid of pids) this.#others.add(pid);
    // The writers must not get an error when the pipe is no longer read.
    child.stdout!.resume();
    return { child, pids };
  }

  async endAll(): Promise<void> {
    for (const { pid } of this.#children) if (pid !== undefined) this.#others.add(pid);
    for (const pid of this.#others) kill(pid);
    for (const pid of this.#others) await gone(pid);
  }
}

/** Resolves when the process is dead; a zombie is dead. */
export async function gone(pid: number): Promise<void> {
  await until(`${pid} is gone`, async () => !(await isAlive(pid)), { everyMs: 5 });
}

export async function exitOf(child: ChildProcess): Promise<{ code: unknown; signal: unknown }> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return { code: child.exitCode, signal: child.signalCode };
  }
  const [code, signal] = (await once(child, 'exit')) as unknown[];
  return { code, signal };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

// Asks a program something that it answers at once, such as its version. It may not start, hang, or flood its output:
// whatever it does, the answer comes in time, and nothing of it is left.

import { execa } from 'execa';
import { systemClock } from '../clock.ts';

type ProgramAnswer = {
  /** Null if it did not start, or did not end in time. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
};

const mostKept = 64 * 1024;

export async function askProgram(
  [program, ...words]: readonly [string, ...string[]],
  timeoutMs: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<ProgramAnswer> {
  const child = execa(program, words, {
    // Not the project: nothing there has a say.
    cwd: '/',
    env: environment,
    stdin: 'ignore',
    maxBuffer: mostKept,
    reject: false,
    // A process group of its own: a launcher ends with the program that it started.
    detached: true,
  });
  const cancel = systemClock.wakeAt(systemClock.now() + timeoutMs, () => {
    killGroup(child.pid);
    // A descendant that left the group may hold them open.
    child.stdout.destroy();
    child.stderr.destroy();
  });
  const { exitCode = null, stdout, stderr } = await child;
  cancel();
  return { exitCode, stdout, stderr };
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

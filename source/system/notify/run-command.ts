// Runs the user's notify command: a program with its arguments, never a shell, with one JSON document on its standard
// input. It may hang or flood its output: after 30 s it is killed, and only the beginning of what it complains is kept.

import { homedir } from 'node:os';
import { execa } from 'execa';
import type { NotifyDocument } from '../../core/notify/events.ts';
import { cleanLine } from '../../core/text/clean.ts';
import { systemClock } from '../clock.ts';

const patienceMs = 30_000;
const mostKept = 1000;

/** A sentence that says why it failed; null if it did not. Never throws. */
export async function runNotifyCommand(
  [program = '', ...words]: readonly string[],
  document: NotifyDocument,
  timeoutMs = patienceMs,
): Promise<string | null> {
  let complaint = '';
  const child = execa(program, words, {
    // Not the project: what lies there was written by the agent.
    cwd: homedir(),
    input: `${JSON.stringify(document)}\n`,
    stdout: 'ignore',
    buffer: false,
    reject: false,
    // A process group of its own, so that what it started ends with it.
    detached: true,
  });
  child.stderr.on('data', (bytes: Buffer) => {
    if (complaint.length < mostKept) complaint += bytes.toString();
  });
  let isLate = false;
  const cancel = systemClock.wakeAt(systemClock.now() + timeoutMs, () => {
    isLate = true;
    killGroup(child.pid);
  });
  const result = await child;
  cancel();
  if (!result.failed) return null;
  const why = isLate
    ? `did not end within ${timeoutMs / 1000} s`
    : result.exitCode === undefined
      ? `failed: ${result.originalMessage}`
      : `failed (exit code ${result.exitCode})${complaint === '' ? '' : `: ${complaint}`}`;
  return cleanLine(`The notify command ${why}`, { maxLength: 300 });
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

// Codex's own screen on the terminal, with a conversation. It is no session of ours: it has no marker, and ends when the
// user ends it.

import { open } from 'node:fs/promises';
import { execa } from 'execa';
import { errorMessage } from '../../core/text/error-message.ts';
import { leaveKeys } from '../editor.ts';
import { pathFor, programOf } from '../process/codex-process.ts';

type Conversation = {
  /** Absolute path of Codex. */
  codex: string;
  arguments: readonly string[];
  directory: string;
  /** Directories that a session may write besides its own and the temporary ones. */
  writable: readonly string[];
};

/** Whether there is a terminal for it. */
export function hasTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Call when the terminal is free. Resolves when Codex has ended, with a sentence if that was no good end. */
export async function openConversation(conversation: Conversation): Promise<string | null> {
  const { codex, arguments: words, directory, writable } = conversation;
  // Ctrl-C is for Codex, which takes it as a key only while its screen is up.
  const ignore = (): void => {};
  process.on('SIGINT', ignore);
  try {
    await leaveKeys();
    const [program, ...before] = await programOf(codex);
    const { failed, exitCode, signal, code, shortMessage } = await execa(
      program,
      [...before, ...words],
      {
        stdin: 'inherit',
        stdout: 'inherit',
        stderr: 'inherit',
        cwd: directory,
        env: await pathFor({ directory, writable }),
        reject: false,
      },
    );
    if (!failed) return null;
    const problem =
      exitCode === undefined && signal === undefined
        ? `Codex could not be started: ${code ?? shortMessage}`
        : `Codex ended with ${exitCode === undefined ? `${signal}` : `exit code ${exitCode}`}`;
    await untilRead(problem);
    return problem;
  } catch (error) {
    return `Codex could not be started: ${errorMessage(error)}`;
  } finally {
    process.off('SIGINT', ignore);
  }
}

/** Enter, Ctrl-C and Ctrl-D, also as a Codex that was killed leaves the terminal: raw. */
const goesOn: readonly number[] = [0x0a, 0x0d, 0x03, 0x04];

/** What Codex said last is gone with the next screen. Answers of the terminal that it has not read come before the key. */
async function untilRead(problem: string): Promise<void> {
  process.stdout.write(`\n${problem}. Press Enter to go on.`);
  const keys = await open('/dev/tty', 'r').catch(() => null);
  try {
    for (;;) {
      const { bytesRead = 0, buffer } = (await keys?.read()) ?? {};
      const read = buffer?.subarray(0, bytesRead) ?? Buffer.alloc(0);
      if (bytesRead === 0 || read.some((byte) => goesOn.includes(byte))) return;
    }
  } catch {
    // There is no terminal any more.
  } finally {
    await keys?.close();
  }
}

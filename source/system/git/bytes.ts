// What git prints, piece by piece, without ever holding all of it: git waits while nobody reads on.

import { execa } from 'execa';
import { environmentOf, problemOf, type GitCall } from './command.ts';

type GitBytes = {
  /** Throws if git fails. Ends early if it is closed. */
  readonly pieces: AsyncIterable<Buffer>;
  /** Ends git at once. */
  close(): void;
};

/** Git starts with the first read: execa throws away what is printed before somebody reads. */
export function gitBytes(call: GitCall, words: readonly string[]): GitBytes {
  const closed = new AbortController();
  return { pieces: pieces(), close: () => closed.abort() };

  async function* pieces(): AsyncGenerator<Buffer> {
    if (closed.signal.aborted) return;
    const subprocess = execa(call.program, words, {
      cwd: '/',
      env: environmentOf(call),
      extendEnv: false,
      stdin: 'ignore',
      encoding: 'latin1',
      reject: false,
      buffer: { stdout: false, stderr: true },
      maxBuffer: { stderr: 64 * 1024 },
    });
    const end = (): void => void subprocess.kill('SIGKILL');
    closed.signal.addEventListener('abort', end);
    let isRead = false;
    try {
      for await (const bytes of subprocess.iterable({ binary: true })) yield Buffer.from(bytes);
      isRead = true;
    } catch (error) {
      if (!closed.signal.aborted) throw error;
    } finally {
      closed.signal.removeEventListener('abort', end);
      if (!isRead) end();
    }
    const result = await subprocess;
    if (result.failed && !closed.signal.aborted) throw new Error(problemOf(words, result));
  }
}

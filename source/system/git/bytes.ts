// What git prints, piece by piece, without ever holding all of it: git waits while nobody reads on.

import { execa } from 'execa';
import { environmentOf, problemOf, type GitCall } from './command.ts';

type GitBytes = {
  /** Throws if git fails. Ends early if it is closed. */
  readonly pieces: AsyncIterable<Buffer>;
  /** Ends git at once. */
  close(): void;
};

export function gitBytes(call: GitCall, words: readonly string[]): GitBytes {
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
  let isClosed = false;
  const close = (): void => {
    isClosed = true;
    subprocess.kill('SIGKILL');
  };
  return { pieces: pieces(), close };

  async function* pieces(): AsyncGenerator<Buffer> {
    let isRead = false;
    try {
      for await (const bytes of subprocess.iterable({ binary: true })) yield Buffer.from(bytes);
      isRead = true;
    } catch (error) {
      if (!isClosed) throw error;
    } finally {
      if (!isRead) close();
    }
    const result = await subprocess;
    if (result.failed && !isClosed) throw new Error(problemOf(words, result));
  }
}

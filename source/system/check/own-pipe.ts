// A pipe of the kernel's, whose writing end a child may have as its output. Node gives its children sockets, and a program
// cannot open its own output again by name when that is a socket: `echo failed > /dev/stderr` would fail in a check.

import { closeSync, constants, openSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { Socket } from 'node:net';
import { execa } from 'execa';

type OwnPipe = {
  reading: Socket;
  /** A descriptor, to be closed once the child has it. */
  writing: number;
};

/** `path`: where a named pipe may lie for a moment, in a directory that no other user can write. */
export async function openPipe(path: string, environment: { PATH?: string }): Promise<OwnPipe> {
  await execa('mkfifo', ['-m', '600', path], { env: environment, stdin: 'ignore' });
  try {
    // The reading end first: without one, opening the other would wait.
    const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const writing = openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW);
      return { reading: new Socket({ fd: reading, readable: true, writable: false }), writing };
    } catch (error) {
      closeSync(reading);
      throw error;
    }
  } finally {
    await unlink(path).catch(() => {});
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gitBytes } from '../../../source/system/git/bytes.ts';
import type { GitCall } from '../../../source/system/git/command.ts';
import { makeGitWorld, type GitWorld } from '../../helpers/git-world.ts';

let world: GitWorld;

beforeEach(() => {
  world = makeGitWorld();
});

afterEach(() => world.remove());

/** Git's place is taken by a shell: what counts is when it runs and who reads it. */
const shell = (): GitCall => ({
  program: '/bin/sh',
  gitDir: `${world.root}/.git`,
  workTree: world.root,
  index: null,
  configuration: [],
  environment: world.environment,
  timeoutMs: 10_000,
});

async function read(pieces: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece.toString();
  return text;
}

test('all that git prints is read, however late the reader begins', async () => {
  const bytes = gitBytes(shell(), ['-c', 'echo first; echo last']);
  // Long enough for a program that was started at once to have printed all and ended.
  await delay(300);
  expect(await read(bytes.pieces)).toBe('first\nlast\n');
});

test('what nobody reads is not started, nor what is closed before', async () => {
  gitBytes(shell(), ['-c', world.planted()]);
  const closed = gitBytes(shell(), ['-c', world.planted()]);
  closed.close();
  expect(await read(closed.pieces)).toBe('');
  expect(world.ran()).toBe(false);
});

test('one that is closed while it is read ends at once and is no failure', async () => {
  const bytes = gitBytes(shell(), ['-c', 'echo first; exec sleep 1000']);
  const pieces = bytes.pieces[Symbol.asyncIterator]();
  expect(String((await pieces.next()).value)).toBe('first\n');
  bytes.close();
  expect((await pieces.next()).done).toBe(true);
});

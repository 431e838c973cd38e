// Asks Codex's app server for the account's usage windows, without a model call. It speaks JSON-RPC, one message a line,
// on its standard input and output. Whatever it does instead of answering counts as no answer.

import { randomUUID } from 'node:crypto';
import { execa } from 'execa';
import { sessionMarker } from '../core/codex/arguments.ts';
import { numberField, objectField, parsedObject, type JsonObject } from '../core/json/json.ts';
import { systemClock } from './clock.ts';
import { programOf } from './process/codex-process.ts';
import { sweepSession } from './process/session-processes.ts';

/** Codex takes a second to start, and twelve were seen on a busy machine. */
const patienceMs = 30_000;
/** Ended gently: Codex may be about to save a renewed login. */
const graceMs = 5000;
const maxBytes = 1024 * 1024;

const initialize = {
  id: 0,
  method: 'initialize',
  params: { clientInfo: { name: 'autonomous-tui', title: null, version: '1' } },
};
const questions = [
  { method: 'initialized' },
  { id: 1, method: 'account/rateLimits/read', params: { excludeResetCreditDetails: true } },
];

type Asked = { signal?: AbortSignal; timeoutMs?: number };

/** The result of `account/rateLimits/read`; null if there is none. Never rejects. */
export async function readRateLimits(
  codex: string,
  { signal, timeoutMs = patienceMs }: Asked = {},
): Promise<JsonObject | null> {
  const [program, ...before] = await programOf(codex);
  // Without the plugins, which it would download.
  const words = [...before, 'app-server', '-c', 'features.plugins=false'];
  const uuid = randomUUID();
  const child = execa(program, words, {
    // Not the project: what lies there was written by the agent.
    cwd: '/',
    env: { [sessionMarker]: uuid },
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'ignore',
    buffer: false,
    reject: false,
    // A process group of its own, so that what it started ends with it.
    detached: true,
  });
  const ended = child.then(() => null);
  const { promise: answer, resolve } = Promise.withResolvers<JsonObject | null>();
  const giveUp = (): void => resolve(null);
  const say = (message: object): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  let bytesRead = 0;
  let rest = '';
  child.stdin.on('error', giveUp);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    bytesRead += text.length;
    if (bytesRead > maxBytes) return giveUp();
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(parsedObject(line));
  });
  signal?.addEventListener('abort', giveUp);
  const cancel = systemClock.wakeAt(systemClock.now() + timeoutMs, giveUp);
  if (signal?.aborted === true) giveUp();
  say(initialize);
  const result = await Promise.race([answer, ended]);
  cancel();
  signal?.removeEventListener('abort', giveUp);
  await end();
  return result;

  function hear(message: JsonObject | null): void {
    const id = message === null ? null : numberField(message, 'id');
    if (message === null || id === null) return;
    const found = objectField(message, 'result');
    if (found === null || id !== 0) return resolve(found);
    for (const question of questions) say(question);
  }

  /** Its end of input ends it, too; SIGTERM ends one that does not read. */
  async function end(): Promise<void> {
    child.stdin.destroy();
    signalGroup(child.pid, 'SIGTERM');
    const cancelKill = systemClock.wakeAt(systemClock.now() + graceMs, () => void killAll());
    await ended;
    cancelKill();
    await killAll();
  }

  /** What has left the group, too. */
  async function killAll(): Promise<void> {
    signalGroup(child.pid, 'SIGKILL');
    await sweepSession({ uuid, leader: null }, 0).catch(() => {});
  }
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // It has ended.
  }
}

// `--diff`: prints what a task, or one session of it, changed. To a pipe it is git's own patch, byte for byte, for
// `git apply`; names and contents are foreign, so a terminal gets them cleaned.

import { once } from 'node:events';
import { TextDecoder } from 'node:util';
import type { SessionName } from '../../core/checkpoint/checkpoint-refs.ts';
import { patchPrinter } from '../../core/checkpoint/patch-line.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { checkpointCall } from '../../system/checkpoint/keep-checkpoint.ts';
import { treeNow } from '../../system/checkpoint/files-now.ts';
import { patchBytes } from '../../system/checkpoint/print-patch.ts';
import { rangeOfSession, rangeOfTask, type Range } from '../../system/checkpoint/session-range.ts';
import { locateState } from '../../system/state/state-location.ts';
import type { CheckpointVerb } from '../verbs/checkpoint-verb.ts';
import { checkpointContext, type CheckpointContext } from '../checkpoint-context.ts';
import { complain } from '../complain.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';

export async function diffCommand(
  invocation: Invocation,
  { session }: Extract<CheckpointVerb, { name: 'diff' }>,
): Promise<number> {
  const context = await checkpointContext(invocation);
  if ('problem' in context) return complain(context.problem, context.exitCode);
  const range = await rangeOf(context, session);
  if ('problem' in range) return complain(range.problem, exitCodes.failed);
  try {
    await print(context, range);
    return exitCodes.done;
  } catch (error) {
    return complain(`The patch cannot be made: ${errorMessage(error)}`, exitCodes.failed);
  }
}

/** Of the whole task: up to the files as they are now. */
async function rangeOf(
  context: CheckpointContext,
  session: SessionName | null,
): Promise<Range | { problem: string }> {
  const { found, paths, task } = context;
  const call = checkpointCall(found);
  const asked = { refs: found.refs, task };
  if (session !== null) return rangeOfSession(call, asked, session);
  const range = await rangeOfTask(call, asked);
  if ('problem' in range) return range;
  const { project, home } = paths;
  const state = locateState(home, project, task);
  const now = await treeNow({ project, task, environment: process.env, state }, found);
  return 'problem' in now ? now : { ...range, to: now.id };
}

async function print({ found }: CheckpointContext, range: Range): Promise<void> {
  const { stdout } = process;
  const terminal = stdout.isTTY ? linesForTerminal() : null;
  let isClosed = false;
  // A reader that has closed the pipe (`… | head -1`) is not an error.
  stdout.on('error', () => (isClosed = true));
  const write = async (text: string | Buffer): Promise<void> => {
    if (isClosed || text.length === 0 || stdout.write(text)) return;
    await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]);
  };
  let isEmpty = true;
  const call = checkpointCall(found);
  for await (const bytes of patchBytes(call, range, { binary: terminal === null })) {
    isEmpty = false;
    await write(terminal?.shown(bytes) ?? bytes);
    if (isClosed) return;
  }
  if (terminal !== null) await write(isEmpty ? 'Nothing was changed\n' : terminal.rest());
}

type TerminalLines = {
  shown(bytes: Buffer): string;
  /** Of a last line without an end. */
  rest(): string;
};

function linesForTerminal(): TerminalLines {
  const line = patchPrinter({ isColoured: (process.env['NO_COLOR'] ?? '') === '' });
  const decoder = new TextDecoder();
  let begun = '';
  return {
    shown: (bytes) => {
      const lines = (begun + decoder.decode(bytes, { stream: true })).split('\n');
      begun = lines.pop() ?? '';
      return lines.map((text) => `${line(text)}\n`).join('');
    },
    rest: () => (begun === '' ? '' : `${line(begun)}\n`),
  };
}

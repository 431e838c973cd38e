// `--undo`: says what would be taken back, asks, and takes it back. Names are foreign: they are printed cleaned.

import { createInterface } from 'node:readline/promises';
import { checkpointContext } from '../checkpoint-context.ts';
import type { CheckpointVerb } from '../verbs/checkpoint-verb.ts';
import { complain, warn } from '../complain.ts';
import { exitCodes } from '../exit-codes.ts';
import { withUndo } from '../deps/verbs/undo-deps.ts';
import type { Invocation } from '../invocation.ts';

export async function undoCommand(
  invocation: Invocation,
  verb: Extract<CheckpointVerb, { name: 'undo' }>,
): Promise<number> {
  const context = await checkpointContext(invocation);
  if ('problem' in context) return complain(context.problem, context.exitCode);
  const answer = await withUndo(context, verb, async ({ files, would, carryOut }) => {
    print(would);
    if (files === 0) return exitCodes.done;
    if (!verb.yes && !(await agreed())) {
      return complain('Nothing was changed: --yes takes it back', exitCodes.wrongUsage);
    }
    const done = await carryOut();
    if ('problem' in done) return complain(done.problem, exitCodes.failed);
    if (done.warning !== null) warn(done.warning);
    print(done.lines);
    return exitCodes.done;
  });
  return 'problem' in answer ? complain(answer.problem, exitCodes.failed) : answer.result;
}

function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** False where nobody can be asked. */
async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/i.test((await asking.question('Take this back? [y/N] ')).trim());
  } finally {
    asking.close();
  }
}

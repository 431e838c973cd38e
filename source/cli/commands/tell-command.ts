// `--tell`: keeps what the user says for the task's next prompt, says in one sentence what becomes of it.

import { text as readText } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { sessionMarker } from '../../core/codex/arguments.ts';
import { longestGuidance } from '../../core/guidance/guidance.ts';
import { cleanLine } from '../../core/text/clean.ts';
import { isTaskName, linkedTask } from '../../core/task/task.ts';
import { tellTask } from '../../engine/tasks/tell-task.ts';
import { taskNames } from '../../system/state/task-directory.ts';
import { taskSnapshot } from '../../system/state/task-snapshot.ts';
import { findCommandContext } from '../command-context.ts';
import { complain } from '../complain.ts';
import { tellDepsFor } from '../deps/tell-deps.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { runnerClientFor } from '../runner-client-for.ts';
import type { TellVerb } from '../verbs/tell-verb.ts';

export async function tellCommand(invocation: Invocation, verb: TellVerb): Promise<number> {
  if (process.env[sessionMarker] !== undefined) {
    return complain('A session of a task cannot tell tasks anything', exitCodes.wrongUsage);
  }
  const context = await findCommandContext(invocation);
  if ('problem' in context) return complain(context.problem, context.exitCode);
  const { project } = context.paths;
  const task = invocation.taskName ?? '';
  const label = cleanLine(task);
  if (!isTaskName(task)) {
    return complain(`${label} is not a valid task name`, exitCodes.wrongUsage);
  }
  if (!(await taskNames(project)).includes(task)) {
    return complain(`Task not found: ${label} (--list shows all tasks)`, exitCodes.failed);
  }
  if (taskSnapshot(project, task).isLink()) {
    return complain(`${label} is ${linkedTask}`, exitCodes.failed);
  }
  const deps = tellDepsFor(context.paths, task, runnerClientFor(invocation, context));
  const text = verb.text === '-' ? await fromStandardInput() : verb.text;
  const { ok, sentence } = await tellTask(deps, { text, when: verb.when });
  if (!ok) return complain(sentence, exitCodes.failed);
  process.stdout.write(`✓ ${sentence}\n`);
  return exitCodes.done;
}

/** No more than shows that it is too much. */
async function fromStandardInput(): Promise<string> {
  return readText(Readable.from(upTo(4 * longestGuidance + 4)));
}

async function* upTo(bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const piece of process.stdin) {
    const part = (piece as Buffer).subarray(0, left);
    left -= part.length;
    yield part;
    if (left === 0) return;
  }
}

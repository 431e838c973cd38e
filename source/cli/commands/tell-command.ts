// `--tell`: keeps what the user says for the task's next prompt, says in one sentence what becomes of it.

import { text as readText } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { longestGuidance } from '../../core/guidance/guidance.ts';
import { tellTask } from '../../engine/tasks/tell-task.ts';
import { findCommandContext } from '../command-context.ts';
import { complain } from '../complain.ts';
import { tellDepsFor } from '../deps/verbs/tell-deps.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { namedTask } from '../named-task.ts';
import { runnerClientFor } from '../runner-client-for.ts';
import type { TellVerb } from '../verbs/tell-verb.ts';

export async function tellCommand(invocation: Invocation, verb: TellVerb): Promise<number> {
  const context = await findCommandContext(invocation);
  if ('problem' in context) return complain(context.problem, context.exitCode);
  const named = await namedTask(context.paths.project, invocation);
  if ('problem' in named) return complain(named.problem, named.exitCode);
  const { task } = named;
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

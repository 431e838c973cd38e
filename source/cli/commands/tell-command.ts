// `--tell`: keeps what the user says for the task's next prompt, says in one sentence what becomes of it.

import { tellTask } from '../../engine/tasks/tell-task.ts';
import { findCommandContext } from '../command-context.ts';
import { complain } from '../complain.ts';
import { tellDepsFor } from '../deps/verbs/tell-deps.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { namedTask } from '../named-task.ts';
import { runnerClientFor } from '../runner-client-for.ts';
import { toldText } from '../deps/verbs/told-text.ts';
import type { TellVerb } from '../verbs/tell-verb.ts';

export async function tellCommand(invocation: Invocation, verb: TellVerb): Promise<number> {
  const context = await findCommandContext(invocation);
  if ('problem' in context) return complain(context.problem, context.exitCode);
  const named = await namedTask(context.paths.project, invocation);
  if ('problem' in named) return complain(named.problem, named.exitCode);
  const { task } = named;
  const deps = tellDepsFor(context.paths, task, runnerClientFor(invocation, context));
  const text = await toldText(verb);
  const { ok, sentence } = await tellTask(deps, { text, when: verb.when });
  if (!ok) return complain(sentence, exitCodes.failed);
  process.stdout.write(`✓ ${sentence}\n`);
  return exitCodes.done;
}

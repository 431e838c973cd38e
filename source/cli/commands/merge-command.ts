// `--merge`: the task's branch into the branch it started from. One sentence says what was done, or why nothing was.
// `--yes`: where it conflicts, a session of the task resolves it.

import { findCommandContext } from '../command-context.ts';
import { complain } from '../complain.ts';
import { mergeTask } from '../deps/verbs/merge-deps.ts';
import { resolveConflicts } from '../deps/verbs/resolve-deps.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { namedTask } from '../named-task.ts';
import { findProjectPaths } from '../project-paths.ts';
import { runnerClientFor } from '../runner-client-for.ts';

export async function mergeCommand(
  invocation: Invocation,
  { yes }: { yes: boolean },
): Promise<number> {
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return complain(paths.problem, paths.exitCode);
  const named = await namedTask(paths.project, invocation);
  if ('problem' in named) return complain(named.problem, named.exitCode);
  const { task } = named;
  const merged = await mergeTask(paths, task);
  const resolves = merged.canResolve === true && yes;
  const { ok, sentence } = resolves ? await resolved(invocation, task) : merged;
  if (!ok) {
    const more = merged.canResolve === true && !yes ? '. --yes lets a session resolve them' : '';
    return complain(`${sentence}${more}`, exitCodes.failed);
  }
  process.stdout.write(`${sentence}\n`);
  return exitCodes.done;
}

async function resolved(
  invocation: Invocation,
  task: string,
): Promise<{ ok: boolean; sentence: string }> {
  const context = await findCommandContext(invocation);
  if ('problem' in context) return { ok: false, sentence: context.problem };
  return resolveConflicts(context.paths, task, runnerClientFor(invocation, context));
}

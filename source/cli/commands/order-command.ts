// `--archive`, `--unarchive` and `--delete`: one sentence says what was done, or why nothing was. Without `--yes`, a
// deletion only says what would go.

import { cleanLine } from '../../core/text/clean.ts';
import { isTaskName } from '../../core/task/task.ts';
import { complain } from '../complain.ts';
import { isLeftHalf, orderingFor } from '../deps/verbs/order-deps.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { namedTask } from '../named-task.ts';
import { findProjectPaths } from '../project-paths.ts';
import type { OrderVerb } from '../verbs/order-verb.ts';

export async function orderCommand(invocation: Invocation, verb: OrderVerb): Promise<number> {
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return complain(paths.problem, paths.exitCode);
  const named = await namedTask(paths.project, invocation);
  if ('problem' in named) {
    const name = invocation.taskName ?? '';
    const isLeft = verb.name === 'delete' && isTaskName(name) && (await isLeftHalf(paths, name));
    if (!isLeft) return complain(named.problem, named.exitCode);
  }
  const task = 'task' in named ? named.task : (invocation.taskName ?? '');
  const ordering = orderingFor(paths);
  if (verb.name === 'delete' && !verb.yes) {
    const would = await ordering.deletion(task);
    if ('sentence' in would) return complain(would.sentence, exitCodes.failed);
    process.stdout.write(would.would.map((line) => `${line}\n`).join(''));
    const sentence = `${cleanLine(task)} was not deleted: --yes deletes it, and nothing brings it back`;
    return complain(sentence, exitCodes.wrongUsage);
  }
  const { ok, sentence } = await ordering[verb.name](task);
  if (!ok) return complain(sentence, exitCodes.failed);
  const more = verb.name === 'archive' ? '; --unarchive brings it back' : '';
  process.stdout.write(`${sentence}${more}\n`);
  return exitCodes.done;
}

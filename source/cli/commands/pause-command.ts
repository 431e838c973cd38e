// `--pause` and `--pause-after-session`: asks the task's runner, as the keys do, and says so in one sentence.

import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { whyNots } from '../../ui/keys/why-not.ts';
import { findCommandContext } from '../command-context.ts';
import { complain } from '../complain.ts';
import { readingDeps } from '../deps/reading-deps.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { namedTask } from '../named-task.ts';
import { withoutKeys } from '../print/without-keys.ts';
import { runnerClientFor } from '../runner-client-for.ts';
import type { PauseVerb } from '../verbs/pause-verb.ts';

const wants = { pause: 'pause now', 'pause-after-session': 'pause after session' } as const;

export async function pauseCommand(invocation: Invocation, verb: PauseVerb): Promise<number> {
  const context = await findCommandContext(invocation);
  if ('problem' in context) return complain(context.problem, context.exitCode);
  const named = await namedTask(context.paths.project, invocation);
  if ('problem' in named) return complain(named.problem, named.exitCode);
  const view = await readTaskView(readingDeps(context.paths), named.task);
  const reason = whyNots[verb](view);
  if (reason !== null) return complain(withoutKeys(reason), exitCodes.failed);
  const { name, label, run } = view;
  const answer = await runnerClientFor(invocation, context).send({ name, run }, wants[verb]);
  if (!answer.ok) return complain(answer.sentence, exitCodes.failed);
  const what = verb === 'pause' ? 'is being paused' : 'pauses after this session';
  process.stdout.write(`✓ ${label} ${what}; --continue continues it\n`);
  return exitCodes.done;
}

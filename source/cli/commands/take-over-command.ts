// `--take-over`: pauses the task, opens its conversation in Codex's own screen, and asks afterwards how it goes on.

import { createInterface } from 'node:readline/promises';
import { takeOver } from '../../engine/take-over/take-over.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import { findCommandContext } from '../command-context.ts';
import { complain } from '../complain.ts';
import { takeOverDepsFor } from '../deps/verbs/take-over-deps.ts';
import { exitCodes } from '../exit-codes.ts';
import { sandboxOf, type Invocation } from '../invocation.ts';
import { namedTask } from '../named-task.ts';
import { runnerClientFor } from '../runner-client-for.ts';

export async function takeOverCommand(invocation: Invocation): Promise<number> {
  const context = await findCommandContext(invocation);
  if ('problem' in context) return complain(context.problem, context.exitCode);
  const { paths } = context;
  const named = await namedTask(paths.project, invocation);
  if ('problem' in named) return complain(named.problem, named.exitCode);
  const { task } = named;
  const client = runnerClientFor(invocation, context);
  const sandbox = sandboxOf(invocation);
  const deps = await takeOverDepsFor(
    { paths, task, client },
    {
      sandbox,
      mayOpen: () => true,
      pauseTask: ({ name, run }) => {
        process.stdout.write(`Pausing ${task}\n`);
        return client.send({ name, run }, 'pause now');
      },
      lend: (given) => given(),
    },
  );
  const answer = await takeOver(deps);
  if (!answer.ok) return complain(answer.sentence, exitCodes.failed);
  for (const line of answer.lines) process.stdout.write(`ℹ ${line}\n`);
  return goOn(client, { task, sandbox }, await asked());
}

type Choice = 'this conversation' | 'fresh' | 'paused';

/** Whatever is not understood leaves it as it is. */
async function asked(): Promise<Choice> {
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-C and Ctrl-D answer, too.
  const closed = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  const question = 'Continue this conversation (r), continue fresh (c), or stay paused (Enter)? ';
  try {
    const answer = await Promise.race([asking.question(question), closed]);
    const [letter] = answer.trim().toLowerCase();
    return letter === 'r' ? 'this conversation' : letter === 'c' ? 'fresh' : 'paused';
  } finally {
    asking.close();
  }
}

async function goOn(
  client: RunnerClient,
  { task, sandbox }: { task: string; sandbox: ReturnType<typeof sandboxOf> },
  choice: Choice,
): Promise<number> {
  const paused = `${task} stays paused. Continue: autonomous-tui --task-name ${task} --continue`;
  if (choice === 'paused') {
    process.stdout.write(`${paused}\n`);
    return exitCodes.done;
  }
  const resumeLast = choice === 'this conversation';
  const started = await client.start({ task, sandbox, resumeLast });
  if (!started.ok) return complain(started.sentence, exitCodes.failed);
  for (const note of started.notes ?? []) process.stdout.write(`ℹ ${note}\n`);
  process.stdout.write(`✓ ${task} runs in the background. To see it: autonomous-tui\n`);
  return exitCodes.done;
}

// `--continue-all`: recovers every interrupted task, each with its own runner in the background. A task that the user
// paused stays paused, even if its runner died before it could pause or before the session was over.

import { sandboxOf, type Invocation } from '../invocation.ts';
import { complain, warn } from '../complain.ts';
import { readingDeps } from '../deps/reading-deps.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { exitCodes } from '../exit-codes.ts';
import { runnerClientFor } from '../runner-client-for.ts';
import { findCommandContext, type CommandContext } from '../command-context.ts';
import { taskNames } from '../../system/state/task-directory.ts';

export async function continueAllCommand(invocation: Invocation): Promise<number> {
  const context = await findCommandContext(invocation);
  if ('problem' in context) return complain(context.problem, context.exitCode);
  const runnerClient = runnerClientFor(invocation, context);
  const { continued, notes, problems } = await continueAll(invocation, context, runnerClient);
  for (const sentence of problems) warn(sentence);
  process.stdout.write(
    continued.length === 0
      ? 'No interrupted tasks\n'
      : `Continuing in the background: ${continued.join(', ')}\n`,
  );
  for (const sentence of notes) process.stdout.write(`ℹ ${sentence}\n`);
  return problems.length === 0 ? exitCodes.done : exitCodes.failed;
}

/** `notes`: what the user should know even so, one sentence each. */
type Continued = {
  continued: readonly string[];
  notes: readonly string[];
  problems: readonly string[];
};

export async function continueAll(
  invocation: Invocation,
  { paths }: CommandContext,
  runnerClient: RunnerClient,
): Promise<Continued> {
  const deps = readingDeps(paths);
  const continued: string[] = [];
  const notes: string[] = [];
  const problems: string[] = [];
  for (const name of (await taskNames(paths.project)).sort()) {
    const view = await readTaskView(deps, name);
    if (!view.valid || view.archivedAt !== null || view.state.word !== 'interrupted') continue;
    // Its worker does.
    if (deps.isOfHub(name)) continue;
    const record = deps.state(name).readRecord();
    if (record !== null && record.pause !== 'none' && record.toldToEnd === null) continue;
    const answer = await runnerClient.start({ task: name, sandbox: sandboxOf(invocation) });
    if (answer.ok) {
      continued.push(name);
      notes.push(...(answer.notes ?? []).map((sentence) => `${name}: ${sentence}`));
    } else problems.push(answer.sentence);
  }
  return { continued, notes, problems };
}

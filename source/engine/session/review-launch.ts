// The launch of a Reviewer: it reads and writes nothing, the project's own configuration does not count, and its
// conversation is new.

import { codexArguments } from '../../core/codex/arguments.ts';
import { reviewPrompt, verdictSchema } from '../../core/review/review-prompt.ts';
import type { SessionPlan } from '../../core/run/run.ts';
import { argumentsOf, configuredArguments } from '../../core/task/options.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import type { RunnerDeps, RunRequest } from '../run/runner-deps.ts';
import type { Launch, LaunchContext, Material } from './launch-kinds.ts';

type MaterialDeps = Pick<RunnerDeps, 'task' | 'state' | 'taskDiff' | 'neverTrusted'>;

/** Read when the session starts: what it judges is what there is then. */
export async function materialOf(
  { task, state, taskDiff, neverTrusted }: MaterialDeps,
  list: string | null,
): Promise<Material> {
  const directory = await task.identity();
  const [checks, ticks, notes, untrusted, schema, diff] = await Promise.all([
    state.readChecks(directory),
    state.readUnproven(directory),
    task.readNotes(),
    neverTrusted(),
    state.writeVerdictSchema(JSON.stringify(verdictSchema)),
    // It helps, and is not needed: the Reviewer reads the files.
    taskDiff().catch(() => null),
  ]);
  return {
    list: list ?? '',
    notes: notes ?? '',
    receipts: checks.map(({ receipt }) => {
      const { command, outcome, session } = receipt;
      return `${safeLine(command, 200)}: ${outcome} (after session ${session})`;
    }),
    unproven: ticks.map(({ text, session }) => `${safeLine(text, 200)} (session ${session})`),
    diff,
    untrusted,
    schema,
  };
}

export function reviewOf(plan: SessionPlan, request: RunRequest, known: LaunchContext): Launch {
  const { workplace, project } = request;
  const directory = `${project}/.autonomous/${request.task}/`;
  const { list = '', notes = '', receipts = [], unproven = [], diff = null } = known.material ?? {};
  return {
    codex: request.codex,
    workplace: workplace ?? project,
    writable: [],
    arguments: codexArguments({
      sandbox: 'read-only',
      toolEnvironment: request.settings.toolEnvironment,
      resumes: null,
      extra: argumentsOf(request.options),
      surroundings: [
        ...(request.surroundings?.arguments ?? []),
        ...configuredArguments(request.options, request.configured),
        ...(workplace === undefined ? [] : ['-C', workplace]),
        ...(known.material?.untrusted ?? []),
        ...(known.material === undefined ? [] : ['--output-schema', known.material.schema]),
      ],
      uuid: known.uuid,
    }),
    prompt: reviewPrompt({
      directory: workplace === undefined ? `.autonomous/${request.task}/` : directory,
      round: plan.round ?? 1,
      description: known.description ?? '',
      ...{ list, notes, receipts, unproven, diff },
    }),
  };
}

// The launch of a planned session: its record, its arguments and its prompt.

import { checksNamed } from '../../core/check/words.ts';
import { codexArguments } from '../../core/codex/arguments.ts';
import { nextStep } from '../../core/checklist/checklist.ts';
import { maxDescriptionLength, promptFor } from '../../core/codex/prompt.ts';
import { guidanceSection } from '../../core/guidance/guidance.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import type { SessionPlan } from '../../core/run/run.ts';
import {
  argumentsOf,
  configuredArguments,
  nothingConfigured,
  profileOf,
  withConfigured,
  type ConfiguredOptions,
} from '../../core/task/options.ts';
import type { RunnerDeps, RunRequest } from '../run/runner-deps.ts';
import type { Launch, LaunchContext } from './launch-kinds.ts';
import { reviewOf } from './review-launch.ts';

/** The record of a session before anything was done for it. */
export function newSession(
  { number, role, resumes }: SessionPlan,
  { newUuid, clock }: Pick<RunnerDeps, 'newUuid' | 'clock'>,
  {
    options,
    configured = nothingConfigured,
  }: Pick<RunRequest, 'options'> & {
    configured?: ConfiguredOptions;
  },
): SessionRecord {
  return {
    number,
    uuid: newUuid(),
    role,
    profile: profileOf(withConfigured(options, configured)),
    resumes,
    threadId: null,
    startedAt: clock.now(),
    log: { offset: 0, device: -1, inode: -1 },
    output: 'own file',
    codex: null,
    ended: null,
  };
}

export function launchOf(plan: SessionPlan, request: RunRequest, known: LaunchContext): Launch {
  if (plan.role === 'reviewer') return reviewOf(plan, request, known);
  const { done, total } = known.checklist;
  const guidance = guidanceSection(known.guidance ?? []);
  const { workplace } = request;
  const directory = `${request.project}/.autonomous/${request.task}`;
  return {
    codex: request.codex,
    workplace: request.workplace ?? request.project,
    writable: request.surroundings?.writable ?? [],
    arguments: codexArguments({
      sandbox: request.sandbox,
      toolEnvironment: request.settings.toolEnvironment,
      resumes: plan.resumes,
      extra: argumentsOf(request.options),
      surroundings: [
        ...(request.surroundings?.arguments ?? []),
        ...configuredArguments(request.options, request.configured),
        ...(workplace === undefined ? [] : ['-C', workplace, '--add-dir', directory]),
      ],
      uuid: known.uuid,
    }),
    prompt: promptFor({
      role: plan.role,
      taskName: request.task,
      directory: workplace === undefined ? undefined : `${directory}/`,
      description: (known.description ?? '').slice(0, maxDescriptionLength - guidance.length),
      session: plan.number,
      nextStep: plan.role === 'executor' ? nextStep(known.checklist) : null,
      progress: { done, total },
      resumed: plan.resumes !== null,
      additions: plan.additions,
      guidance,
      missed: known.checklist.missed,
      checks: checksNamed(request.checks),
      // Once in a conversation is enough.
      projectInstructions: known.isOurs === true ? '' : request.surroundings?.instructions,
    }),
  };
}

// The production deps for taking over a task's conversation.

import type { TakeOverDeps } from '../../../engine/take-over/take-over.ts';
import type { RunnerClient } from '../../../engine/tasks/runner-client.ts';
import { readTaskView } from '../../../engine/tasks/task-reading.ts';
import { resumeArguments } from '../../../core/take-over/resume-arguments.ts';
import { argumentsOf, configuredArguments } from '../../../core/task/options.ts';
import type { RunRequest, Workplace } from '../../../engine/run/runner-deps.ts';
import { delay } from '../../../system/clock.ts';
import { readCodexTable } from '../../../system/codex-configuration.ts';
import { canHaveRollout } from '../../../system/conversation/rollout.ts';
import { codexHome } from '../../../system/state/machine-directory.ts';
import { hasTerminal, openConversation } from '../../../system/take-over/open-conversation.ts';
import type { ProjectPaths } from '../../project-paths.ts';
import { readingDeps } from '../reading-deps.ts';
import { runnerDeps } from '../runner-deps.ts';

type Screen = Pick<TakeOverDeps, 'pauseTask' | 'mayOpen' | 'sandbox'> & {
  /** Gives the terminal to Codex, and resolves when it is back. */
  lend(use: () => Promise<void>): Promise<void>;
};

export async function takeOverDepsFor(
  { paths, task, client }: { paths: ProjectPaths; task: string; client: RunnerClient },
  { lend, ...screen }: Screen,
): Promise<TakeOverDeps> {
  const base = await runnerDeps(paths, task);
  const environment = process.env;
  return {
    ...base,
    ...screen,
    pid: process.pid,
    view: () => readTaskView(readingDeps(paths), task),
    delay,
    isThere: (threadId) => canHaveRollout(codexHome(environment), threadId),
    hasTerminal,
    readConfiguration: () => readCodexTable(environment),
    prepare: async ({ threadId, sandbox }) => {
      const request = await client.requestFor({ task, sandbox });
      if ('problem' in request) return request;
      const workplace = await base.enterWorkplace(request);
      if ('problem' in workplace) return workplace;
      const conversation = conversationOf(request, { workplace, threadId });
      return {
        open: async (afterwards) => {
          let problem: string | null = 'The terminal is lent already';
          await lend(async () => {
            problem = await openConversation(conversation);
            await afterwards();
          });
          return problem;
        },
      };
    },
  };
}

function conversationOf(
  { project, task, codex, options, sandbox, settings, ...request }: RunRequest,
  { workplace, threadId }: { workplace: Workplace; threadId: string },
): Parameters<typeof openConversation>[0] {
  const { path: directory, surroundings = request.surroundings } = workplace;
  const isElsewhere = directory !== project;
  return {
    codex,
    directory,
    writable: surroundings?.writable ?? [],
    arguments: resumeArguments({
      threadId,
      sandbox,
      toolEnvironment: settings.toolEnvironment,
      surroundings: [
        ...(surroundings?.arguments ?? []),
        ...configuredArguments(options, request.configured),
        ...(isElsewhere ? ['-C', directory, '--add-dir', `${project}/.autonomous/${task}`] : []),
      ],
      extra: argumentsOf(options),
    }),
  };
}

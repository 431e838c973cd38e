// The tasks of all projects known to this machine as one source, with the production deps. What is done to a task counts
// with the configuration of its own project, which is read when it is first needed.

import type { ProjectView } from '../../core/task/project-view.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import { sourceOfMany } from '../../screen/sources/source-of-many.ts';
import type { TaskSource } from '../../screen/sources/task-source.ts';
import { systemClock } from '../../system/clock.ts';
import {
  defaultConfiguration,
  readConfiguration,
  type Configuration,
} from '../../system/configuration.ts';
import { knownProjects } from '../../system/projects/known-projects.ts';
import { readClosedFile } from '../../system/report/closed-file.ts';
import { worktreesIn } from '../../system/worktree/can-have.ts';
import { reportDeps } from '../deps/report-deps.ts';
import type { Invocation } from '../invocation.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { runnerClientFor } from '../runner-client-for.ts';
import { projectSource } from './project-source.ts';

type AllProjects = {
  invocation: Invocation;
  /** Of the project that the user is in, which comes first. */
  paths: ProjectPaths;
  /** Every runner client passes through it. */
  track(client: RunnerClient): RunnerClient;
};

export function allProjects({ invocation, paths, track }: AllProjects): TaskSource {
  const { home, project: own } = paths;
  return sourceOfMany({
    clock: systemClock,
    projects: () => projectViews(home, own),
    sourceOf: ({ project }) => sourceIn({ home, project }, { invocation, track }),
  });
}

function projectViews(home: string, own: string): ProjectView[] {
  return knownProjects(home, own).map(({ path, label, problem }) => ({
    project: path,
    label,
    problem,
  }));
}

type Found = ReturnType<typeof readConfiguration>;

function sourceIn(
  paths: ProjectPaths,
  { invocation, track }: Pick<AllProjects, 'invocation' | 'track'>,
): TaskSource {
  const found = onceRight(() => readConfiguration(process.env, paths.project));
  const configuration = (): Configuration => configurationOf(found()) ?? defaultConfiguration;
  const { worktree: isGiven } = invocation.sessionOptions;
  let canHave: Promise<void> | null = null;
  let hasWorktrees = (): boolean => false;
  const source = projectSource({
    paths,
    runnerClient: track(clientIn(paths, invocation, found)),
    configuration,
    worktree: () => {
      if (!hasWorktrees()) return null;
      return isGiven === true ? 'always' : configuration().worktree;
    },
    readReport: async () => reportDeps(paths)({ task: null, since: await readClosedFile(paths) }),
  });
  return {
    ...source,
    openLog: (task) => {
      // A new task may come beside the one that is looked at.
      canHave ??= worktreesIn(paths.project).then((has) => void (hasWorktrees = has));
      return source.openLog(task);
    },
  };
}

/** Made for the first request. If the user's file has become wrong, that is the answer. */
function clientIn(paths: ProjectPaths, invocation: Invocation, found: () => Found): RunnerClient {
  const client = once(() =>
    runnerClientFor(invocation, {
      paths,
      configuration: configurationOf(found()) ?? defaultConfiguration,
    }),
  );
  const refused = (sentence: string) =>
    Promise.resolve({ ok: false, why: 'problem', sentence } as const);
  return {
    requestFor: (request) => {
      const now = found();
      return 'problem' in now ? Promise.resolve(now) : client().requestFor(request);
    },
    start: (request) => {
      const now = found();
      return 'problem' in now ? refused(now.problem) : client().start(request);
    },
    send: (task, want) => client().send(task, want),
  };
}

function configurationOf(found: Found): Configuration | null {
  return 'problem' in found ? null : found.configuration;
}

/** The user may mend a file that is wrong. */
function onceRight(read: () => Found): () => Found {
  let last: Found | null = null;
  return () => (last === null || 'problem' in last ? (last = read()) : last);
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}

// The tasks of many projects as one source. Each project has a source of its own, which knows nothing of the others; here
// its tasks get keys, and what is asked of a key goes to the project that it names.

import type { ProjectView } from '../../core/task/project-view.ts';
import { projectKeyOf } from '../../core/task/project-view.ts';
import { placeOf, type TaskKey, type TaskPlace } from '../../core/task/task-key.ts';
import type { DetailsFeed } from '../../engine/tasks/details-feed.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import type { TaskDetails } from '../../core/task/details.ts';
import type { Clock } from '../../system/clock.ts';
import { observeMany } from './observe-many.ts';
import type { TaskSource, TaskVerbs } from './task-source.ts';

type ProjectPlace = Pick<ProjectView, 'host' | 'project'>;

type ManyDeps = {
  readonly clock: Pick<Clock, 'every'>;
  /** All that are known now, in the order of the screen. Cheap. */
  projects(): readonly ProjectView[];
  /** Called once for each project. Cheap: nothing is read or started. */
  sourceOf(place: ProjectPlace): TaskSource;
};

export function sourceOfMany({ clock, projects, sourceOf }: ManyDeps): TaskSource {
  const sources = new Map<string, TaskSource>();
  const at = (place: ProjectPlace): TaskSource => {
    const key = projectKeyOf(place);
    let source = sources.get(key);
    if (source === undefined) sources.set(key, (source = sourceOf(place)));
    return source;
  };
  const of = (key: TaskKey): { source: TaskSource; name: string } => {
    const place = placeOf(key);
    return { source: at(projectPlaceOf(place)), name: place.name };
  };
  return {
    observe: (tell) =>
      observeMany({ clock, projects, observe: (place, to) => at(place).observe(to) }, tell),
    openLog: (key) => {
      const { source, name } = of(key);
      return source.openLog(name);
    },
    openDetails: (key) => {
      const { source, name } = of(key);
      return keyedDetails(source.openDetails(name), key);
    },
    visitChanges: (key) => {
      const { source, name } = of(key);
      return source.visitChanges(name);
    },
    runnerClient: clientOf(of),
    verbs: verbsOf({ of, at, first: () => projects().find(({ problem }) => problem === null) }),
  };
}

type Of = (key: TaskKey) => { source: TaskSource; name: string };

function clientOf(of: Of): RunnerClient {
  return {
    requestFor: (request) => {
      const { source, name } = of(request.task);
      return source.runnerClient.requestFor({ ...request, task: name });
    },
    start: (request) => {
      const { source, name } = of(request.task);
      return source.runnerClient.start({ ...request, task: name });
    },
    send: ({ name: key, run }, want) => {
      const { source, name } = of(key);
      return source.runnerClient.send({ name, run }, want);
    },
  };
}

type VerbsDeps = {
  of: Of;
  at(place: ProjectPlace): TaskSource;
  first(): ProjectView | undefined;
};

function verbsOf({ of, at, first }: VerbsDeps): TaskVerbs {
  /** What is asked for with the key of its task, with the name instead. */
  const sent =
    <What extends { task: TaskKey }, Answer>(
      verb: (verbs: TaskVerbs, what: What) => Answer,
    ): ((what: What) => Answer) =>
    (what) => {
      const { source, name } = of(what.task);
      return verb(source.verbs, { ...what, task: name });
    };
  const named =
    <Answer>(verb: (verbs: TaskVerbs, name: string) => Answer): ((key: TaskKey) => Answer) =>
    (key) => {
      const { source, name } = of(key);
      return verb(source.verbs, name);
    };
  return {
    worktree: (project) => (project === null ? null : at(project).verbs.worktree(null)),
    exportLog: sent((verbs, what) => verbs.exportLog(what)),
    acceptVersion: sent((verbs, what) => verbs.acceptVersion(what)),
    editList: sent((verbs, what) => verbs.editList(what)),
    tell: sent((verbs, what) => verbs.tell(what)),
    takeBack: sent((verbs, what) => verbs.takeBack(what)),
    merging: {
      plan: named((verbs, name) => verbs.merging.plan(name)),
      merge: named((verbs, name) => verbs.merging.merge(name)),
      resolve: named((verbs, name) => verbs.merging.resolve(name)),
    },
    settings: {
      read: named((verbs, name) => verbs.settings.read(name)),
      change: (key, given) => {
        const { source, name } = of(key);
        return source.verbs.settings.change(name, given);
      },
    },
    undoing: {
      plan: (key, session) => {
        const { source, name } = of(key);
        return source.verbs.undoing.plan(name, session);
      },
      undo: (key, session) => {
        const { source, name } = of(key);
        return source.verbs.undoing.undo(name, session);
      },
    },
    ordering: {
      archive: named((verbs, name) => verbs.ordering.archive(name)),
      unarchive: named((verbs, name) => verbs.ordering.unarchive(name)),
      deletion: named((verbs, name) => verbs.ordering.deletion(name)),
      delete: named((verbs, name) => verbs.ordering.delete(name)),
    },
    /** A report is about one project: that of the task. */
    readReport: (task) => {
      if (task !== null) {
        const { source, name } = of(task);
        return source.verbs.readReport(name);
      }
      const project = first();
      if (project === undefined) return Promise.reject(new Error('no project is known here'));
      return at(project).verbs.readReport(null);
    },
    openEditor: (what, lend) => {
      const { source, name } = of(what.task);
      return source.verbs.openEditor({ ...what, task: name }, lend);
    },
    takeOver: (key, screen) => {
      const { source, name } = of(key);
      const pause: typeof screen.pause = (view) => screen.pause({ ...view, ...placeOf(key) });
      return source.verbs.takeOver(name, { ...screen, pause });
    },
  };
}

/** Without a project it is no key of this source. */
function projectPlaceOf({ host, project = '' }: TaskPlace): ProjectPlace {
  return { ...(host === undefined ? {} : { host }), project };
}

/** The same object as long as the feed's own is. */
function keyedDetails(feed: DetailsFeed, key: TaskKey): DetailsFeed {
  let seen: { of: TaskDetails; details: TaskDetails } | null = null;
  return {
    ...feed,
    details: () => {
      const of = feed.details();
      if (of === null) return null;
      if (seen?.of !== of) seen = { of, details: { ...of, task: key } };
      return seen.details;
    },
  };
}

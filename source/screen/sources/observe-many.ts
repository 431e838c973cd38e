// Watches the tasks of many projects for one board: each by its own observer, so that a project where nothing runs is
// looked at as rarely as ever. Which projects there are is looked up every few seconds.

import type { BoardAction } from '../../core/task/board.ts';
import { projectKeyOf, type ProjectView } from '../../core/task/project-view.ts';
import { keyOf, type TaskKey } from '../../core/task/task-key.ts';
import type { Observer } from '../../engine/tasks/observer.ts';
import type { Clock } from '../../system/clock.ts';

type Observing = {
  readonly clock: Pick<Clock, 'every'>;
  projects(): readonly ProjectView[];
  observe(project: ProjectView, tell: (action: BoardAction) => void): Observer;
};

type Watched = {
  readonly observer: Observer;
  /** Its tasks on the board. */
  readonly keys: Set<TaskKey>;
  /** Why its tasks cannot be read. */
  problem: string | null;
};

const projectsEveryMs = 5000;

export function observeMany(
  { clock, projects, observe }: Observing,
  tell: (action: BoardAction) => void,
): Observer {
  const watched = new Map<string, Watched>();
  const closing = new Set<Promise<void>>();
  let isWatching = false;
  let isClosed = false;
  let known: readonly ProjectView[] = [];

  /** Returns the observers of the projects that are new. */
  function refresh(): readonly Observer[] {
    known = projects();
    const there = known.filter(({ problem }) => problem === null);
    const keys = new Set(there.map(projectKeyOf));
    for (const [key, one] of watched) if (!keys.has(key)) leave(key, one);
    const added = there.filter((project) => !watched.has(projectKeyOf(project))).map(begin);
    tellProjects();
    return added;
  }

  function begin(project: ProjectView): Observer {
    const keys = new Set<TaskKey>();
    const observer = observe(project, (action) => passOn(project, action));
    watched.set(projectKeyOf(project), { observer, keys, problem: null });
    if (isWatching) observer.watch();
    return observer;
  }

  function leave(key: string, { observer, keys }: Watched): void {
    watched.delete(key);
    const closed = observer.close().finally(() => void closing.delete(closed));
    closing.add(closed);
    tell({ type: 'tasks-seen', changed: [], gone: [...keys] });
  }

  /** What the observer of a project tells of its tasks, with their keys. */
  function passOn(project: ProjectView, action: BoardAction): void {
    const of = watched.get(projectKeyOf(project));
    // It is not there any more.
    if (of === undefined) return;
    switch (action.type) {
      case 'tasks-seen': {
        const { host, project: path } = project;
        const place = host === undefined ? { project: path } : { host, project: path };
        const changed = action.changed.map((task) => ({ ...task, ...place }));
        const gone = action.gone.map((name) => keyOf({ ...place, name }));
        for (const task of changed) of.keys.add(keyOf(task));
        for (const key of gone) of.keys.delete(key);
        return tell({ type: 'tasks-seen', changed, gone });
      }
      case 'problem':
        if (of.problem === action.sentence) return;
        of.problem = action.sentence;
        return tellProjects();
      default:
        return tell(action);
    }
  }

  function tellProjects(): void {
    const all = known.map((project) => {
      const problem = project.problem ?? watched.get(projectKeyOf(project))?.problem ?? null;
      return { ...project, problem };
    });
    tell({ type: 'projects-seen', projects: all });
  }

  async function look(observers: readonly Observer[]): Promise<void> {
    // One after the other: reading all at once takes more time and memory.
    for (const observer of observers) await observer.look();
  }

  const stop = clock.every(projectsEveryMs, () => {
    if (!isClosed) void look(refresh());
  });

  return {
    look: async () => {
      refresh();
      await look([...watched.values()].map(({ observer }) => observer));
      // Without a project, nothing else says so.
      if (watched.size === 0) tell({ type: 'tasks-seen', changed: [], gone: [] });
    },
    watch: () => {
      isWatching = true;
      for (const { observer } of watched.values()) observer.watch();
    },
    close: async () => {
      isClosed = true;
      stop();
      for (const { observer } of watched.values()) closing.add(observer.close());
      await Promise.all(closing);
    },
  };
}

// The hub's tasks → actions for the Board. While the hub is away, the tasks stay on the board, and it says how old they are.

import { agoWords } from '../../../core/hub/board/ago-words.ts';
import { hubProject } from '../../../core/hub/board/hub-project.ts';
import { hubTaskView } from '../../../core/hub/board/hub-task-view.ts';
import { taskOfHubKey } from '../../../core/hub/hub-names.ts';
import type { ReadTask } from '../../../core/hub/task-record.ts';
import type { BoardAction, TaskView } from '../../../core/task/board.ts';
import { projectKeyOf, type ProjectView } from '../../../core/task/project-view.ts';
import { placeOf, type TaskKey } from '../../../core/task/task-key.ts';
import type { Clock } from '../../../system/clock.ts';
import type { Observer } from '../../tasks/observer.ts';
import type { HubLink } from '../hub-link.ts';
import type { HubTasks } from './hub-tasks.ts';

export type ObservingHub = {
  hub: HubTasks;
  link: Pick<HubLink, 'current' | 'problem'>;
  clock: Pick<Clock, 'now' | 'every'>;
  /** Where new tasks come from; null: none can be given from here. */
  own: ProjectView | null;
};

const everyMs = 1000;

/** `text`: of the view, to see whether it has changed. */
type Shown = {
  key: TaskKey;
  found: ReadTask;
  silentMs: number | null;
  view: TaskView;
  text: string;
};

export function observeHub(
  { hub, link, clock, own }: ObservingHub,
  tell: (action: BoardAction) => void,
): Observer {
  /** By their keys in the hub. */
  const shown = new Map<string, Shown>();

  function look(keys: Iterable<string>): void {
    const changed: TaskView[] = [];
    const gone: TaskKey[] = [];
    let isOther = false;
    for (const hubKey of keys) {
      const before = shown.get(hubKey);
      const key = before?.key ?? taskOfHubKey(hubKey);
      // A key that is not one of ours names no task.
      if (key === null) continue;
      const found = hub.tasks().get(hubKey);
      if (found === undefined) {
        if (shown.delete(hubKey)) gone.push(key);
        continue;
      }
      const owner = found.kind === 'read' ? found.task.lease.owner : null;
      const silentMs = owner === null ? null : hub.silentMs(owner);
      // Of a machine that lives, no sentence grows older.
      if (before?.found === found && before.silentMs === null && silentMs === null) continue;
      const view = hubTaskView({ place: placeOf(key), found, silentMs, now: clock.now() });
      const text = JSON.stringify(view);
      shown.set(hubKey, { key, found, silentMs, view, text });
      if (before?.text === text) continue;
      isOther ||= before === undefined;
      changed.push(view);
    }
    if (isOther || gone.length > 0) tellProjects();
    if (changed.length > 0 || gone.length > 0) tell({ type: 'tasks-seen', changed, gone });
  }

  /** In the order of their keys; the user's own first. */
  function tellProjects(): void {
    const others = new Map<string, ProjectView>();
    for (const { view } of shown.values()) {
      const key = projectKeyOf(view);
      const isOwn = own !== null && key === projectKeyOf(own);
      if (!isOwn && !others.has(key)) others.set(key, hubProject(view));
    }
    const sorted = [...others].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, project]) => project);
    tell({ type: 'projects-seen', projects: own === null ? sorted : [own, ...sorted] });
  }

  function tellAge(): void {
    const ms = hub.awayMs();
    const never = link.current() === null ? link.problem() : null;
    const sentence = ms === null ? never : `The hub is away; this is ${agoWords(ms)} old`;
    tell({ type: 'problem', sentence });
  }

  /** A machine may have fallen silent, or spoken again. */
  const lookAtAll = (): void => {
    look(hub.tasks().keys());
    tellAge();
  };
  const stops = [
    hub.onChange((keys) => (keys.length === 0 ? lookAtAll() : look(keys))),
    clock.every(everyMs, tellAge),
  ];
  return {
    look: async () => {
      await hub.look();
      lookAtAll();
      // Without a task, nothing else says that it was looked, and what projects there are.
      tellProjects();
      tell({ type: 'tasks-seen', changed: [], gone: [] });
    },
    watch: () => {},
    close: () => {
      for (const stop of stops) stop();
      return Promise.resolve();
    },
  };
}

// The keys that the demo presses by itself: at a fixed step it pauses the first task, and once that has paused, it
// resumes its conversation. Calls the same functions as the keys.

import type { TaskView } from '../core/task/board.ts';
import type { FleetAnswer } from '../engine/tasks/runner-client.ts';
import type { Store } from '../engine/tasks/store.ts';

export type DirectorDoors = {
  store: Pick<Store, 'board' | 'subscribe'>;
  pause(task: TaskView): Promise<FleetAnswer>;
  resumeLast(task: TaskView): Promise<FleetAnswer>;
  /** Calls back after a while, so that the user can see that the task paused. */
  later(callBack: () => void): void;
  say(sentence: string): void;
};

type Scene = 'before the pause' | 'pausing' | 'paused' | 'resumed';

export function directDemo(
  doors: DirectorDoors,
  { task: name, atStep }: { task: string; atStep: number },
): { close(): void } {
  let scene: Scene = 'before the pause';
  const look = (): void => {
    const task = doors.store.board().tasks.find((candidate) => candidate.name === name);
    if (task === undefined) return;
    if (scene === 'before the pause' && task.done >= atStep && task.state.word === 'running') {
      scene = 'pausing';
      doors.say(`The demo presses p to pause ${name}.`);
      void doors.pause(task);
    } else if (scene === 'pausing' && task.state.word === 'paused') {
      scene = 'paused';
      doors.later(() => {
        scene = 'resumed';
        doors.say(`The demo presses r to resume the last conversation of ${name}.`);
        void doors.resumeLast(task);
      });
    }
  };
  return { close: doors.store.subscribe(look) };
}

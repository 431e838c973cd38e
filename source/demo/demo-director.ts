// What the demo presses by itself: at a fixed step it pauses the first task, and when that has paused it resumes
// its conversation. The same verbs that the keys have.

import type { TaskView } from '../core/task/board.ts';
import type { FleetAnswer } from '../engine/tasks/runner-client.ts';
import type { Store } from '../engine/tasks/store.ts';

export type DirectorDoors = {
  store: Pick<Store, 'board' | 'subscribe'>;
  pause(task: TaskView): Promise<FleetAnswer>;
  resumeLast(task: TaskView): Promise<FleetAnswer>;
  /** Calls back after a while, so that a person can see that it paused. */
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
      doors.say(`The demo presses p: ${name} pauses.`);
      void doors.pause(task);
    } else if (scene === 'pausing' && task.state.word === 'paused') {
      scene = 'paused';
      doors.later(() => {
        scene = 'resumed';
        doors.say(`The demo presses r: ${name} resumes its last conversation.`);
        void doors.resumeLast(task);
      });
    }
  };
  return { close: doors.store.subscribe(look) };
}

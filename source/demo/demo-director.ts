// The keys that the demo presses by itself: at a fixed step it pauses the first task, and once that has paused, it
// resumes its conversation. Calls the same functions as the keys.

import type { TaskView } from '../core/task/board.ts';
import type { RunnerAnswer } from '../engine/tasks/runner-client.ts';
import type { Store } from '../engine/tasks/store.ts';

type DirectorDeps = {
  store: Pick<Store, 'board' | 'subscribe'>;
  pause(task: TaskView): Promise<RunnerAnswer>;
  resumeLast(task: TaskView): Promise<RunnerAnswer>;
  /** Calls back after a while, so that the user can see that the task paused. */
  later(callBack: () => void): void;
  say(sentence: string): void;
};

type Scene = 'before the pause' | 'pausing' | 'paused' | 'resumed';

export function directDemo(
  deps: DirectorDeps,
  { task: name, atStep }: { task: string; atStep: number },
): { close(): void } {
  let scene: Scene = 'before the pause';
  const look = (): void => {
    const task = deps.store.board().tasks.find((candidate) => candidate.name === name);
    if (task === undefined) return;
    if (scene === 'before the pause' && task.done >= atStep && task.state.word === 'running') {
      scene = 'pausing';
      deps.say(`The demo presses p to pause ${name}.`);
      void deps.pause(task);
    } else if (scene === 'pausing' && task.state.word === 'paused') {
      scene = 'paused';
      deps.later(() => {
        scene = 'resumed';
        deps.say(`The demo presses r to resume the last conversation of ${name}.`);
        void deps.resumeLast(task);
      });
    }
  };
  return { close: deps.store.subscribe(look) };
}

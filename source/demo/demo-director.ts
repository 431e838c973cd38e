// The keys that the demo presses by itself: at a fixed step it pauses the first task, and once that has paused, it
// resumes its conversation. Calls the same functions as the keys. Says what it does, and when all is done.

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
  /** All tasks are done; false: the user has started another one. */
  over(isOver: boolean): void;
};

type Scene = 'before the pause' | 'pausing' | 'paused' | 'resumed';

export function directDemo(
  deps: DirectorDeps,
  { task: name, atStep }: { task: string; atStep: number },
): { close(): void } {
  let scene: Scene = 'before the pause';
  let isOver = false;
  const look = (): void => {
    const { tasks } = deps.store.board();
    const task = tasks.find((candidate) => candidate.name === name);
    if (task === undefined) return;
    const wasOver = isOver;
    isOver = tasks.every(({ state }) => state.word === 'done');
    if (isOver !== wasOver) deps.over(isOver);
    if (scene === 'before the pause' && task.done >= atStep && task.state.word === 'running') {
      scene = 'pausing';
      deps.say(`The demo presses p by itself, to pause ${name}.`);
      void deps.pause(task);
    } else if (scene === 'pausing' && task.state.word === 'paused') {
      scene = 'paused';
      deps.later(() => {
        scene = 'resumed';
        deps.say(`The demo presses r by itself, to resume ${name}.`);
        void deps.resumeLast(task);
      });
    }
  };
  return { close: deps.store.subscribe(look) };
}

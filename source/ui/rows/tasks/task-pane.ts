// What the pane of tasks is drawn from.

import type { TaskView } from '../../../core/task/board.ts';

export type TaskForm = 'wide' | 'narrow' | 'compact';

export type TaskPane = {
  readonly tasks: readonly TaskView[];
  /** By name. */
  readonly selected: string | null;
  /** By name, too: those that are steered together. */
  readonly marked?: ReadonlySet<string>;
  /** Index of the first task in view. */
  readonly top: number;
  readonly form: TaskForm;
  readonly width: number;
  readonly height: number;
  readonly now: number;
  readonly tick: number;
};

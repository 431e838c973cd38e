// The data that the task pane is drawn from.

import type { TaskView } from '../../../core/task/board.ts';

export type TaskForm = 'wide' | 'narrow' | 'compact';

export type TaskPane = {
  readonly tasks: readonly TaskView[];
  /** How many done tasks are one line at the end; and the key that shows them. */
  readonly folded?: number;
  readonly unfoldKey?: string;
  /** A task's name. */
  readonly selected: string | null;
  /** Task names: commands apply to all of these. */
  readonly marked?: ReadonlySet<string>;
  /** Index of the first task in view. */
  readonly top: number;
  readonly form: TaskForm;
  readonly width: number;
  readonly height: number;
  readonly now: number;
  readonly animationFrame: number;
};

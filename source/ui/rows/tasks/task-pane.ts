// The data that the task pane is drawn from.

import type { TaskView } from '../../../core/task/board.ts';
import type { ProjectView } from '../../../core/task/project-view.ts';
import { type TaskKey } from '../../../core/task/task-key.ts';

export type TaskForm = 'wide' | 'narrow' | 'compact';

export type TaskPane = {
  readonly tasks: readonly TaskView[];
  /** If the tasks are of several projects; the tasks are sorted by them. */
  readonly projects?: readonly ProjectView[];
  /** How many done tasks are one line at the end; and the key that shows them. */
  readonly folded?: number;
  readonly unfoldKey?: string;
  readonly selected: TaskKey | null;
  /** Commands apply to all of these. */
  readonly marked?: ReadonlySet<TaskKey>;
  /** Index of the first task in view. */
  readonly top: number;
  readonly form: TaskForm;
  readonly width: number;
  readonly height: number;
  readonly now: number;
  readonly animationFrame: number;
};

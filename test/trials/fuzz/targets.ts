// Every parser of a file that others can write.

import { configurationTarget } from './configuration-target.ts';
import { logTargets } from './log-targets.ts';
import { stateTargets } from './state-targets.ts';
import type { Target } from './target.ts';
import { taskTargets } from './task-targets.ts';
import { textTarget } from './text-target.ts';

export const targets: readonly Target[] = [
  ...logTargets,
  ...taskTargets,
  ...stateTargets,
  configurationTarget,
  textTarget,
];

// The screen's only way to Codex, made once for each runner client. Unmounting ends nothing.

import { useMemo } from 'react';
import type { RunnerClient } from '../engine/tasks/runner-client.ts';
import { codexOf, type Codex } from '../screen/commands/task-actions.ts';

export function useCodex(runnerClient: RunnerClient): Codex {
  return useMemo(() => codexOf(runnerClient), [runnerClient]);
}

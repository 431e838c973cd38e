// The screen's only way to Codex, made once for each runner client. Unmounting ends nothing.

import { useMemo } from 'react';
import type { RunnerClient } from '../engine/tasks/runner-client.ts';
import { codexOf, type Codex } from '../screen/commands/task-actions.ts';
import type { Requests } from '../screen/requests.ts';

export function useCodex(runnerClient: RunnerClient, requests: Requests): Codex {
  return useMemo(() => codexOf(runnerClient, requests), [runnerClient, requests]);
}

// A runner like that of a machine that shares tasks: its claim has a lease, which the test writes into the task's state. The
// request comes as its only argument.

import { silentListener, type RunRequest } from '../../source/engine/run/runner-deps.ts';
import { startRun } from '../../source/engine/run/runner.ts';
import { runnerDeps } from '../../source/cli/deps/runner-deps.ts';
import { startCodex } from '../../source/system/process/codex-process.ts';
import type { LeaseWatch } from '../../source/system/warden/request.ts';

export type LeasedRun = { home: string; request: RunRequest; lease: LeaseWatch; warden: string };

const { home, request, lease, warden } = JSON.parse(process.argv[2] ?? '') as LeasedRun;
const deps = await runnerDeps({ project: request.project, home }, request.task);
const { coordination, codex } = deps;
const run = await startRun(
  request,
  {
    ...deps,
    codex: { ...codex, start: (start) => startCodex(start, warden) },
    coordination: {
      ...coordination,
      claim: async () => {
        const claim = await coordination.claim();
        return claim && { ...claim, lease };
      },
    },
  },
  silentListener,
);
if ('refused' in run) throw new Error('Another runner has the task');
await run.ended;

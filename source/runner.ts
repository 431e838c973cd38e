// The runner's program: one per task, detached, without React. It gets its request as one message, answers with one,
// and works until the run has ended, whether or not a dashboard is open.

import { getOneMessage, sendMessage } from 'execa';
import { errorMessage } from './core/text/error-message.ts';
import type { RunRequest } from './engine/run/runner-deps.ts';
import { silentListener } from './engine/run/runner-deps.ts';
import { startRun } from './engine/run/runner.ts';
import { runnerDeps } from './cli/deps/runner-deps.ts';
import type { HubRunner, SharedTask } from './cli/deps/hub/hub-runner-deps.ts';
import { endOnSystemSignals } from './cli/pause-on-signals.ts';
import type { ProjectPaths } from './cli/project-paths.ts';
import type { RunnerReply } from './system/process/runner-process.ts';

/** `shared`: a task that machines share over a hub. */
type RunnerMessage = { home: string; request: RunRequest; shared?: SharedTask };

async function main(): Promise<void> {
  const message = await getOneMessage().catch(() => null);
  // The starter died before it sent the request.
  if (message === null) return;
  const { home, request, shared } = message as unknown as RunnerMessage;
  const paths = { project: request.project, home };
  const hub = shared === undefined ? null : await onHub(paths, request, shared);
  const deps = hub?.deps ?? (await runnerDeps(paths, request.task));
  const say = (line: string): void => void deps.state.note(line).catch(() => {});
  // The starter may have been killed or closed: then sendMessage throws at once.
  const answer = async (reply: RunnerReply): Promise<void> => {
    try {
      await sendMessage(reply);
    } catch {
      // The run continues even so.
    }
  };
  try {
    const run = await startRun(request, deps, {
      ...silentListener,
      announced: (announcement) => say(JSON.stringify(announcement)),
      ended: (ending) => say(JSON.stringify(ending)),
    });
    if ('refused' in run) {
      const { pid, isTakenOver = false } = run;
      return await answer({ kind: 'busy', pid, isTakenOver });
    }
    endOnSystemSignals(run);
    void hub?.lost.then(() => {
      say('Another machine may work on the task now: this runner ends');
      run.kill();
      killSelf();
    });
    await answer({ kind: 'started', run: run.id, notes: run.notes });
    if (process.connected) process.disconnect();
    await run.ended;
  } catch (error) {
    const sentence = errorMessage(error);
    await answer({ kind: 'problem', sentence });
    say(sentence);
    process.exitCode = 1;
  } finally {
    await hub?.close();
    if (process.connected) process.disconnect();
  }
}

/** Loaded only where machines share tasks. */
async function onHub(
  paths: ProjectPaths,
  request: RunRequest,
  shared: SharedTask,
): Promise<HubRunner> {
  const { hubRunnerDeps } = await import('./cli/deps/hub/hub-runner-deps.ts');
  return hubRunnerDeps(paths, request, shared);
}

/** run.json stays as it is: what this process would record is another machine's to say. */
function killSelf(): void {
  process.kill(process.pid, 'SIGKILL');
}

await main();

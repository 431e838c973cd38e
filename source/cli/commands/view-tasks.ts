// The dashboard with the production deps, for the user's project and for the demo's: observes the tasks, recovers
// orphaned runs, and shows it all until the user quits.

import { mergingFor } from '../deps/resolve-deps.ts';
import { orderingFor } from '../deps/order-deps.ts';
import { settingsFor } from '../deps/settings-deps.ts';
import { tellDepsFor } from '../deps/tell-deps.ts';
import { tellTask } from '../../engine/tasks/tell-task.ts';
import { withinTime } from '../../system/time-limit.ts';
import { emptyBoard } from '../../core/task/board.ts';
import { cleanLine } from '../../core/text/clean.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import { observeTasks, type Observer } from '../../engine/tasks/observer.ts';
import { createStore, type Store } from '../../engine/tasks/store.ts';
import { recoverOrphans } from '../../engine/run/recover-orphans.ts';
import { acceptVersion } from '../../engine/tasks/accept-version.ts';
import { editInEditor } from '../../engine/tasks/edit-in-editor.ts';
import { showGauge } from '../deps/gauge-deps.ts';
import { editorDepsFor } from '../deps/editor-deps.ts';
import { editList } from '../../engine/tasks/edit-list.ts';
import { changesDeps, writePatch } from '../deps/changes-deps.ts';
import { awayDeps } from '../deps/away-deps.ts';
import { acceptDepsFor, detailsFeedFor } from '../deps/details-deps.ts';
import type { DashboardProps } from '../../components/dashboard.tsx';
import type { CommandContext } from '../command-context.ts';
import type { WorktreeSetting } from '../../system/configuration.ts';
import { worktreesIn } from '../../system/worktree/can-have.ts';
import { systemClock } from '../../system/clock.ts';
import { homeRelative } from '../../system/project.ts';
import type { Ordering } from '../../screen/commands/command-deps.ts';
import { themeFor } from '../../ui/look/theme.ts';
import { exportLog } from '../print/log-export.ts';
import { clipboardSequence } from '../../system/clipboard.ts';
import { logFeedFor, observerDeps } from '../deps/viewing-deps.ts';

export type Watching = { store: Store; observer: Observer };

/**
 * Keeps a Board of the project's tasks once the observer is started; `observer.close()` ends it. `project`: what the
 * screen calls the project.
 */
export function watchTasks(
  { paths }: CommandContext,
  project = cleanLine(homeRelative(paths.project)),
): Watching {
  const store = createStore(emptyBoard(project), systemClock);
  const observer = observeTasks(observerDeps(paths), (action) => store.dispatch(action));
  return { store, observer };
}

type Showing = {
  context: CommandContext;
  watching: Watching;
  runnerClient: RunnerClient;
  selected: string | null;
  /** When the last dashboard of the project was closed, epoch ms. Default: not known, so nothing is said of it. */
  closedAt?: number | null;
  sandbox: Sandbox;
  /** Default: there are no worktrees. */
  worktree?: WorktreeSetting;
  /** Where the keys come from, see openKeys(). */
  keys: NodeJS.ReadStream;
  /** Aborted when the user has quit. */
  quitSignal?: AbortSignal;
};

/** Resolves when the user has quit; rejects with the error that broke the screen. The tasks keep running either way. */
export async function viewTasks(showing: Showing): Promise<void> {
  const { context, watching, runnerClient, selected, sandbox, worktree, keys } = showing;
  const { paths, configuration } = context;
  const { store, observer } = watching;
  const recovering = recoverOrphans({ store, clock: systemClock, runnerClient });
  const starts = withPendingStarts(runnerClient);
  let endGauge = (): void => {};
  const away = awayDeps({ paths, configuration, store, since: showing.closedAt ?? null });
  try {
    const [{ showDashboard }, hasWorktrees] = await Promise.all([
      import('../../components/dashboard.tsx'),
      worktreesIn(paths.project),
      observer.look(),
    ]);
    const dashboard = {
      clock: systemClock,
      store,
      runnerClient: starts.runnerClient,
      openLog: (task) => logFeedFor(paths, task),
      openDetails: (task) => detailsFeedFor(paths, task),
      visitChanges: changesDeps(paths, configuration.checking.checkpoints),
      writePatch,
      theme: themeFor(process.env, {
        name: configuration.theme,
        ...(configuration.glyphs === null ? {} : { ascii: configuration.glyphs === 'ascii' }),
      }),
      configuration,
      selected,
      sandbox,
      looksAtPlan: configuration.planOnly,
      ...(worktree === undefined ? {} : { worktree: () => (hasWorktrees() ? worktree : null) }),
      copy: copyToTerminal,
      withinTime,
      exportLog: (what) => exportLog(paths, what),
      tell: ({ task, text, when }) =>
        tellTask(tellDepsFor(paths, task, starts.runnerClient), { text, when }),
      takeBack: ({ task, id }) =>
        tellDepsFor(paths, task, starts.runnerClient).state.takeBackGuidance(id),
      acceptVersion: ({ task, session }) => acceptVersion(acceptDepsFor(paths, task), session),
      editList: ({ task, edit }) =>
        editList({ ...acceptDepsFor(paths, task), now: systemClock.now }, edit),
      openEditor: (task, lend) => editInEditor(editorDepsFor(paths, task, lend)),
      settings: settingsFor({ paths, configuration }),
      merging: mergingFor(paths, starts.runnerClient),
      ordering: orderedOnBoard(orderingFor(paths), observer),
      readReport: away.readReport,
    } satisfies DashboardProps;
    const left = showDashboard(dashboard, keys, showing.quitSignal);
    observer.watch();
    away.greet();
    endGauge = showGauge(paths, configuration, store);
    await left;
    // What was started with the last keys runs, too: it is still to be seen.
    if (await starts.answered()) await observer.look();
  } finally {
    recovering.close();
    away.close();
    endGauge();
    // An open /dev/tty would keep the process alive.
    if (keys !== process.stdin) keys.destroy();
  }
}

/** The same client. `answered`: waits for starts under way; false if there were none. */
function withPendingStarts(runnerClient: RunnerClient): {
  runnerClient: RunnerClient;
  answered(): Promise<boolean>;
} {
  const pending = new Set<Promise<unknown>>();
  const start: RunnerClient['start'] = async (run) => {
    const answer = runnerClient.start(run);
    pending.add(answer);
    try {
      return await answer;
    } finally {
      pending.delete(answer);
    }
  };
  return {
    runnerClient: { ...runnerClient, start },
    answered: async () => {
      const starts = await Promise.allSettled(pending);
      return starts.length > 0;
    },
  };
}

/** What was done shows at once: state lies where no watcher looks. */
function orderedOnBoard(ordering: Ordering, observer: Observer): Ordering {
  const seen = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    const given = await answer;
    await observer.look();
    return given;
  };
  return {
    archive: (task) => seen(ordering.archive(task)),
    unarchive: (task) => seen(ordering.unarchive(task)),
    deletion: ordering.deletion,
    delete: (task) => seen(ordering.delete(task)),
  };
}

function copyToTerminal(text: string): string {
  const sequence = clipboardSequence(text, process.env);
  if (sequence === null) return 'Too long for the clipboard; x exports it to a file';
  process.stdout.write(sequence);
  const lines = text.split('\n').length;
  return lines === 1 ? 'Copied' : `Copied ${lines} lines`;
}

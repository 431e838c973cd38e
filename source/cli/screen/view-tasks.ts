// The dashboard with the production deps, for the user's project and for the demo's: observes the tasks, recovers
// orphaned runs, and shows it all until the user quits.

import { withinTime } from '../../system/time-limit.ts';
import { emptyBoard } from '../../core/task/board.ts';
import type { TaskKey } from '../../core/task/task-key.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import type { Observer } from '../../engine/tasks/observer.ts';
import { createStore, type Store } from '../../engine/tasks/store.ts';
import { recoverOrphans } from '../../engine/run/recover-orphans.ts';
import { showGauge } from '../deps/gauge-deps.ts';
import { fieldEditor } from '../deps/field-editor.ts';
import { fileLinks } from '../deps/file-links.ts';
import { writePatch } from '../../system/changes/write-patch.ts';
import type { Away } from '../deps/away-deps.ts';
import { noticesFor } from '../deps/notice-deps.ts';
import type { DashboardProps } from '../../components/dashboard.tsx';
import type { CommandContext } from '../command-context.ts';
import { systemClock } from '../../system/clock.ts';
import type { Ordering } from '../../screen/commands/command-deps.ts';
import { themeFor } from '../../ui/look/theme.ts';
import { clipboardSequence } from '../../system/clipboard.ts';
import type { ShownSource } from '../../screen/sources/task-source.ts';

export type Watching = {
  source: ShownSource;
  store: Store;
  observer: Observer;
  /** What the first screen waits for. */
  ready?: Promise<void>;
};

/**
 * Keeps a Board of the source's tasks once the observer is started; `observer.close()` ends it. `project`: what the
 * screen calls the project.
 */
export function watchTasks(source: ShownSource, project: string): Watching {
  const store = createStore(emptyBoard(project), systemClock);
  const observer = source.observe((action) => store.dispatch(action));
  return { source, store, observer };
}

type Showing = {
  context: CommandContext;
  watching: Watching;
  /** Those of the source's runner clients. */
  starts: PendingStarts;
  selected: TaskKey | null;
  /** Says what happened since the last dashboard was closed. */
  away?: Pick<Away, 'greet' | 'close'>;
  sandbox: Sandbox;
  /** Where the keys come from, see openKeys(). */
  keys: NodeJS.ReadStream;
  /** Aborted when the user has quit. */
  quitSignal?: AbortSignal;
};

/** Resolves when the user has quit; rejects with the error that broke the screen. The tasks keep running either way. */
export async function viewTasks(showing: Showing): Promise<void> {
  const { context, watching, starts, selected, away, sandbox, keys } = showing;
  const { paths, configuration } = context;
  const { source, store, observer } = watching;
  const { runnerClient, verbs } = source;
  const recovering = recoverOrphans({ store, clock: systemClock, runnerClient });
  let endGauge = (): void => {};
  try {
    const [{ showDashboard }, links] = await Promise.all([
      import('../../components/dashboard.tsx'),
      fileLinks(process.env, paths.project),
      watching.ready,
      observer.look(),
    ]);
    const dashboard = {
      clock: systemClock,
      store,
      ...verbs,
      runnerClient,
      openLog: source.openLog,
      openDetails: source.openDetails,
      visitChanges: source.visitChanges,
      writePatch,
      editField: fieldEditor(paths.home, process.env),
      theme: {
        ...themeFor(process.env, {
          name: configuration.theme,
          ...(configuration.glyphs === null ? {} : { ascii: configuration.glyphs === 'ascii' }),
        }),
        links,
      },
      configuration,
      selected,
      sandbox,
      looksAtPlan: configuration.planOnly,
      copy: copyToTerminal,
      withinTime,
      ...(source.refuses === undefined ? {} : { refuses: source.refuses }),
      ...(verbs.ordering === undefined
        ? {}
        : { ordering: orderedOnBoard(verbs.ordering, observer) }),
      notify: noticesFor(paths, configuration, store),
    } satisfies DashboardProps;
    const left = showDashboard(dashboard, keys, showing.quitSignal);
    observer.watch();
    away?.greet();
    endGauge = showGauge(paths, configuration, store);
    await left;
    // What was started with the last keys runs, too: it is still to be seen.
    if (await starts.answered()) await observer.look();
  } finally {
    recovering.close();
    away?.close();
    endGauge();
    // An open /dev/tty would keep the process alive.
    if (keys !== process.stdin) keys.destroy();
  }
}

export type PendingStarts = {
  /** The same client; its starts count. */
  track(client: RunnerClient): RunnerClient;
  /** Waits for starts under way; false if there were none. */
  answered(): Promise<boolean>;
};

export function pendingStarts(): PendingStarts {
  const pending = new Set<Promise<unknown>>();
  return {
    track: (client) => ({
      ...client,
      start: async (run) => {
        const answer = client.start(run);
        pending.add(answer);
        try {
          return await answer;
        } finally {
          pending.delete(answer);
        }
      },
    }),
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

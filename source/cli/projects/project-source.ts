// The tasks of one project as a source, with the production deps.

import type { ProjectReport } from '../../core/report/project-report.ts';
import { acceptVersion } from '../../engine/tasks/accept-version.ts';
import { editInEditor } from '../../engine/tasks/edit-in-editor.ts';
import { inOrder } from '../../engine/in-order.ts';
import { editList } from '../../engine/tasks/edit-list.ts';
import { editText } from '../../engine/tasks/edit-text.ts';
import { takeOversOneByOne } from '../../engine/take-over/one-by-one.ts';
import { observeTasks } from '../../engine/tasks/observer.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import { tellTask } from '../../engine/tasks/tell-task.ts';
import type { TaskSource } from '../../screen/sources/task-source.ts';
import { systemClock } from '../../system/clock.ts';
import type { Configuration, WorktreeSetting } from '../../system/configuration.ts';
import { changesDeps } from '../deps/changes-deps.ts';
import { acceptDepsFor, detailsFeedFor } from '../deps/details-deps.ts';
import { editorDepsFor, textDepsFor } from '../deps/verbs/editor-deps.ts';
import { orderingFor } from '../deps/verbs/order-deps.ts';
import { mergingFor } from '../deps/verbs/resolve-deps.ts';
import { settingsFor } from '../deps/verbs/settings-deps.ts';
import { undoingFor } from '../deps/verbs/undo-deps.ts';
import { tellDepsFor } from '../deps/verbs/tell-deps.ts';
import { logFeedFor, observerDeps } from '../deps/viewing-deps.ts';
import { exportLog } from '../print/log-export.ts';
import type { ProjectPaths } from '../project-paths.ts';

type SourceOf = {
  paths: ProjectPaths;
  runnerClient: RunnerClient;
  configuration(): Configuration;
  /** Whether a new task gets a worktree; null: it can have none now. */
  worktree(): WorktreeSetting | null;
  readReport(): Promise<ProjectReport>;
};

export function projectSource(of: SourceOf): TaskSource {
  const { paths, runnerClient } = of;
  const takenOver = takeOversOneByOne();
  // Keys come faster than a list is written, and each is about what the one before it left.
  const edited = inOrder();
  return {
    observe: (tell) => observeTasks(observerDeps(paths), tell),
    openLog: (task) => logFeedFor(paths, task),
    openDetails: (task) => detailsFeedFor(paths, task),
    visitChanges: async (task) => changesDeps(paths, of.configuration().checking.checkpoints)(task),
    runnerClient,
    verbs: {
      worktree: of.worktree,
      exportLog: (what) => exportLog(paths, what),
      acceptVersion: ({ task, session }) => acceptVersion(acceptDepsFor(paths, task), session),
      editList: ({ task, edit }) =>
        edited(() => editList({ ...acceptDepsFor(paths, task), now: systemClock.now }, edit)),
      tell: ({ task, text, when }) =>
        tellTask(tellDepsFor(paths, task, runnerClient), { text, when }),
      takeBack: ({ task, id }) => tellDepsFor(paths, task, runnerClient).state.takeBackGuidance(id),
      merging: mergingFor(paths, runnerClient),
      ordering: orderingFor(paths),
      undoing: undoingFor(paths),
      settings: settingsFor(paths, of.configuration),
      readReport: of.readReport,
      openEditor: ({ task, what }, lend) =>
        what === 'list'
          ? editInEditor(editorDepsFor(paths, { task, what, lend }))
          : editText(textDepsFor(paths, { task, what, lend }), what),
      takeOver: (task, { pause, ...screen }) =>
        takenOver(task, async () => {
          const [{ takeOver }, { takeOverDepsFor }] = await Promise.all([
            import('../../engine/take-over/take-over.ts'),
            import('../deps/verbs/take-over-deps.ts'),
          ]);
          const own = { paths, task, client: runnerClient };
          return takeOver(await takeOverDepsFor(own, { ...screen, pauseTask: pause }));
        }),
    },
  };
}

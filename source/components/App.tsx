// Connects the hooks to the screen; decides nothing. Everything outside comes in as a parameter, so that a test can
// pass its own project and a fake terminal.

import { useCallback, useEffect, useMemo } from 'react';
import { useInput, useIsScreenReaderEnabled, usePaste, useWindowSize } from 'ink';
import type { Sandbox } from '../core/task/task.ts';
import type { TaskKey } from '../core/task/task-key.ts';
import type { OpenDetails } from '../engine/tasks/details-feed.ts';
import { noChanges, type VisitChanges } from '../engine/changes/keeper.ts';
import { noDetails } from '../engine/tasks/details-keeper.ts';
import type { TakenOver } from '../engine/take-over/take-over.ts';
import type { RunnerClient } from '../engine/tasks/runner-client.ts';
import type { OpenLog } from '../engine/log/keeper.ts';
import type { Store } from '../engine/tasks/store.ts';
import type { CommandDeps, FieldEditing } from '../screen/commands/command-deps.ts';
import type { LiveScreen } from '../screen/live-screen.ts';
import type { OwnScreen } from '../screen/own-screen.ts';
import { useChanges } from '../hooks/use-changes.ts';
import { useCodex } from '../hooks/use-codex.ts';
import { useCommands } from '../hooks/use-commands.ts';
import { pasted } from '../screen/commands/carry-out.ts';
import { useLiveScreen, useScreenState } from '../hooks/use-live-screen.ts';
import { useSessionLog } from '../hooks/use-session-log.ts';
import { useTaskDetails } from '../hooks/use-task-details.ts';
import { useTerminalLoan, useWayBackFromStop } from '../hooks/use-terminal-loan.ts';
import { lendingModes, suspend, useMouse, useTerminalModes } from '../hooks/use-terminal-modes.ts';
import type { Lend, TakeOverScreen, TaskVerbs } from '../screen/sources/task-source.ts';
import type { Clock } from '../system/clock.ts';
import { keysFrom } from '../ui/keys/keys.ts';
import { LinearScreen } from './LinearScreen.tsx';
import type { MouseInput } from '../ui/terminal/mouse-input.ts';
import { PaintedCanvas } from './PaintedCanvas.tsx';
import type { ScreenPainter } from '../ui/terminal/screen-painter.ts';
import { Screen } from './Screen.tsx';
import { hasRunner } from '../ui/look/state-words.ts';
import type { TerminalModes } from '../ui/terminal/terminal-modes.ts';
import type { Theme } from '../ui/look/theme.ts';

export type AppProps = {
  clock: Clock;
  store: Store;
  runnerClient: RunnerClient;
  openLog: OpenLog;
  /** Default: no details pane. */
  openDetails?: OpenDetails;
  /** Default: what a task changed cannot be read. */
  visitChanges?: VisitChanges;
  /** Writes a patch to a file that the user names; returns a sentence about the result. */
  writePatch?: (path: string, bytes: AsyncIterable<Buffer>) => Promise<string>;
  theme: Theme;
  /** Keys and mouse from the user's configuration. */
  own: OwnScreen;
  /** The task that the dashboard was opened for; it may not be on disk yet. */
  selected: TaskKey | null;
  sandbox: Sandbox;
  /** Whether a new task gets a worktree; null: it can have none now. Absent: there are none. */
  worktree?: CommandDeps['worktree'];
  /** Default: the form does not say that the plan is looked at first. */
  looksAtPlan?: boolean;
  /** Default: no copying, no export, and no version to accept. */
  copy?: CommandDeps['copy'];
  withinTime?: CommandDeps['withinTime'];
  exportLog?: CommandDeps['exportLog'];
  acceptVersion?: CommandDeps['acceptVersion'];
  editList?: CommandDeps['editList'];
  /** `lend`: gives the terminal to the editor. */
  openEditor?: TaskVerbs['openEditor'];
  /** Default: the texts of forms are only written here. */
  editField?: (what: FieldEditing, lend: Lend) => Promise<string | null>;
  takeOver?: (task: TaskKey, screen: TakeOverScreen) => Promise<TakenOver>;
  tell?: CommandDeps['tell'];
  takeBack?: CommandDeps['takeBack'];
  settings?: CommandDeps['settings'];
  merging?: CommandDeps['merging'];
  ordering?: CommandDeps['ordering'];
  undoing?: CommandDeps['undoing'];
  readReport?: CommandDeps['readReport'];
  /** Null: Ink draws everything itself, as for screen readers and tests. */
  painter: ScreenPainter | null;
  /** Null: the mouse and the window title of the terminal are left alone. */
  mouse?: MouseInput | null;
  modes?: TerminalModes | null;
  quit: () => void;
};

export function App(props: AppProps) {
  const { clock, store, runnerClient, openLog, theme, own, selected, sandbox, painter, quit } =
    props;
  const size = useWindowSize();
  const log = useSessionLog(openLog);
  const details = useTaskDetails(props.openDetails ?? noDetails);
  const changes = useChanges(props.visitChanges ?? noChanges);
  const screen = useLiveScreen({ clock, store, log, details, changes, theme, size, selected, own });

  const codex = useCodex(runnerClient, screen.requests);
  const modes = props.modes ?? null;
  const lent = useTerminalLoan(painter);
  const lend = useMemo(() => lendingModes(lent, modes), [lent, modes]);
  const toShell = useCallback(() => suspend(lend, clock), [lend, clock]);
  const bounds = props.withinTime === undefined ? {} : { withinTime: props.withinTime };
  const { writePatch, openEditor, editField } = props;
  const mayOpen = (): boolean => screen.view().dialog === null;
  const ofTakeOver = { lend, pause: codex.pause, mayOpen, sandbox };
  const { takeOver } = props;
  const exportPatch = (path: string): Promise<string> => {
    const read = changes.read();
    if (read === null || writePatch === undefined) return Promise.resolve('Nothing to export');
    return writePatch(path, read.bytes());
  };
  const press = useCommands({
    ...{ store: screen, clock, commands: own.commands, codex, sandbox, quit, suspend: toShell },
    ...(props.worktree === undefined ? {} : { worktree: props.worktree }),
    looksAtPlan: props.looksAtPlan ?? false,
    ...(props.copy === undefined ? {} : { copy: props.copy }),
    ...bounds,
    exportPatch,
    ...(props.exportLog === undefined ? {} : { exportLog: props.exportLog }),
    ...(props.acceptVersion === undefined ? {} : { acceptVersion: props.acceptVersion }),
    ...(props.editList === undefined ? {} : { editList: props.editList }),
    ...(openEditor === undefined ? {} : { openEditor: (what) => openEditor(what, lend) }),
    ...(editField === undefined ? {} : { editField: (what) => editField(what, lend) }),
    ...(takeOver === undefined ? {} : { takeOver: (task: TaskKey) => takeOver(task, ofTakeOver) }),
    ...(props.tell === undefined ? {} : { tell: props.tell }),
    ...(props.takeBack === undefined ? {} : { takeBack: props.takeBack }),
    ...(props.settings === undefined ? {} : { settings: props.settings }),
    ...(props.merging === undefined ? {} : { merging: props.merging }),
    ...(props.ordering === undefined ? {} : { ordering: props.ordering }),
    ...(props.undoing === undefined ? {} : { undoing: props.undoing }),
    ...(props.readReport === undefined ? {} : { readReport: props.readReport }),
  });
  useMouse({ screen, clock, press }, props.mouse ?? null);
  useTerminalModes(screen, modes);
  useInput((input, key) => {
    for (const pressed of keysFrom(input, key)) press(pressed);
  });
  // Always mounted: outside a form, pasted text would be read as keys, and a `q` in it would quit.
  usePaste((text) => {
    pasted({ store: screen, ...bounds }, text);
  });
  useWayBackFromStop(lend);
  useEffect(() => screen.subscribe(() => hasLeft(screen) && quit()), [screen, quit]);

  return painter === null ? (
    <DrawnScreen screen={screen} />
  ) : (
    <PaintedCanvas screen={screen} painter={painter} size={size} />
  );
}

function DrawnScreen({ screen }: { screen: LiveScreen }) {
  const state = useScreenState(screen);
  return useIsScreenReaderEnabled() ? <LinearScreen state={state} /> : <Screen state={state} />;
}

/** The user asked to pause everything and quit, and no task is under way any more. */
function hasLeft(screen: LiveScreen): boolean {
  const { view, board } = screen.state();
  return view.dialog?.kind === 'leaving' && !board.tasks.some(({ state }) => hasRunner(state));
}

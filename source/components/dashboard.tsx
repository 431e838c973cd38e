// Mounts <App/> on the alternate screen and gives the terminal back on every way out. The only caller of
// exit(). The screen owns nothing: when it is gone, the tasks keep running.

import { render } from 'ink';
import { App, type AppProps } from './App.tsx';
import { ownScreen } from '../screen/own-screen.ts';
import type { Refuses } from '../screen/sources/task-source.ts';
import type { Configuration } from '../system/configuration.ts';
import { boundedStream } from '../ui/terminal/bounded-stream.ts';
import { drawAnewOnResize } from '../ui/terminal/drawn-anew.ts';
import { mouseInput } from '../ui/terminal/mouse-input.ts';
import { createScreenPainter } from '../ui/terminal/screen-painter.ts';
import { terminalModes } from '../ui/terminal/terminal-modes.ts';

export type DashboardProps = Omit<AppProps, 'quit' | 'painter' | 'mouse' | 'modes' | 'own'> & {
  configuration: Pick<Configuration, 'keys' | 'mouse' | 'warnings'>;
  /** Default: every command can be used. */
  refuses?: Refuses;
  /** Tells the user by the terminal what happens, until the function that it returns is called. Default: nothing. */
  notify?: ((terminal: NotifyingTerminal) => () => void) | null;
};

type NotifyingTerminal = {
  isOurs(): boolean;
  isFocused(): boolean;
  /** Changes nothing on the screen. */
  write(bytes: string): void;
};

/**
 * Resolves when the user has quit, or `quitSignal` was aborted, and the terminal is restored. Rejects with the error that
 * broke the screen or was not caught: Node would print a stack trace, and not that the tasks keep running.
 */
export async function showDashboard(
  { configuration, notify = null, refuses, ...props }: DashboardProps,
  stdin: NodeJS.ReadStream,
  quitSignal?: AbortSignal,
): Promise<void> {
  const stdout = boundedStream(process.stdout);
  // Ink sets raw mode only after its first frame: an Enter before that would arrive as a line feed, not as Enter.
  if (stdin.isTTY) stdin.setRawMode(true);
  const isReadAloud = hasScreenReader();
  const painter = canBePainted() ? createScreenPainter(stdout) : null;
  const { clock } = props;
  const mouse = mouseInput(stdin, clock.monotonic);
  const hasModes = stdout.isTTY && !isReadAloud;
  const write = (bytes: string): void => void stdout.write(bytes);
  const modes = hasModes ? terminalModes(write, notify === null ? 'off' : 'on') : null;
  const instance = render(null, {
    stdout: painter?.inkStream ?? stdout,
    stdin: mouse.inkStream,
    // For a screen reader, output is written line by line and stays.
    alternateScreen: !isReadAloud,
    exitOnCtrlC: false,
    patchConsole: false,
    // If CI is set, Ink would show nothing at all, even on a terminal.
    interactive: stdout.isTTY,
    incrementalRendering: true,
  });
  // Entering the alternate screen does not move the cursor to the top left corner.
  if (!isReadAloud) stdout.write('\u001B[H');
  const own = ownScreen(configuration, props.clock.now(), refuses);
  const quit = (): void => instance.unmount();
  const rerender = (): void =>
    instance.rerender(<App {...props} {...{ own, painter, mouse, modes, quit }} />);
  rerender();
  quitSignal?.addEventListener('abort', quit);
  if (quitSignal?.aborted === true) quit();
  const { clear } = instance;
  const isDrawn = painter === null && !isReadAloud;
  const wakeAfter = (ms: number, callBack: () => void) => clock.wakeAt(clock.now() + ms, callBack);
  const stop = isDrawn ? drawAnewOnResize({ stdout, clear, rerender }, wakeAfter) : null;
  let uncaught: { error: unknown } | null = null;
  const breakOff = (error: unknown): void => {
    uncaught = { error };
    quit();
  };
  process.once('uncaughtException', breakOff);
  // A window that shrinks and grows again at once has lost what was on it, and Node, which sees its old size, says nothing.
  const paintAll = (): void => painter?.paintAll();
  process.on('SIGWINCH', paintAll);
  const { isFocused } = mouse.focus;
  const silence =
    modes === null ? undefined : notify?.({ isOurs: modes.isOurs, isFocused, write: modes.tell });
  try {
    await instance.waitUntilExit();
  } finally {
    process.off('uncaughtException', breakOff);
    process.off('SIGWINCH', paintAll);
    stop?.();
    silence?.();
  }
  throwAgain(uncaught);
}

function throwAgain(uncaught: { error: unknown } | null): void {
  if (uncaught !== null) throw uncaught.error;
}

/** Not for a screen reader, which reads what Ink writes. A dumb terminal never gets here, see openKeys(). */
function canBePainted(): boolean {
  if (process.env['AUTONOMOUS_TUI_CANVAS'] === 'ink' || hasScreenReader()) return false;
  return process.stdout.isTTY;
}

/** The same check as Ink's. */
function hasScreenReader(): boolean {
  return process.env['INK_SCREEN_READER'] === 'true';
}

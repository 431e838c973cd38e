// Mounts <App/> on the alternate screen and gives the terminal back on every way out. The only caller of
// exit(). The screen owns nothing: when it is gone, the work goes on.

import { render } from 'ink';
import { App, type AppProps } from './App.tsx';
import { drawAnewOnResize } from '../ui/terminal/drawn-anew.ts';
import { mouseInput } from '../ui/terminal/mouse-input.ts';
import { createScreenPainter } from '../ui/terminal/screen-painter.ts';
import { terminalModes } from '../ui/terminal/terminal-modes.ts';

export type DashboardProps = Omit<AppProps, 'quit' | 'painter' | 'mouse' | 'modes'>;

/**
 * Resolves when the person has left, or `leave` was aborted, and the terminal is as it was. Rejects with what broke the
 * picture, or was caught by nobody: Node would say where in our code, and not that the work goes on.
 */
export async function showDashboard(props: DashboardProps, leave?: AbortSignal): Promise<void> {
  const { stdout, stdin } = process;
  // Ink does so only after its first frame: an Enter that came before that would be a line feed, which is no Enter.
  if (stdin.isTTY) stdin.setRawMode(true);
  const isReadAloud = hasScreenReader();
  const painter = canBePainted() ? createScreenPainter(stdout) : null;
  const mouse = mouseInput(stdin);
  const hasModes = stdout.isTTY && process.env['TERM'] !== 'dumb' && !isReadAloud;
  const modes = hasModes ? terminalModes((bytes) => void stdout.write(bytes)) : null;
  const instance = render(null, {
    stdout: painter?.inkStream ?? stdout,
    stdin: mouse.inkStream,
    // What is read aloud is written one under the other, and stays.
    alternateScreen: !isReadAloud,
    exitOnCtrlC: false,
    patchConsole: false,
    // Ink would show nothing at all where CI is set, although somebody looks.
    interactive: stdout.isTTY,
    incrementalRendering: true,
  });
  // The alternate screen does not begin at its top left corner by itself.
  if (!isReadAloud) stdout.write('\u001B[H');
  const quit = (): void => instance.unmount();
  const rerender = (): void =>
    instance.rerender(<App {...props} {...{ painter, mouse, modes, quit }} />);
  rerender();
  leave?.addEventListener('abort', quit);
  if (leave?.aborted === true) quit();
  const { clear } = instance;
  const isDrawn = painter === null && !isReadAloud;
  const stop = isDrawn ? drawAnewOnResize({ stdout, clear, rerender }) : null;
  let uncaught: { error: unknown } | null = null;
  const breakOff = (error: unknown): void => {
    uncaught = { error };
    quit();
  };
  process.once('uncaughtException', breakOff);
  try {
    await instance.waitUntilExit();
  } finally {
    process.off('uncaughtException', breakOff);
    stop?.();
  }
  throwAgain(uncaught);
}

function throwAgain(uncaught: { error: unknown } | null): void {
  if (uncaught !== null) throw uncaught.error;
}

/** A screen reader reads what Ink writes, and a dumb terminal can't put the cursor anywhere. */
function canBePainted(): boolean {
  const { TERM, AUTONOMOUS_TUI_CANVAS } = process.env;
  if (AUTONOMOUS_TUI_CANVAS === 'ink' || hasScreenReader()) return false;
  return process.stdout.isTTY && TERM !== 'dumb';
}

/** As Ink has it. */
function hasScreenReader(): boolean {
  return process.env['INK_SCREEN_READER'] === 'true';
}

// Mounts <App/> on the alternate screen and gives the terminal back on every way out. The only caller of
// exit(). The screen owns nothing: when it is gone, the work goes on.

import { render } from 'ink';
import { App, type AppProps } from './ui/App.tsx';

export type DashboardProps = Omit<AppProps, 'quit'>;

/** Resolves when the person has left, and the terminal is as it was. Rejects with what broke the picture. */
export async function showDashboard(props: DashboardProps): Promise<void> {
  const instance = render(null, {
    alternateScreen: true,
    exitOnCtrlC: false,
    patchConsole: false,
    // Ink would show nothing at all where CI is set, although somebody looks.
    interactive: process.stdout.isTTY,
    incrementalRendering: true,
  });
  // The alternate screen does not begin at its top left corner by itself.
  process.stdout.write('\u001B[H');
  const quit = (): void => instance.unmount();
  instance.rerender(<App {...props} quit={quit} />);
  await instance.waitUntilExit();
}

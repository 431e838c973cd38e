// The terminal modes that we set: mouse and focus reports and the window title. They are restored at the end, and while
// another program has the terminal.

export type TerminalModes = {
  setMouse(mouse: 'on' | 'off'): void;
  setTitle(title: string): void;
  /** Whether the terminal is ours: not released. */
  isOurs(): boolean;
  /** Writes what changes neither the screen nor a mode; nothing while the terminal is not ours. */
  tell(bytes: string): void;
  /** Restores the modes as they were; nothing is written until `takeBack()`. */
  release(): void;
  takeBack(): void;
};

/** Presses and the wheel, in the encoding that works beyond 223 columns. */
const mouseOn = '\u001B[?1000h\u001B[?1006h';
const mouseOff = '\u001B[?1006l\u001B[?1000l';
/** The terminal says when it gets the focus, and when it loses it. */
const focusOn = '\u001B[?1004h';
const focusOff = '\u001B[?1004l';
/** The terminal stores its title, and restores it later. */
const keepTitle = '\u001B[22;2t';
const oldTitle = '\u001B[23;2t';

/** Nothing is set before the first `takeBack()`. */
export function terminalModes(
  write: (bytes: string) => void,
  focusReports: 'on' | 'off',
): TerminalModes {
  let mouse: 'on' | 'off' = 'off';
  let title: string | null = null;
  let isReleased = true;
  const writeTitle = (text: string): void => write(`\u001B]2;${text}\u0007`);
  return {
    setMouse: (wanted) => {
      if (wanted === mouse) return;
      mouse = wanted;
      if (!isReleased) write(mouse === 'on' ? mouseOn : mouseOff);
    },
    setTitle: (wanted) => {
      if (wanted === title) return;
      if (title === null && !isReleased) write(keepTitle);
      title = wanted;
      if (!isReleased) writeTitle(title);
    },
    isOurs: () => !isReleased,
    tell: (bytes) => {
      if (!isReleased) write(bytes);
    },
    release: () => {
      if (isReleased) return;
      isReleased = true;
      if (focusReports === 'on') write(focusOff);
      if (mouse === 'on') write(mouseOff);
      if (title !== null) write(oldTitle);
    },
    takeBack: () => {
      if (!isReleased) return;
      isReleased = false;
      if (focusReports === 'on') write(focusOn);
      if (mouse === 'on') write(mouseOn);
      if (title === null) return;
      write(keepTitle);
      writeTitle(title);
    },
  };
}

// The terminal modes that we set: mouse reports and the window title. They are restored at the end, and while another
// program has the terminal.

export type TerminalModes = {
  setMouse(mouse: 'on' | 'off'): void;
  setTitle(title: string): void;
  /** Restores the modes as they were; nothing is written until `takeBack()`. */
  release(): void;
  takeBack(): void;
};

/** Presses and the wheel, in the encoding that works beyond 223 columns. */
const mouseOn = '\u001B[?1000h\u001B[?1006h';
const mouseOff = '\u001B[?1006l\u001B[?1000l';
/** The terminal stores its title, and restores it later. */
const keepTitle = '\u001B[22;2t';
const oldTitle = '\u001B[23;2t';

export function terminalModes(write: (bytes: string) => void): TerminalModes {
  let mouse: 'on' | 'off' = 'off';
  let title: string | null = null;
  let isReleased = false;
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
    release: () => {
      if (isReleased) return;
      isReleased = true;
      if (mouse === 'on') write(mouseOff);
      if (title !== null) write(oldTitle);
    },
    takeBack: () => {
      if (!isReleased) return;
      isReleased = false;
      if (mouse === 'on') write(mouseOn);
      if (title === null) return;
      write(keepTitle);
      writeTitle(title);
    },
  };
}

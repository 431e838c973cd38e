// A terminal's two streams as Ink expects them, connected to an emulator: tests read what was drawn from its cells.

import { EventEmitter } from 'node:events';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import xterm from '@xterm/headless';

/** Something that draws bytes on a screen. */
export type TerminalScreen = {
  write(data: string): void;
  /** Resolves when everything written so far has been drawn. */
  settled(): Promise<void>;
  resize(columns: number, rows: number): void;
  /** By row and column: character and look. Blanks are the same in every look without a background. */
  cells(): string[][] | Promise<string[][]>;
  end(): void;
};

/** A screen whose cells can be read synchronously. */
export type EmulatedScreen = Omit<TerminalScreen, 'cells'> & { cells(): string[][] };

export type FakeTerminal = {
  stdout: NodeJS.WriteStream;
  stdin: NodeJS.ReadStream;
  resize(columns: number, rows: number): void;
  press(keys: string): void;
  /** Resolves when everything written so far has been drawn. */
  settled(): Promise<void>;
  /** By row and column: character and look. Blanks are the same in every look without a background. */
  cells(): string[][];
  text(): string[];
  /** Every single write. */
  writes(): readonly string[];
};

const knownWidths = new Map<string, number>();

/** The cells that the emulator gives each of these clusters. */
export async function emulatedWidths(clusters: Iterable<string>): Promise<Map<string, number>> {
  const emulator = emulatorOf(80, 2);
  for (const cluster of new Set(clusters)) {
    if (knownWidths.has(cluster)) continue;
    await new Promise<void>((resolve) => emulator.write(`\u001B[H${cluster}`, resolve));
    knownWidths.set(cluster, emulator.buffer.active.cursorX);
  }
  return knownWidths;
}

export function fakeTerminal(columns: number, rows: number): FakeTerminal {
  const screen: EmulatedScreen = emulatedScreen(columns, rows);
  const text = (): string[] =>
    screen.cells().map((row) =>
      row
        .map((cell) => [...cell][0])
        .join('')
        .trimEnd(),
    );
  return { ...terminalOn(screen, columns, rows), cells: screen.cells, text };
}

/** Only the streams; read what they draw from the screen. */
export function terminalOn(
  screen: Pick<TerminalScreen, 'write' | 'settled' | 'resize'>,
  columns: number,
  rows: number,
): Omit<FakeTerminal, 'cells' | 'text'> {
  const written: string[] = [];
  const stdout = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns,
    rows,
    writable: true,
    destroyed: false,
    writableEnded: false,
    writableNeedDrain: false,
    write: (data: string, done?: () => void) => {
      written.push(data);
      screen.write(data);
      done?.();
      return true;
    },
  });
  const waiting: string[] = [];
  const stdin = Object.assign(new EventEmitter(), {
    isTTY: true,
    setRawMode: () => stdin,
    setEncoding: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
    read: () => waiting.shift() ?? null,
  });
  return {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: stdin as unknown as NodeJS.ReadStream,
    resize: (toColumns, toRows) => {
      screen.resize(toColumns, toRows);
      Object.assign(stdout, { columns: toColumns, rows: toRows });
      stdout.emit('resize');
    },
    press: (keys) => {
      waiting.push(keys);
      stdin.emit('readable');
    },
    settled: screen.settled,
    writes: () => written,
  };
}

export function emulatedScreen(columns: number, rows: number): EmulatedScreen {
  const emulator = emulatorOf(columns, rows);
  return {
    write: (data) => emulator.write(data),
    settled: () => new Promise((resolve) => emulator.write('', resolve)),
    resize: (toColumns, toRows) => emulator.resize(toColumns, toRows),
    cells: () => cellsOf(emulator),
    end: () => emulator.dispose(),
  };
}

function emulatorOf(cols: number, rows: number): InstanceType<typeof xterm.Terminal> {
  const emulator = new xterm.Terminal({
    cols,
    rows,
    allowProposedApi: true,
    scrollback: 0,
    // A real terminal's driver turns a line feed into carriage return and line feed.
    convertEol: true,
  });
  // Without this an emoji counts as one cell.
  emulator.loadAddon(new UnicodeGraphemesAddon());
  return emulator;
}

function cellsOf(emulator: InstanceType<typeof xterm.Terminal>): string[][] {
  const { active } = emulator.buffer;
  return Array.from({ length: emulator.rows }, (_, y) => {
    const line = active.getLine(active.baseY + y);
    return Array.from({ length: emulator.cols }, (__, x) => {
      const cell = line?.getCell(x);
      if (cell === undefined) return '?';
      const ground = cell.isBgDefault() ? '' : ` on ${cell.getBgColorMode()}:${cell.getBgColor()}`;
      const inverse =
        (cell.isUnderline() ? ' underline' : '') + (cell.isInverse() ? ' inverse' : '');
      const text = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
      if (text === ' ') return text + ground + inverse;
      const color = cell.isFgDefault() ? '' : ` ${cell.getFgColorMode()}:${cell.getFgColor()}`;
      const weight = (cell.isBold() ? ' bold' : '') + (cell.isDim() ? ' dim' : '');
      return text + color + ground + weight + (cell.isItalic() ? ' italic' : '') + inverse;
    });
  });
}

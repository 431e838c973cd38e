// The painter and Ink draw the same screens after any sequence of changes. CI tries some sequences;
// CANVAS_SEQUENCES=1000 tries more, CANVAS_TERMINAL=tmux runs them in tmux instead of an emulator.

import fc from 'fast-check';
import { render } from 'ink';
import { useEffect, type ReactNode } from 'react';
import { afterAll, expect, test } from 'vitest';
import { commands } from '../../source/screen/commands/command-table.ts';
import type { LiveScreen } from '../../source/screen/live-screen.ts';
import { useTerminalLoan, type LendTerminal } from '../../source/hooks/use-terminal-loan.ts';
import { drawAnew } from '../../source/ui/terminal/drawn-anew.ts';
import { spinnerFrames } from '../../source/ui/look/glyphs.ts';
import { PaintedCanvas } from '../../source/components/PaintedCanvas.tsx';
import { rowText, runsWidth } from '../../source/ui/rows/row.ts';
import {
  createScreenPainter,
  type ScreenPainter,
} from '../../source/ui/terminal/screen-painter.ts';
import { Screen } from '../../source/components/Screen.tsx';
import { screenParts, screenRows, type ScreenState } from '../../source/ui/screen.ts';
import { clustersOf } from '../../source/ui/look/text-width.ts';
import { darkTheme } from '../../source/ui/look/theme.ts';
import { reduceView } from '../../source/ui/view/reducer.ts';
import { initialView } from '../../source/ui/view/state.ts';
import { anyEntries, anyTasks } from '../ui/arbitrary.ts';
import { anyAction } from '../ui/arbitrary-screen.ts';
import {
  emulatedScreen,
  emulatedWidths,
  terminalOn,
  type TerminalScreen,
} from '../ui/fake-terminal.ts';
import { board, screen } from '../ui/sample.ts';
import { startTmux } from '../ui/tmux-screen.ts';

/** Ink does not work in smaller ones: it wraps in a terminal of one column. */
const anySize = fc.record({
  columns: fc.integer({ min: 20, max: 130 }),
  rows: fc.integer({ min: 4, max: 36 }),
});

const numRuns = Number(process.env['CANVAS_SEQUENCES'] ?? 60);
const inTmux = process.env['CANVAS_TERMINAL'] === 'tmux' ? startTmux() : null;
afterAll(() => inTmux?.close());

const newScreen: (columns: number, rows: number) => TerminalScreen =
  inTmux?.screen ?? emulatedScreen;

/** Characters that have the same width in every terminal: ASCII, our own glyphs, East Asian characters. */
const measuredAlike = /^[\n -~\u2190-\u21ff\u2500-\u259f\u2800-\u28ff\u4e00-\u9fff·…–]$/u;

/** tmux measures some clusters in its own way, and then everything that Ink wrote after them is out of place. */
function shownAlike<Value>(value: Value): Value {
  return inTmux === null ? value : (withTexts(value, alike) as Value);
}

function alike(text: string): string {
  return [...clustersOf(text)]
    .map((one) => (measuredAlike.test(one.text) ? one.text : one.width === 2 ? '漢' : 'x'))
    .join('');
}

/** The value with every text in it replaced; values other than plain objects and lists stay. */
function withTexts(value: unknown, inWords: (text: string) => string): unknown {
  if (typeof value === 'string') return inWords(value);
  if (Array.isArray(value)) return value.map((one) => withTexts(one, inWords));
  if (typeof value !== 'object' || value === null) return value;
  const kind: unknown = Object.getPrototypeOf(value);
  if (kind !== Object.prototype && kind !== null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withTexts(one, inWords)]),
  );
}

const someActions = anyAction.map(shownAlike);
const someTasks = anyTasks.map(shownAlike);
const someEntries = anyEntries.map(shownAlike);

type Step = 'suspend' | ((before: ScreenState) => ScreenState);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  someActions.map((action): Step => (before) => ({
    ...before,
    view: reduceView(before.view, action, before),
  })),
  someTasks.map((tasks): Step => (before) => ({ ...before, board: board({ tasks }) })),
  someEntries.map((entries): Step => ({ log, ...before }) => ({
    ...before,
    log: { task: log?.task ?? '', entries },
  })),
  anySize.map((size): Step => (before) => ({ ...before, size })),
  fc.constant('suspend' as const),
  fc.nat(2500).map((ms): Step => (before) => ({
    ...before,
    now: before.now + ms,
    animationFrame: before.animationFrame + Math.floor(ms / 100),
  })),
);

const anySequence = fc.record({
  size: anySize,
  tasks: someTasks,
  entries: someEntries,
  steps: fc.array(anyStep, { minLength: 2, maxLength: 6 }),
  ascii: fc.boolean(),
});

test(
  `the painter shows the cells that Ink shows${inTmux === null ? '' : ', in tmux'}`,
  async () => {
    await fc.assert(
      fc.asyncProperty(anySequence, async ({ size, tasks, entries, steps, ascii }) => {
        const first = settled({
          ...screen('80×24'),
          size,
          board: board({ tasks }),
          view: initialView({ commands }),
          log: { task: tasks[0]?.name ?? '', entries },
          theme: { ...darkTheme, ascii },
        });
        const drawn = drawnByInk(first);
        const painted = paintedByUs(first);
        let state = first;
        try {
          for (const step of [(same: ScreenState) => same, ...steps]) {
            if (step === 'suspend') {
              await drawn.suspend();
              await painted.suspend();
            } else {
              state = settled(step(state));
              await drawn.show(state);
              await painted.show(state);
            }
            const isComparable = await comparableRows(state);
            const rows = (cells: string[][]) =>
              cells.filter((_, y) => isComparable[y]).map((row) => row.join('│'));
            expect(rows(await seen(painted, state))).toEqual(rows(await seen(drawn, state)));
          }
        } finally {
          drawn.end();
          painted.end();
        }
      }),
      { numRuns },
    );
  },
  60_000 + numRuns * 1000,
);

type Streams = ReturnType<typeof terminalOn>;

type Backend = {
  screen: TerminalScreen;
  show(state: ScreenState): Promise<void>;
  /** Another program writes on the terminal for a while. */
  suspend(): Promise<void>;
  end(): void;
};

function drawnByInk(first: ScreenState): Backend {
  const { columns, rows } = first.size;
  const screen = newScreen(columns, rows);
  const terminal = terminalOn(screen, columns, rows);
  const { ink, lend } = inkOn(terminal, null, <Screen state={first} />);
  let size = first.size;
  return {
    screen,
    show: async (state) => {
      fit(terminal, state);
      ink.rerender(<Screen state={state} />);
      await ink.waitUntilRenderFlush();
      if (state.size !== size) {
        size = state.size;
        const rerender = () => ink.rerender(<Screen state={state} />);
        drawAnew({ stdout: terminal.stdout, clear: ink.clear, rerender });
        await ink.waitUntilRenderFlush();
      }
      await terminal.settled();
    },
    suspend: () => suspended(terminal, lend),
    end: () => {
      ink.unmount();
      screen.end();
    },
  };
}

function paintedByUs(first: ScreenState): Backend {
  const { columns, rows } = first.size;
  const screen = newScreen(columns, rows);
  const terminal = terminalOn(screen, columns, rows);
  const painter = createScreenPainter(terminal.stdout);
  let current = first;
  const listeners = new Set<() => void>();
  const live = {
    state: () => current,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as LiveScreen;
  const canvas = () => <PaintedCanvas screen={live} painter={painter} size={current.size} />;
  const { ink, lend } = inkOn(terminal, painter, canvas());
  return {
    screen,
    show: async (state) => {
      const isResized = state.size !== current.size;
      current = state;
      fit(terminal, state);
      if (isResized) ink.rerender(canvas());
      listeners.forEach((listener) => listener());
      if (isResized) await ink.waitUntilRenderFlush();
      await terminal.settled();
    },
    suspend: () => suspended(terminal, lend),
    end: () => {
      ink.unmount();
      screen.end();
    },
  };
}

function inkOn(terminal: Streams, painter: ScreenPainter | null, node: ReactNode) {
  const lenders: LendTerminal[] = [];
  function Lender() {
    const lend = useTerminalLoan(painter);
    useEffect(() => void lenders.push(lend), [lend]);
    return null;
  }
  const ink = render(<Lender />, {
    stdout: painter?.inkStream ?? terminal.stdout,
    stdin: terminal.stdin,
    alternateScreen: true,
    interactive: true,
    patchConsole: false,
    incrementalRendering: true,
    exitOnCtrlC: false,
  });
  terminal.stdout.write('\u001B[H');
  const withLender = (shown: ReactNode) => (
    <>
      <Lender />
      {shown}
    </>
  );
  const rerender = (shown: ReactNode) => ink.rerender(withLender(shown));
  rerender(node);
  const lend: LendTerminal = async (use) => {
    // Effects of the first render may still be pending.
    await ink.waitUntilRenderFlush();
    await lenders[0]?.(use);
    await ink.waitUntilRenderFlush();
  };
  return { ink: { ...ink, rerender }, lend };
}

async function suspended(terminal: Streams, lend: LendTerminal): Promise<void> {
  await lend(async () => {
    terminal.stdout.write('an editor, perhaps\r\n'.repeat(3));
    await terminal.settled();
  });
  await terminal.settled();
}

function fit(terminal: Streams, { size }: ScreenState): void {
  const { columns, rows } = terminal.stdout;
  if (columns !== size.columns || rows !== size.rows) terminal.resize(size.columns, size.rows);
}

function settled(state: ScreenState): ScreenState {
  const view = reduceView(state.view, { type: 'scene-changed' }, state);
  const log = state.log && { ...state.log, task: view.selected ?? '' };
  return { ...state, view, log };
}

/**
 * If the emulator gives a cluster another width than we and Ink do, Ink's row is out of place and ours is not. The
 * painter's own test covers that.
 */
async function comparableRows(state: ScreenState): Promise<boolean[]> {
  const rows = screenRows(state).map((row) => [...clustersOf(rowText(row))]);
  const widths = await emulatedWidths(rows.flat().map(({ text }) => text));
  return rows.map((row) => row.every(({ text, width }) => widths.get(text) === width));
}

/** Ink's own spinner has its own clock, so only its presence is compared. */
async function seen({ screen }: Backend, state: ScreenState): Promise<string[][]> {
  const cells = await screen.cells();
  const { header } = screenParts(state);
  if (!header?.spinner) return cells;
  const at = runsWidth(header.before);
  const frames = state.theme.ascii ? ['-', '\\', '|', '/'] : spinnerFrames;
  return cells.map((row, y) =>
    row.map((cell, x) =>
      y === 0 && x === at
        ? cell.replace(/^./u, (text) => (frames.includes(text) ? '*' : text))
        : cell,
    ),
  );
}

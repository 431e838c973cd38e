// The painter and Ink draw the same screens, whatever happened before. CI tries some sequences;
// CANVAS_SEQUENCES=1000 tries more.

import fc from 'fast-check';
import { render } from 'ink';
import { useEffect, type ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import type { LiveScreen } from '../../source/hooks/live-screen.ts';
import { useTerminalLoan, type LendTerminal } from '../../source/hooks/use-terminal-loan.ts';
import { drawAnew } from '../../source/ui/drawn-anew.ts';
import { spinnerFrames } from '../../source/ui/glyphs.ts';
import { PaintedCanvas } from '../../source/ui/PaintedCanvas.tsx';
import { rowText, runsWidth } from '../../source/ui/rows/row.ts';
import { createScreenPainter, type ScreenPainter } from '../../source/ui/screen-painter.ts';
import { Screen } from '../../source/ui/Screen.tsx';
import { screenPicture, screenRows, type ScreenState } from '../../source/ui/screen.ts';
import { clustersOf } from '../../source/ui/text-width.ts';
import { darkTheme } from '../../source/ui/theme.ts';
import { reduceView } from '../../source/ui/view-reducer.ts';
import { initialView } from '../../source/ui/view-state.ts';
import { anyEntries, anyTasks } from './arbitrary.ts';
import { anyAction } from './arbitrary-screen.ts';
import { emulatedWidths, fakeTerminal, type FakeTerminal } from './fake-terminal.ts';
import { board, screen } from './sample.ts';

// Ink asks chalk, and chalk the environment, whether there are colours.
vi.hoisted(() => (process.env['FORCE_COLOR'] = '3'));

/** Smaller ones are too small for Ink: it wraps in a terminal of one column. */
const anySize = fc.record({
  columns: fc.integer({ min: 20, max: 130 }),
  rows: fc.integer({ min: 4, max: 36 }),
});

type Step = 'suspend' | ((before: ScreenState) => ScreenState);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  anyAction.map((action): Step => (before) => ({
    ...before,
    view: reduceView(before.view, action, before),
  })),
  anyTasks.map((tasks): Step => (before) => ({ ...before, board: board({ tasks }) })),
  anyEntries.map((entries): Step => ({ log, ...before }) => ({
    ...before,
    log: { task: log?.task ?? '', entries },
  })),
  anySize.map((size): Step => (before) => ({ ...before, size })),
  fc.constant('suspend' as const),
  fc.nat(2500).map((ms): Step => (before) => ({
    ...before,
    now: before.now + ms,
    tick: before.tick + Math.floor(ms / 100),
  })),
);

const anySequence = fc.record({
  size: anySize,
  tasks: anyTasks,
  entries: anyEntries,
  steps: fc.array(anyStep, { minLength: 2, maxLength: 6 }),
  ascii: fc.boolean(),
});

const numRuns = Number(process.env['CANVAS_SEQUENCES'] ?? 60);

test(
  'the painter shows the cells that Ink shows',
  async () => {
    await fc.assert(
      fc.asyncProperty(anySequence, async ({ size, tasks, entries, steps, ascii }) => {
        const first = settled({
          ...screen('80×24'),
          size,
          board: board({ tasks }),
          view: initialView(),
          log: { task: tasks[0]?.name ?? '', entries },
          theme: { ...darkTheme, ascii },
        });
        const drawn = drawnByInk(first);
        const painted = paintedByUs(first);
        let state = first;
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
          expect(rows(seen(painted.terminal, state))).toEqual(rows(seen(drawn.terminal, state)));
        }
        drawn.end();
        painted.end();
      }),
      { numRuns },
    );
  },
  60_000 + numRuns * 1000,
);

type Backend = {
  terminal: FakeTerminal;
  show(state: ScreenState): Promise<void>;
  /** Somebody else writes on the terminal for a while. */
  suspend(): Promise<void>;
  end(): void;
};

function drawnByInk(first: ScreenState): Backend {
  const terminal = fakeTerminal(first.size.columns, first.size.rows);
  const { ink, lend } = inkOn(terminal, null, <Screen state={first} />);
  let size = first.size;
  return {
    terminal,
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
    end: () => ink.unmount(),
  };
}

function paintedByUs(first: ScreenState): Backend {
  const terminal = fakeTerminal(first.size.columns, first.size.rows);
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
    terminal,
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
    end: () => ink.unmount(),
  };
}

function inkOn(terminal: FakeTerminal, painter: ScreenPainter | null, node: ReactNode) {
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
    // Effects of the first render may still be waiting.
    await ink.waitUntilRenderFlush();
    await lenders[0]?.(use);
    await ink.waitUntilRenderFlush();
  };
  return { ink: { ...ink, rerender }, lend };
}

async function suspended(terminal: FakeTerminal, lend: LendTerminal): Promise<void> {
  await lend(async () => {
    terminal.stdout.write('an editor, perhaps\r\n'.repeat(3));
    await terminal.settled();
  });
  await terminal.settled();
}

function fit(terminal: FakeTerminal, { size }: ScreenState): void {
  const { columns, rows } = terminal.stdout;
  if (columns !== size.columns || rows !== size.rows) terminal.resize(size.columns, size.rows);
}

function settled(state: ScreenState): ScreenState {
  const view = reduceView(state.view, { type: 'scene-changed' }, state);
  const log = state.log && { ...state.log, task: view.selected ?? '' };
  return { ...state, view, log };
}

/**
 * Where the emulator gives another width to a cluster than we and Ink do, Ink's row is out of place and ours is not:
 * that is the painter's own test.
 */
async function comparableRows(state: ScreenState): Promise<boolean[]> {
  const rows = screenRows(state).map((row) => [...clustersOf(rowText(row))]);
  const widths = await emulatedWidths(rows.flat().map(({ text }) => text));
  return rows.map((row) => row.every(({ text, width }) => widths.get(text) === width));
}

/** Ink's own spinner turns by a clock of its own: that it is there is enough. */
function seen(terminal: FakeTerminal, state: ScreenState): string[][] {
  const cells = terminal.cells();
  const { header } = screenPicture(state);
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

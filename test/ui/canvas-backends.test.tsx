// The painter and Ink draw the same screens, whatever happened before. CI tries some sequences;
// CANVAS_SEQUENCES=1000 tries more.

import fc from 'fast-check';
import { render } from 'ink';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import type { LiveScreen } from '../../source/hooks/live-screen.ts';
import { clearOnResize } from '../../source/ui/clear-on-resize.ts';
import { spinnerFrames } from '../../source/ui/glyphs.ts';
import { PaintedCanvas } from '../../source/ui/PaintedCanvas.tsx';
import { rowText, runsWidth } from '../../source/ui/rows/row.ts';
import { createScreenPainter } from '../../source/ui/screen-painter.ts';
import { Screen } from '../../source/ui/Screen.tsx';
import { screenPicture, screenRows, type ScreenState } from '../../source/ui/screen.ts';
import { clustersOf } from '../../source/ui/text-width.ts';
import { darkTheme } from '../../source/ui/theme.ts';
import { initialView, reduceView } from '../../source/ui/view-state.ts';
import { anyEntries, anyTasks } from './arbitrary.ts';
import { anyAction } from './arbitrary-screen.ts';
import { emulatedWidths, fakeTerminal, type FakeTerminal } from './fake-terminal.ts';
import { board, screen } from './sample.ts';

// Ink asks chalk, and chalk the environment, whether there are colours.
vi.hoisted(() => (process.env['FORCE_COLOR'] = '3'));

/** Smaller ones are too small for Ink: it wraps in a terminal of one column. */
const anySize = fc.record({
  columns: fc.integer({ min: 20, max: 140 }),
  rows: fc.integer({ min: 4, max: 45 }),
});

type Step = (before: ScreenState) => ScreenState;

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

const numRuns = Number(process.env['CANVAS_SEQUENCES'] ?? 150);

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
          state = settled(step(state));
          await drawn.show(state);
          await painted.show(state);
          const isComparable = await comparableRows(state);
          const rows = (cells: string[][]) => cells.filter((_, y) => isComparable[y]);
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

type Backend = { terminal: FakeTerminal; show(state: ScreenState): Promise<void>; end(): void };

function drawnByInk(first: ScreenState): Backend {
  const terminal = fakeTerminal(first.size.columns, first.size.rows);
  const ink = inkOn(terminal, terminal.stdout, <Screen state={first} />);
  clearOnResize(terminal.stdout, ink);
  return {
    terminal,
    show: async (state) => {
      fit(terminal, state);
      ink.rerender(<Screen state={state} />);
      await ink.waitUntilRenderFlush();
      await terminal.settled();
    },
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
  const ink = inkOn(terminal, painter.inkStream, canvas());
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
    end: () => ink.unmount(),
  };
}

function inkOn(terminal: FakeTerminal, stdout: NodeJS.WriteStream, node: ReactNode) {
  const { stdin } = terminal;
  const ink = render(null, {
    stdout,
    stdin,
    alternateScreen: true,
    interactive: true,
    patchConsole: false,
    incrementalRendering: true,
    exitOnCtrlC: false,
  });
  terminal.stdout.write('\u001B[H');
  ink.rerender(node);
  return ink;
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

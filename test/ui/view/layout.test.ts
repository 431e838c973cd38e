import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutFor, type Rectangle } from '../../../source/ui/view/layout.ts';

const kindAt = (columns: number, rows: number) =>
  layoutFor({ columns, rows }, { focus: 'tasks', taskCount: 5 }).kind;

test.each([
  [120, 40, 'wide'],
  [110, 14, 'wide'],
  [109, 14, 'stacked'],
  [80, 24, 'stacked'],
  [60, 14, 'stacked'],
  [59, 40, 'single'],
  [200, 13, 'single'],
  [40, 10, 'single'],
  [39, 10, 'too small'],
  [40, 9, 'too small'],
  [1, 1, 'too small'],
  [0, 0, 'too small'],
])('%i×%i is %s', (columns, rows, kind) => {
  expect(kindAt(columns, rows)).toBe(kind);
});

test('no pane leaves the screen or overlaps another pane, the header or the footer', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 40, max: 300 }),
      fc.integer({ min: 10, max: 100 }),
      fc.nat(5000),
      fc.constantFrom('tasks', 'details', 'log'),
      fc.constantFrom('zoomed', 'none'),
      (columns, rows, taskCount, focus, zoom) => {
        const layout = layoutFor({ columns, rows }, { focus, taskCount, zoom });
        if (layout.kind === 'too small') throw new Error('it is large enough');
        expect(layout[focus]).not.toBeNull();
        const panes = [layout.tasks, layout.details, layout.log].filter((pane) => pane !== null);
        for (const { x, y, width, height } of panes) {
          expect(x + width).toBeLessThanOrEqual(columns);
          expect(y).toBeGreaterThan(0);
          expect(y + height).toBeLessThan(rows);
          expect(Math.min(width, height)).toBeGreaterThan(0);
        }
        for (const one of panes) {
          for (const other of panes) if (one !== other) expect(overlap(one, other)).toBe(false);
        }
      },
    ),
  );
});

test('the log keeps most of the height, however many tasks there are', () => {
  const layout = layoutFor({ columns: 80, rows: 24 }, { focus: 'tasks', taskCount: 500 });
  if (layout.kind !== 'stacked') throw new Error('it is stacked');
  expect(layout.log?.height).toBeGreaterThan(layout.tasks?.height ?? 0);
});

test('a zoomed pane is alone at any size', () => {
  const layout = layoutFor(
    { columns: 200, rows: 60 },
    { focus: 'log', taskCount: 9, zoom: 'zoomed' },
  );
  expect(layout).toMatchObject({ kind: 'single', tasks: null, details: null, log: { width: 200 } });
});

test('a single pane is the focused one', () => {
  const size = { columns: 50, rows: 20 };
  const log = layoutFor(size, { focus: 'log', taskCount: 1 });
  expect(log).toMatchObject({ tasks: null, log: { y: 2, height: 16 } });
  const tasks = layoutFor(size, { focus: 'tasks', taskCount: 1 });
  expect(tasks).toMatchObject({ tasks: { y: 1, height: 17 }, log: null });
});

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

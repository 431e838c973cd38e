import { expect, test } from 'vitest';
import { isSameRow } from '../../source/ui/rows/row.ts';
import { screenRows } from '../../source/ui/screen.ts';
import { darkTheme } from '../../source/ui/look/theme.ts';
import { hasTurning, rememberedRows, turnedRows } from '../../source/ui/turned-rows.ts';
import { board, drawn, now, screen, state, task, view } from './sample.ts';

const states = [
  screen('120×30'),
  screen('80×24'),
  screen('40×10'),
  screen('80×24', { theme: { ...darkTheme, ascii: true } }),
  screen('120×30', { view: view({ dialog: { kind: 'leaving' } }) }),
  screen('120×30', { view: view({ dialog: { kind: 'help', top: 0 } }) }),
  screen('80×24', { board: board({ tasks: [task('a', { state: state('pausing') })] }) }),
];

test.each(states)(
  'rows turned to an animation frame equal the rows made for it ($size.columns)',
  (at) => {
    const turned = turnedRows(screenRows({ ...at, animationFrame: 3 }), {
      ...at,
      animationFrame: 17,
    });
    const anew = screenRows({ ...at, animationFrame: 17 });
    expect(turned).toHaveLength(anew.length);
    expect(turned.every((row, y) => isSameRow(row, anew[y] ?? []))).toBe(true);
  },
);

test('rows without a spinner stay the same objects', () => {
  const rows = screenRows(screen('80×24'));
  const turned = turnedRows(rows, screen('80×24', { animationFrame: 5 }));
  for (const [y, row] of rows.entries()) expect(turned[y] === row).toBe(!hasTurning(row));
});

test('within a second only rows with a spinner are made again', () => {
  const rowsOf = rememberedRows();
  const at = screen('120×30', { now: now - (now % 1000) });
  const first = rowsOf(at);
  const next = rowsOf({ ...at, now: at.now + 900, animationFrame: at.animationFrame + 9 });
  expect(next.filter((row, y) => row !== first[y]).length).toBe(first.filter(hasTurning).length);
  const later = rowsOf({ ...at, now: at.now + 1000, animationFrame: at.animationFrame + 10 });
  expect(later.some((row, y) => row === next[y] && !hasTurning(row))).toBe(false);
});

test('new data is drawn at once, even within the same second', () => {
  const rowsOf = rememberedRows();
  const page = view({ focus: 'details', page: 'sessions' });
  const read = screen('120×40', { view: page });
  const reading = { ...read, log: read.log && { ...read.log, sessions: null } };
  expect(drawn(rowsOf(reading))).toContain('Reading the log');
  expect(drawn(rowsOf(read))).not.toContain('Reading the log');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../../source/ui/terminal/cells.ts';
import { paint, bufferOf, type ScreenBuffer } from '../../../source/ui/terminal/painter.ts';
import { blankRow, rowOf, run, type Row, type Style } from '../../../source/ui/rows/row.ts';
import { darkTheme, plainTheme, type Theme } from '../../../source/ui/look/theme.ts';
import { foreignText } from '../arbitrary.ts';
import { modelTerminal, type ModelCell } from '../model-terminal.ts';

const style: fc.Arbitrary<Style> = fc.constantFrom<Style>(
  {},
  { dim: true },
  { bold: true },
  { bold: true, dim: true },
  { color: 'running' },
  { color: 'failed', bold: true },
  { color: 'waiting', italic: true },
  { inverse: true },
  { on: 'match' },
  { on: 'current match' },
  { color: 'running', on: 'track' },
  { dim: true, on: 'track' },
  { link: 'src/a b.ts' },
  { bold: true, link: '/tmp/\u001B]8;;http://evil\u001B\\\u0007.ts' },
);

const linkTheme: Theme = { ...darkTheme, links: { host: 'here', project: '/home/me' } };

const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '   ',
    '            ',
    'a',
    'word',
    '日本語',
    '│',
    '👍🏽',
    'e\u0301',
    '🇩🇪🇫🇷',
    '☑\ufe0f',
  ),
  foreignText.map((words) => words.replaceAll('\n', ' ')),
);

const anyRow = (width: number): fc.Arbitrary<Row> =>
  fc.array(fc.record({ text, style }), { maxLength: 6 }).map((runs) => rowOf(width, runs));

/** Successive screen buffers: some rows stay, some move, some change a little. */
const anyPictures = fc
  .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 6 }) })
  .chain(({ width, height }) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      theme: fc.constantFrom(darkTheme, plainTheme, linkTheme),
      pictures: fc.array(
        fc.array(fc.oneof(anyRow(width), fc.constant(blankRow(width))), {
          minLength: height,
          maxLength: height,
        }),
        { minLength: 1, maxLength: 5 },
      ),
    }),
  );

test('the bytes turn the screen into exactly the rows', () => {
  fc.assert(
    fc.property(anyPictures, ({ width, height, theme, pictures }) => {
      const terminal = modelTerminal({ columns: width, rows: height });
      let before: ScreenBuffer | null = null;
      for (const rows of pictures) {
        const after: ScreenBuffer = bufferOf(rows, theme, before);
        terminal.apply('\u001B[m' + paint(before, after));
        expect(seen(terminal.cells())).toEqual(seen(wanted(rows, theme)));
        expect(terminal.isInLink()).toBe(false);
        before = after;
      }
    }),
    { numRuns: 500 },
  );
});

test('on a terminal with other widths for joined characters, all others are in their places', () => {
  const widths = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(anyPictures, widths, ({ width, height, theme, pictures }, beliefs) => {
      const widthOf = (cluster: string, ours: number) =>
        isDoubtful(cluster) ? Math.min(width, beliefs[cluster.length % 5] ?? 1) : ours;
      const terminal = modelTerminal({ columns: width, rows: height, widthOf });
      let before: ScreenBuffer | null = null;
      for (const rows of pictures) {
        const after: ScreenBuffer = bufferOf(rows, theme, before);
        terminal.apply('\u001B[m' + paint(before, after));
        const shown = seen(terminal.cells());
        for (const [y, row] of after.cells.entries()) {
          for (const [x, cell] of (seen(wanted(rows, theme))[y] ?? []).entries()) {
            if (!row.doubtful?.[x]) expect([y, x, shown[y]?.[x]]).toEqual([y, x, cell]);
          }
        }
        before = after;
      }
    }),
    { numRuns: 500 },
  );
});

describe('with as few bytes as possible', () => {
  const painted = (before: Row, after: Row) => {
    const old = bufferOf([before], darkTheme, null);
    return paint(old, bufferOf([after], darkTheme, old)).replaceAll('\u001B', 'E');
  };

  test('rows that look the same write nothing', () => {
    const row = rowOf(20, [run('a', { dim: true }), run('  '), run('b')]);
    const alike = rowOf(20, [run('a', { dim: true }), run('  ', { bold: true }), run('b')]);
    expect(painted(row, alike)).toBe('');
  });

  test('only the changed part of a row is written', () => {
    expect(painted(rowOf(20, [run('one two three')]), rowOf(20, [run('one two other')]))).toBe(
      'E[1;9Hother',
    );
  });

  test('changes close together are written as one piece', () => {
    expect(painted(rowOf(9, [run('abcdefgh')]), rowOf(9, [run('Abc.efGh')]))).toBe('E[1HAbc.efG');
  });

  test('blanks at the end are erased', () => {
    expect(painted(rowOf(40, [run('word and more words')]), rowOf(40, [run('word')]))).toBe(
      'E[1;6HE[K',
    );
  });

  test('only the difference between two looks is written', () => {
    const row = rowOf(9, [run('aa', { bold: true }), run('bb', { bold: true, color: 'failed' })]);
    expect(painted(blankRow(9), row)).toBe('E[1HE[1maaE[31mbb');
  });

  test('a link lasts from the first to the last cell of its file, whatever their colours', () => {
    const link = 'a.ts';
    const row = rowOf(9, [run('a', { link }), run('.ts', { link, bold: true }), run(' x')]);
    const old = bufferOf([blankRow(9)], linkTheme, null);
    expect(paint(old, bufferOf([row], linkTheme, old)).replaceAll('\u001B', 'E')).toBe(
      'E[1HE]8;;file://here/home/me/a.tsE\\aE[1m.tsE]8;;E\\E[m x',
    );
    expect(painted(blankRow(9), row)).toBe('E[1HaE[1m.tsE[m x');
  });

  test('the cursor is placed again after a cluster of doubtful width', () => {
    expect(painted(blankRow(9), rowOf(9, [run('a👍🏽b')]))).toBe(
      'E[?7lE[1Ha  E[1;2H👍🏽E[1;4HbE[KE[?7h',
    );
  });
});

function isDoubtful(cluster: string): boolean {
  return cellsOf([run(cluster)], darkTheme).doubtful !== null;
}

/** The expected cells: cluster by cluster, each in its own look. */
function wanted(rows: readonly Row[], theme: Theme): ModelCell[][] {
  return rows.map((row) => {
    const { texts, looks, ends } = cellsOf(row, theme);
    return [...texts].map((character, x) => {
      const look = looks[ends.findIndex((end) => x < end)];
      return {
        ...(look?.link == null ? {} : { link: look.link }),
        text: character,
        look: (look?.codes ?? '')
          .replaceAll('48;5;', '48,5,')
          .split(';')
          .sort()
          .join(';')
          .replaceAll(',', ';'),
      };
    });
  });
}

/** A blank is the same in every look, unless it has a background. */
function seen(cells: readonly (readonly ModelCell[])[]): string[][] {
  return cells.map((row) =>
    row.map(({ text: character, look, link = '' }) =>
      character === ' ' && !/\b7\b|48/u.test(look) ? ' ' : `${character} ${look} ${link}`,
    ),
  );
}

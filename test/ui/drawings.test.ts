// The whole screen as literal drawings, in files to look at: test/ui/drawings/.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  inkStyle,
  colourBlindTheme,
  darkTheme,
  lightTheme,
  plainTheme,
} from '../../source/ui/look/theme.ts';
import { screenRows, type ScreenState } from '../../source/ui/screen.ts';
import { textWidth } from '../../source/ui/look/text-width.ts';
import { rowText, type Row } from '../../source/ui/rows/row.ts';
import { at, board, command, drawn, entry, screen, state, task, tasks, view } from './sample.ts';

const sizes = ['40×10', '80×24', '120×40', '200×60'] as const;
const themes = [darkTheme, lightTheme, colourBlindTheme, plainTheme];

/** The sample's tasks, and some whose names have wide, joined or accented characters. */
const everybody: Partial<ScreenState> = {
  board: board({
    tasks: [
      ...tasks,
      task('日本語のとても長いタスクの名前です', { state: state('running'), done: 3, total: 4 }),
      task('emoji-👍🏽-👩‍👩‍👧-🇩🇪', {
        state: state('waiting', { reason: 'no network', until: at('15:30') }),
        done: 1,
        total: 2,
      }),
      task('ภาษาไทย-é-ǚ', {
        state: state('failed', { reason: '失敗しました' }),
        done: 0,
        total: 9,
      }),
    ],
  }),
  view: view({ selected: '日本語のとても長いタスクの名前です' }),
  log: {
    task: '日本語のとても長いタスクの名前です',
    entries: [
      entry('12:01:15', { kind: 'message', text: 'テストを書きました。👩‍👩‍👧 は一つの字です。' }),
      entry('12:01:20', command('npm test', { output: '✓ 日本語 合格\n✗ 失敗\n' }), 4),
    ],
  },
};

const file = (name: string): string => join(import.meta.dirname, 'drawings', `${name}.txt`);

describe.each(sizes)('at %s', (size) => {
  const name = size.replace('×', 'x');

  test('with all kinds of names', async () => {
    const rows = screenRows(screen(size, everybody));
    expectStraight(rows, size);
    await expect(`${drawn(rows)}\n`).toMatchFileSnapshot(file(name));
  });

  test('in ASCII', async () => {
    const rows = screenRows(screen(size, { theme: { ...darkTheme, ascii: true } }));
    expectStraight(rows, size);
    expect(drawn(rows)).toMatch(/^[\n\x20-\x7e]*$/);
    await expect(`${drawn(rows)}\n`).toMatchFileSnapshot(file(`${name}-ascii`));
  });

  test.each(themes)('in the theme $name, with its colours', async (theme) => {
    const rows = screenRows(screen(size, { theme }));
    expect(drawn(rows)).toBe(drawn(screenRows(screen(size))));
    const marked = rows.map((row) => markedRow(row, theme)).join('\n');
    await expect(`${marked}\n`).toMatchFileSnapshot(file(`${name}-${theme.name}`));
  });
});

test('NO_COLOR has no colour anywhere', () => {
  const marked = screenRows(screen('80×24', { theme: plainTheme })).map((row) =>
    markedRow(row, plainTheme),
  );
  const looks = marked.join('').matchAll(/‹([^›]*)›/g);
  const words = [...looks].flatMap(([, look = '']) => look.split(' '));
  expect(words.filter((word) => !/^(?:bold|dim|italic|inverse|)$/.test(word))).toEqual([]);
});

function expectStraight(rows: readonly Row[], size: (typeof sizes)[number]): void {
  const [columns, height] = size.split('×').map(Number);
  expect(rows).toHaveLength(height ?? 0);
  expect(new Set(rows.map((row) => textWidth(rowText(row))))).toEqual(new Set([columns]));
}

/** `plain ‹cyan bold›text‹› plain`: the style of each run in words. */
function markedRow(row: Row, theme: (typeof themes)[number]): string {
  return row
    .map(({ text, style }) => {
      const look = inkStyle(style, theme);
      const words = [
        look.color,
        look.backgroundColor && `on ${look.backgroundColor}`,
        look.bold && 'bold',
        look.dimColor && 'dim',
        look.italic && 'italic',
        look.inverse && 'inverse',
      ].filter(Boolean);
      return words.length === 0 ? text : `‹${words.join(' ')}›${text}‹›`;
    })
    .join('')
    .trimEnd();
}

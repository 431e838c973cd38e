import { describe, expect, test } from 'vitest';
import { rowOf, run } from '../../../source/ui/rows/row.ts';
import { createScreenPainter } from '../../../source/ui/terminal/screen-painter.ts';
import { darkTheme } from '../../../source/ui/look/theme.ts';
import { fakeTerminal } from '../fake-terminal.ts';

const size = { columns: 12, rows: 2 };

function begin() {
  const terminal = fakeTerminal(size.columns, size.rows);
  const painter = createScreenPainter(terminal.stdout);
  const show = (first: string, second: string, at = size) =>
    painter.show({
      rows: [first, second].map((text) => rowOf(at.columns, [run(text)])),
      size: at,
      theme: darkTheme,
    });
  const text = async () => {
    await terminal.settled();
    return terminal.text();
  };
  return { terminal, painter, show, text };
}

test('a screen is one write: begin update, save cursor, cells, restore cursor, end update', () => {
  const { terminal, show } = begin();
  show('one', 'two');
  show('one', 'tWo');
  const written = terminal.writes().map((bytes) => bytes.replaceAll('\u001B', 'E'));
  expect(written).toHaveLength(2);
  expect(written[1]).toBe('E[?2026hE7E[2;2HWE8E[?2026l');
});

test('the same screen again writes nothing', () => {
  const { terminal, show } = begin();
  show('one', 'two');
  show('one', 'two');
  expect(terminal.writes()).toHaveLength(1);
});

test('after Ink has written, everything is painted again, once', async () => {
  const { terminal, painter, show, text } = begin();
  show('one', 'two');
  painter.inkStream.write('\u001B[H\u001B[J');
  painter.inkStream.write('Ink was here');
  const before = terminal.writes().length;
  expect(await text()).toEqual(['one', 'two']);
  expect(terminal.writes()).toHaveLength(before + 1);
});

test('cells overwritten during a resize are painted again', async () => {
  const { terminal, show, text } = begin();
  show('one', 'two');
  terminal.resize(6, 2);
  terminal.resize(12, 2);
  expect(await text()).toEqual(['one', 'two']);
});

test('what the terminal lost without a word is painted again when that is asked for', async () => {
  const { terminal, painter, show, text } = begin();
  show('one', 'two');
  terminal.stdout.write('\u001B[H\u001B[Jlost');
  painter.paintAll();
  expect(await text()).toEqual(['one', 'two']);
});

test('nothing is painted until the rows have the size of the terminal', async () => {
  const { terminal, show, text } = begin();
  show('one', 'two');
  const before = terminal.writes().length;
  terminal.resize(14, 2);
  await terminal.settled();
  expect(terminal.writes()).toHaveLength(before);
  show('three', 'four', { columns: 14, rows: 2 });
  expect(await text()).toEqual(['three', 'four']);
});

describe('a terminal that is backed up', () => {
  test('gets the newest screen when it has drained, and none in between', async () => {
    const { terminal, show, text } = begin();
    show('one', 'two');
    Object.assign(terminal.stdout, { writableNeedDrain: true });
    show('lost', 'two');
    show('lost too', 'two');
    show('newest', 'two');
    expect(terminal.writes()).toHaveLength(1);
    Object.assign(terminal.stdout, { writableNeedDrain: false });
    terminal.stdout.emit('drain');
    expect(terminal.writes()).toHaveLength(2);
    expect(await text()).toEqual(['newest', 'two']);
  });
});

describe('a terminal that is lent to another program', () => {
  test('is not painted on, and everything is painted when it comes back', async () => {
    const { terminal, painter, show, text } = begin();
    show('one', 'two');
    await painter.lend(async () => {
      show('three', 'four');
      painter.inkStream.write('\u001B[H\u001B[Jvi');
      expect(await text()).toEqual(['vi', '']);
    });
    await Promise.resolve();
    expect(await text()).toEqual(['three', 'four']);
    painter.stop();
    painter.inkStream.write('bye');
    const after = terminal.writes().length;
    await terminal.settled();
    expect(terminal.writes()).toHaveLength(after);
    expect(terminal.stdout.listenerCount('resize')).toBe(0);
  });
});

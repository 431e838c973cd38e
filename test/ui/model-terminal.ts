// A minimal terminal: it knows only the sequences that the painter should write, so that any other is an error.
// Terminals disagree about the width of some clusters; `widthOf` is the width that this one gives them.

import { clustersOf } from '../../source/ui/look/text-width.ts';

/** `link`: the address of the link that the cell is part of; absent: none. */
export type ModelCell = { text: string; look: string; link?: string };

export type ModelTerminal = {
  apply(bytes: string): void;
  /** By row and column. A wide character is in the first of its cells, '' in the others. */
  cells(): ModelCell[][];
  /** Whether what is written next becomes part of a link. */
  isInLink(): boolean;
};

export type Model = {
  columns: number;
  rows: number;
  widthOf?: (cluster: string, width: number) => number;
};

export function modelTerminal({
  columns,
  rows,
  widthOf = (_, width) => width,
}: Model): ModelTerminal {
  const grid = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, (): ModelCell => ({ text: '?', look: '' })),
  );
  let x = 0;
  let y = 0;
  let attributes = new Map<string, string>();
  let wraps = true;
  let link = '';

  const blank = (at: number): void => {
    const row = grid[y];
    if (row === undefined || at < 0 || at >= columns) throw new Error(`no cell ${at} in row ${y}`);
    // A character that loses one of its cells disappears.
    let start = at;
    while (row[start]?.text === '' && start > 0) start--;
    let end = at + 1;
    while (row[end]?.text === '') end++;
    for (let cell = start; cell < end; cell++)
      row[cell] = { text: ' ', look: row[cell]?.look ?? '' };
  };

  const put = (text: string, width: number): void => {
    if (width === 0) return;
    if (x + width > columns) {
      if (wraps) [x, y] = [0, y + 1];
      // A character that has no room and may not wrap is not drawn, as in xterm and tmux.
      else return void (x = columns - 1);
    }
    for (let cell = 0; cell < width; cell++) {
      blank(x + cell);
      const row = grid[y];
      const linked = link === '' ? {} : { link };
      if (row) row[x + cell] = { text: cell === 0 ? text : '', look: look(), ...linked };
    }
    x += width;
  };

  const look = (): string => [...attributes.values()].sort().join(';');

  const control = (parameters: string, final: string): void => {
    const numbers = parameters.replace('?', '').split(';').map(Number);
    const [first = 0, second = 0] = numbers;
    switch (final) {
      case 'H':
        [y, x] = [Math.max(1, first) - 1, Math.max(1, second) - 1];
        if (y >= rows || x >= columns) throw new Error(`the cursor left the screen: ${parameters}`);
        return;
      case 'C':
        x += Math.max(1, first);
        if (x >= columns) throw new Error('the cursor left its row');
        return;
      case 'K':
        for (let at = x; at < columns; at++) {
          blank(at);
          const row = grid[y];
          if (row) row[at] = { text: ' ', look: ground() };
        }
        return;
      case 'm':
        attributes = rendition(attributes, numbers);
        return;
      case 'h':
      case 'l':
        if (parameters !== '?7') throw new Error(`an unknown mode: ${parameters}`);
        wraps = final === 'h';
        return;
      default:
        throw new Error(`an unknown sequence: ${parameters}${final}`);
    }
  };

  const ground = (): string => attributes.get('ground') ?? '';

  return {
    apply: (bytes) => {
      for (const [, parameters = '', final, uri, text] of bytes.matchAll(
        /\u001B\[([?0-9;]*)([a-zA-Z])|\u001B\]8;;([!-~]*)\u001B\\|([^\u001B]+)|\u001B/gu,
      )) {
        if (uri !== undefined) {
          link = uri;
          continue;
        }
        if (text === undefined && final === undefined) throw new Error('an unknown sequence');
        if (final !== undefined) control(parameters, final);
        else
          for (const cluster of clustersOf(text ?? ''))
            put(cluster.text, widthOf(cluster.text, cluster.width));
      }
    },
    cells: () => grid,
    isInLink: () => link !== '',
  };
}

/** SGR attributes by kind: a new colour replaces the old one; 22 ends both bold and dim. */
function rendition(
  before: ReadonlyMap<string, string>,
  numbers: readonly number[],
): Map<string, string> {
  const after = new Map(before);
  for (let at = 0; at < numbers.length; at++) {
    const code = numbers[at] ?? 0;
    if (code === 0) after.clear();
    else if (code === 22) ['1', '2'].forEach((weight) => after.delete(weight));
    else if (code === 23 || code === 24 || code === 27) after.delete(String(code - 20));
    else if (code === 39) after.delete('color');
    else if (code === 49) after.delete('ground');
    else if (code === 48) {
      after.set('ground', numbers.slice(at, at + 3).join(';'));
      at += 2;
    } else if (code >= 40 && code < 48) after.set('ground', String(code));
    else if (code >= 30) after.set('color', String(code));
    else after.set(String(code), String(code));
  }
  return after;
}

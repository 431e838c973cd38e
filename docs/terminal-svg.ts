// The cells of a terminal → an SVG that looks the same whatever fonts a reader has. Each run of cells that look alike is a
// `<text>` at its column, so that no font can shift it. Lines, blocks and Braille dots are drawn as shapes: many
// fonts lack some of them, and between two rows a font leaves gaps.

import type { IBufferCell, Terminal } from '@xterm/headless';

const cell = { width: 8.4, height: 18 };
const margin = 14;
/** Where letters stand, from the top of their cell. */
const baseline = 13.5;
const ground = '#16181d';
const plain = '#d6d9de';
/** The ground of a bar that is not full: the only ground that is drawn. */
const track = '#3a3a3a';
/** The sixteen colours, a quiet dark theme. */
const palette = [
  '#2b2f36',
  '#e06c75',
  '#98c379',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#abb2bf',
  '#5c6370',
  '#e06c75',
  '#98c379',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#ffffff',
];

export function terminalSvg(terminal: Terminal): string {
  const width = terminal.cols * cell.width + 2 * margin;
  const height = terminal.rows * cell.height + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height}" font-family="'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">`,
    `<rect width="100%" height="100%" rx="8" fill="${ground}"/>`,
    ...Array.from({ length: terminal.rows }, (_, y) => rowSvg(terminal, y)),
    '</svg>',
    '',
  ].join('\n');
}

function rowSvg(terminal: Terminal, y: number): string {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + y);
  const texts: { x: number; text: string; look: string }[] = [];
  let drawn = '';
  for (let x = 0; x < terminal.cols; x++) {
    const found = line?.getCell(x);
    if (found === undefined || found.getWidth() === 0) continue;
    if (found.isBgPalette()) drawn += rect({ x, y }, [0, 1, 1, 8], `fill="${track}"`);
    const text = found.getChars() || ' ';
    const look = lookOf(found);
    const shape = shapeOf(text, { x, y }, look);
    drawn += shape ?? '';
    const last = texts.at(-1);
    if (shape !== null) continue;
    if (last?.look === look && last.x + last.text.length === x) last.text += text;
    else texts.push({ x, text, look });
  }
  return (
    drawn +
    texts
      .filter(({ text }) => text.trim() !== '')
      .map((run) => textSvg(run, y))
      .join('')
  );
}

/** Without the blanks at its ends, which would only stretch it. */
function textSvg({ x, text, look }: { x: number; text: string; look: string }, y: number): string {
  const from = x + text.length - text.trimStart().length;
  const { length } = text.trim();
  const [left, top] = [leftOf(from), margin + y * cell.height + baseline];
  return `<text x="${left}" y="${top}" textLength="${round(length * cell.width)}" xml:space="preserve" ${look}>${escaped(text.trim())}</text>`;
}

type Place = { x: number; y: number };

/** Null for what is a letter. */
function shapeOf(character: string, place: Place, look: string): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2581 && code <= 0x2587) return rect(place, [0, 0x2588 - code, 1, 8], look);
  // Bars: a little lower than their row, as their ground is.
  if (code >= 0x2588 && code <= 0x258f) return rect(place, [0, 1, (0x2590 - code) / 8, 8], look);
  if (code >= 0x2800 && code <= 0x28ff) return dots(code - 0x2800, place, look);
  const arms = armsOf.get(character);
  return arms === undefined ? null : lines(arms, place, look);
}

/** From left and top to right and bottom, in cells across and eighths of a cell down. */
function rect(
  { x, y }: Place,
  [left, top, right, bottom]: [number, number, number, number],
  look: string,
): string {
  const height = cell.height / 8;
  return `<rect x="${leftOf(x + left)}" y="${round(margin + y * cell.height + top * height)}" width="${round((right - left) * cell.width)}" height="${round((bottom - top) * height)}" shape-rendering="crispEdges" ${look}/>`;
}

const armsOf = new Map([
  ['─', 'lr'],
  ['│', 'tb'],
  ['┬', 'lrb'],
  ['┴', 'lrt'],
  ['├', 'rtb'],
  ['┤', 'ltb'],
  ['┼', 'lrtb'],
]);

/** Lines from the middle of a cell to those of its edges that are named. */
function lines(arms: string, { x, y }: Place, look: string): string {
  const [left, top] = [margin + x * cell.width, margin + y * cell.height];
  const [middle, centre] = [left + cell.width / 2, top + cell.height / 2];
  const ends = {
    l: [left, centre],
    r: [left + cell.width, centre],
    t: [middle, top],
    b: [middle, top + cell.height],
  };
  const path = Object.entries(ends)
    .filter(([arm]) => arms.includes(arm))
    .map(
      ([, [toX = 0, toY = 0]]) => `M${round(middle)} ${round(centre)}L${round(toX)} ${round(toY)}`,
    );
  return `<path d="${path.join('')}" stroke-width="1" ${look.replace('fill=', 'stroke=')}/>`;
}

/** Column and row of the dots of a Braille character, by their bits. */
const dotPlaces = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

function dots(bits: number, { x, y }: Place, look: string): string {
  return dotPlaces
    .filter((_, bit) => (bits >> bit) % 2 === 1)
    .map(([column, row]) => {
      const centreX = margin + x * cell.width + 2.6 + column * 3.2;
      const centreY = margin + y * cell.height + 4.2 + row * 3.2;
      return `<circle cx="${round(centreX)}" cy="${round(centreY)}" r="1.1" ${look}/>`;
    })
    .join('');
}

function lookOf(found: IBufferCell): string {
  const fill = found.isFgPalette() ? (palette[found.getFgColor()] ?? plain) : plain;
  return [
    `fill="${fill}"`,
    found.isBold() ? 'font-weight="bold"' : '',
    found.isItalic() ? 'font-style="italic"' : '',
    found.isDim() ? 'opacity="0.6"' : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function leftOf(x: number): string {
  return round(margin + x * cell.width);
}

function round(number: number): string {
  return String(Number(number.toFixed(2)));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

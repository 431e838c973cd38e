// Makes docs/dashboard.svg: plays the demo in a real terminal, and draws the cells of the moment when one
// task is paused and the other at work. `npm run picture`; needs `npm run build` before.

import { writeFile } from 'node:fs/promises';
import pty from '@lydell/node-pty';
import xterm, { type IBufferCell, type Terminal } from '@xterm/headless';

const size = { columns: 112, rows: 30 };
const cell = { width: 8.4, height: 18 };
const margin = 14;
const ground = '#16181d';
const plain = '#d6d9de';
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

const program = new URL('../dist/autonomous-tui.js', import.meta.url).pathname;
const screen = new xterm.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
const environment = { ...process.env };
delete environment['CI'];
const demo = pty.spawn(process.execPath, [program, '--demo'], {
  cols: size.columns,
  rows: size.rows,
  env: { ...environment, TERM: 'xterm-256color', LANG: 'C.UTF-8' },
});

const svg = await new Promise<string>((resolve) => {
  let drawn = false;
  demo.onData((data) =>
    screen.write(data, () => {
      const text = textOf(screen);
      if (drawn || !/\b1 running · 1 paused/u.test(text)) return;
      drawn = true;
      resolve(picture(screen));
      demo.write('q');
    }),
  );
});
await new Promise<void>((resolve) => void demo.onExit(() => resolve()));
await writeFile(new URL('dashboard.svg', import.meta.url), svg);

function textOf(terminal: Terminal): string {
  const lines = Array.from({ length: size.rows }, (_, y) =>
    terminal.buffer.active.getLine(y)?.translateToString(true),
  );
  return lines.join('\n');
}

function picture(terminal: Terminal): string {
  const width = size.columns * cell.width + 2 * margin;
  const height = size.rows * cell.height + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">`,
    `<rect width="100%" height="100%" rx="8" fill="${ground}"/>`,
    ...Array.from({ length: size.rows }, (_, y) => lineOf(terminal, y)),
    '</svg>',
    '',
  ].join('\n');
}

/** One `<text>` a run of cells that look alike, placed by column so that no font can shift it. */
function lineOf(terminal: Terminal, y: number): string {
  const line = terminal.buffer.active.getLine(y);
  const runs: { x: number; text: string; look: string }[] = [];
  for (let x = 0; x < size.columns; x++) {
    const found = line?.getCell(x);
    if (found === undefined || found.getWidth() === 0) continue;
    const look = lookOf(found);
    const last = runs.at(-1);
    const text = found.getChars() || ' ';
    if (last?.look === look && last.x + last.text.length === x) last.text += text;
    else runs.push({ x, text, look });
  }
  const top = margin + y * cell.height + 13;
  return (
    groundsOf(terminal, y) +
    runs
      .filter(({ text }) => text.trim() !== '')
      .map(
        ({ x, text, look }) =>
          `<text x="${(margin + x * cell.width).toFixed(1)}" y="${top}" textLength="${(text.length * cell.width).toFixed(1)}" xml:space="preserve" ${look}>${escaped(text)}</text>`,
      )
      .join('')
  );
}

/** The grounds of bars that are not yet full: the only ones that we draw. */
function groundsOf(terminal: Terminal, y: number): string {
  const line = terminal.buffer.active.getLine(y);
  const marks = Array.from({ length: size.columns }, (_, x) => line?.getCell(x)?.isBgPalette());
  return marks
    .map((isMarked, x) =>
      isMarked
        ? `<rect x="${(margin + x * cell.width).toFixed(1)}" y="${margin + y * cell.height}" width="${cell.width}" height="${cell.height - 2}" fill="${track}"/>`
        : '',
    )
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

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

// Every glyph that we draw, named by its meaning, and its ASCII stand-in. A glyph and its stand-in are one cell wide
// each, so the layout need not know which of the two is on the screen. Apart from the spinner, all are in DejaVu Sans
// Mono, so that common terminals show them without a fallback font.

import spinners from 'cli-spinners';
import { clustersOf } from './text-width.ts';
import type { Row } from '../rows/row.ts';

export const glyphs = {
  queued: '◔',
  pausing: '‖',
  paused: '‖',
  waiting: '~',
  needsYou: '!',
  interrupted: '⊘',
  stopped: '■',
  failed: '✗',
  done: '✓',
  idle: '○',
  noList: '?',
  selected: '▸',
  marked: '•',
  markedAndSelected: '»',
  warning: '!',
  output: '└',
  files: '✎',
  added: '+',
  deleted: '−',
  toDoOpen: '☐',
  toDoDone: '☑',
  search: '⌕',
  subAgent: '⇢',
  between: '·',
  told: '>',
  unknownTime: '–',
} as const;

/** One per animation frame. */
export const spinnerFrames: readonly string[] = spinners.dots.frames;

/** A cell filled from the bottom: barely … to the top. */
export const heights: readonly string[] = [...'▁▂▃▄▅▆▇'];

/** A cell filled from the left in eighths: empty, one eighth … full. */
export const eighths: readonly string[] = [...' ▏▎▍▌▋▊▉█'];

export function spinnerFrame(animationFrame: number): string {
  return spinnerFrames[animationFrame % spinnerFrames.length] ?? ' ';
}

const standIns = new Map<string, string>([
  ...pairs('◔‖⊘■✗✓○▸└✎−☐☑⌕⇢·–', '.=%-xvo>`*-_v/>--'),
  // The frames of the `line` spinner, so that it spins in ASCII, too.
  ...pairs(spinnerFrames.join(''), '-\\|/-\\|/\\|'),
  ...pairs('▏▎▍▌▋▊▉█', '---====#'),
  ...pairs('─│┬┴├┤┼╭╮╰╯┃', '-|+++++++++|'),
  ...pairs('…‘’“”—•»↑↓', '~\'\'""-*}^v'),
  ...pairs(heights.join(''), '_.,-=*#'),
]);

/** The same row in printable ASCII. Characters without a stand-in, mostly foreign text, become question marks. */
export function asciiRow(row: Row): Row {
  return row.map(({ text, style }) => ({ text: asciiText(text), style }));
}

const printableAscii = /^[ -~]*$/;

function asciiText(text: string): string {
  if (printableAscii.test(text)) return text;
  let ascii = '';
  for (const cluster of clustersOf(text)) {
    ascii += printableAscii.test(cluster.text)
      ? cluster.text
      : (standIns.get(cluster.text) ?? '?'.repeat(cluster.width));
  }
  return ascii;
}

function pairs(signs: string, plain: string): [string, string][] {
  return [...signs].map((sign, index) => [sign, plain.charAt(index)]);
}

// Every sign that we draw, by what it means, and what stands for it where only ASCII can be shown. Each is
// one cell wide and so is its stand-in: the layout never knows which of the two is on the screen.

import spinners from 'cli-spinners';
import { clustersOf } from './text-width.ts';
import type { Row } from '../rows/row.ts';

export const glyphs = {
  queued: '◔',
  pausing: '‖',
  paused: '‖',
  waiting: '◷',
  needsYou: '!',
  interrupted: '↯',
  stopped: '■',
  failed: '✗',
  done: '✓',
  idle: '○',
  noList: '?',
  selected: '▸',
  marked: '•',
  markedAndSelected: '»',
  warning: '!',
  output: '⎿',
  files: '✎',
  added: '+',
  deleted: '−',
  toDoOpen: '☐',
  toDoDone: '☑',
  search: '⌕',
  subAgent: '⇢',
  between: '·',
  unknownTime: '–',
} as const;

/** One frame a tick. */
export const spinnerFrames: readonly string[] = spinners.dots.frames;

/** How tall a cell is filled: hardly, one seventh … to its top. */
export const heights: readonly string[] = [...'▁▂▃▄▅▆▇'];

/** A cell filled from the left, by eighths: none, one eighth … a full one. */
export const eighths: readonly string[] = [...' ▏▎▍▌▋▊▉█'];

export function spinnerFrame(tick: number): string {
  return spinnerFrames[tick % spinnerFrames.length] ?? ' ';
}

const standIns = new Map<string, string>([
  ...pairs('◔‖◷↯■✗✓○▸⎿✎−☐☑⌕⇢·–', '.=~%-xvo>`*-_v/>--'),
  // The frames of `line`, so that it turns in ASCII, too.
  ...pairs(spinnerFrames.join(''), '-\\|/-\\|/\\|'),
  ...pairs('▏▎▍▌▋▊▉█', '---====#'),
  ...pairs('─│┬┴├┤┼╭╮╰╯┃', '-|+++++++++|'),
  ...pairs('…‘’“”—•»↑↓', '~\'\'""-*}^v'),
  ...pairs(heights.join(''), '_.,-=*#'),
]);

/** The same row in printable ASCII. What has no stand-in, foreign text mostly, becomes question marks. */
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

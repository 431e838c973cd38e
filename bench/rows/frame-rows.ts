// What a frame costs when every row of the log changes: CPU and bytes, against the same rows written by hand.

import type { Entry } from '../../source/core/log/entry.ts';
import { darkTheme } from '../../source/ui/look/theme.ts';
import { paint, bufferOf, type ScreenBuffer } from '../../source/ui/terminal/painter.ts';
import { screenRows, type ScreenState } from '../../source/ui/screen.ts';
import { rowText } from '../../source/ui/rows/row.ts';
import { command, screen } from '../../test/ui/sample.ts';
import type { Row } from '../lib/row.ts';

const sizes = ['120×40', '200×60'] as const;

export const frameRows: readonly Row[] = sizes.flatMap((size) => [
  {
    name: `frame-cpu-${size}`,
    what: `CPU of a frame in which all rows of the log change, ${size}`,
    unit: 'ms',
    goal: { kind: 'times the floor', value: 20 },
    rounds: { whole: 9, short: 3 },
    open: () => ({ ours: cpuOf(frames(size)), floor: cpuOf(changedCells(size)) }),
  },
  {
    name: `frame-bytes-${size}`,
    what: `bytes of such a frame, ${size}`,
    unit: 'B',
    goal: { kind: 'times the floor', value: 0.5 },
    rounds: { whole: 3, short: 1 },
    open: () => ({ ours: bytesOf(frames(size)), floor: bytesOf(wholeRows(size)) }),
  },
]);

type ScreenSize = (typeof sizes)[number];
type Draw = (number: number) => string;

const framesARound = 300;
/** More than any cache holds. */
const differentFrames = 400;

function cpuOf(draw: Draw): () => number {
  return () => {
    for (let number = 0; number < 100; number++) draw(number);
    const before = process.cpuUsage();
    for (let number = 0; number < framesARound; number++) draw(number + 100);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / framesARound;
  };
}

function bytesOf(draw: Draw): () => number {
  return () => {
    let bytes = 0;
    draw(0);
    for (let number = 1; number <= 50; number++) bytes += Buffer.byteLength(draw(number));
    return bytes / 50;
  };
}

function frames(size: ScreenSize): Draw {
  let shown: ScreenBuffer | null = null;
  const states = statesOf(size);
  return (number) => {
    const after = bufferOf(screenRows(unknown(states[number % states.length]!)), darkTheme, shown);
    const bytes = paint(shown, after);
    shown = after;
    return bytes;
  };
}

/** Every row as plain text at its place, without styles. */
function wholeRows(size: ScreenSize): Draw {
  const made = statesOf(size).map((state) => screenRows(state).map(rowText));
  return (number) =>
    made[number % made.length]!.map((text, y) => `\u001B[${y + 1};1H${text}`).join('');
}

/**
 * Compares each cell of the same rows with the frame before and writes what changed, without styles. The least that a
 * painter does; the rows themselves are made before the measurement.
 */
function changedCells(size: ScreenSize): Draw {
  const made = statesOf(size).map((state) => screenRows(state).map((row) => [...rowText(row)]));
  let shown: readonly (readonly string[])[] = [];
  return (number) => {
    const after = made[number % made.length]!;
    let bytes = '';
    for (const [y, row] of after.entries()) {
      const before = shown[y];
      for (let x = 0; x < row.length; x++) {
        if (row[x] === before?.[x]) continue;
        if (x === 0 || row[x - 1] === before?.[x - 1]) bytes += `\u001B[${y + 1};${x + 1}H`;
        bytes += row[x];
      }
    }
    shown = after;
    return bytes;
  };
}

/** Copies the entries, so that nothing about them is cached. */
function unknown(state: ScreenState): ScreenState {
  const { log } = state;
  return { ...state, log: log && { ...log, entries: log.entries.map((entry) => ({ ...entry })) } };
}

/** Created before the measurement. */
function statesOf(size: ScreenSize): ScreenState[] {
  return Array.from({ length: differentFrames }, (_, number) => stateAt(size, number));
}

/** A different text for each number, so that almost every cell of a row changes. */
function someWords(number: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz-/. ';
  let seed = number * 2_654_435_761;
  return Array.from({ length: 70 }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return letters[(seed >>> 16) % letters.length];
  }).join('');
}

function stateAt(size: ScreenSize, number: number): ScreenState {
  const base = screen(size);
  const entries: Entry[] = Array.from({ length: 80 }, (_, at) => {
    const line = number * 80 + at;
    return {
      key: `bench-${line}`,
      offset: line * 100,
      lastOffset: line * 100,
      startedAt: base.now - 80_000 + at * 1000,
      endedAt: base.now - 80_000 + at * 1000 + 40,
      version: 1,
      body: command(someWords(line)),
    };
  });
  return { ...base, log: base.log && { ...base.log, entries } };
}

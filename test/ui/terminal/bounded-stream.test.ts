import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { boundedStream } from '../../../source/ui/terminal/bounded-stream.ts';

function streamOf(columns: number | undefined, rows: number | undefined) {
  const events = new EventEmitter();
  return Object.assign(events, { columns, rows, isTTY: true }) as unknown as NodeJS.WriteStream;
}

test.each([
  [65_535, 65_535, 1000, 500],
  [65_535, 24, 1000, 24],
  [80, 65_535, 80, 500],
  [120, 36, 120, 36],
  [0, 0, 0, 0],
  [undefined, undefined, undefined, undefined],
])('a terminal of %s×%s is drawn as %s×%s', (columns, rows, toColumns, toRows) => {
  const bounded = boundedStream(streamOf(columns, rows));
  expect([bounded.columns, bounded.rows]).toEqual([toColumns, toRows]);
});

test('a resize is seen, and a listener can be taken off again', () => {
  const stream = streamOf(80, 24);
  const bounded = boundedStream(stream);
  const seen: number[] = [];
  const resized = (): void => void seen.push(bounded.columns);
  bounded.on('resize', resized);
  stream.columns = 65_535;
  stream.emit('resize');
  bounded.off('resize', resized);
  stream.emit('resize');
  expect(seen).toEqual([1000]);
});

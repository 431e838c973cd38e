import { expect, test } from 'vitest';
import { progressBar } from '../../../source/ui/rows/bar.ts';

test.each([
  [0, 10, 4, '    '],
  [1, 1000, 4, '▏   '],
  [1, 2, 4, '██  '],
  [999, 1000, 4, '███▉'],
  [10, 10, 4, '████'],
  [12, 10, 4, '████'],
  [0, 0, 4, '    '],
  [1, 2, 0, ''],
])('%i of %i in %i cells is "%s"', (done, total, cells, bar) => {
  expect(progressBar(done, total, cells)).toBe(bar);
});

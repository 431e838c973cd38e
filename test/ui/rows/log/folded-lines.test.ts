import { describe, expect, test } from 'vitest';
import { cleanWithColours } from '../../../../source/core/text/clean.ts';
import { foldedLines } from '../../../../source/ui/rows/log/folded-lines.ts';
import type { List } from '../../../../source/ui/rows/lazy-list.ts';
import type { EntryLine } from '../../../../source/ui/rows/log/entry-line.ts';

const fold = { width: 40, isOpened: false, keep: 'last', sign: '' } as const;

function drawn(lines: List<EntryLine>) {
  return lines.slice(0).map(({ left }) => left.filter(({ text }) => text !== ''));
}

describe('output in colours', () => {
  const { text, colours } = cleanWithColours(
    'before\n\x1b[31mFAIL\x1b[39m \x1b[1mtest/a.ts\x1b[22m\n\n\t\x1b[32m✓ ok\x1b[90m 3 ms\x1b[m\n\x1b[30;40mhidden\x1b[m',
  );

  test('is shown in our styles, and output without a colour is dim', () => {
    expect(drawn(foldedLines(text, { ...fold, colours }))).toEqual([
      [
        { text: 'FAIL', style: { color: 'failed' } },
        { text: ' ', style: { dim: true } },
        { text: 'test/a.ts', style: { bold: true } },
      ],
      [
        { text: '    ', style: { dim: true } },
        { text: '✓ ok', style: { color: 'done' } },
        { text: ' 3 ms', style: { dim: true } },
      ],
      [{ text: 'hidden', style: { dim: true } }],
    ]);
  });

  test('keeps its styles wherever a line breaks', () => {
    const opened = foldedLines(text, { ...fold, colours, isOpened: true, width: 6 });
    expect(drawn(opened).slice(1, 4)).toEqual([
      [{ text: 'FAIL', style: { color: 'failed' } }],
      [{ text: 'test/a', style: { bold: true } }],
      [{ text: '.ts', style: { bold: true } }],
    ]);
  });
});

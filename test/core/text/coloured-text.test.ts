import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanWithColours } from '../../../source/core/text/clean.ts';
import {
  coloursAfterEdit,
  spansIn,
  withoutTabs,
  type ColouredText,
} from '../../../source/core/text/coloured-text.ts';
import { safeColouredText, safeText } from '../../../source/core/text/safe-text.ts';

const whole = (coloured: ColouredText) => spansIn(coloured, 0, coloured.text.length);

const coloured = fc
  .array(fc.oneof(fc.constantFrom('\x1b[31m', '\x1b[32;1m', '\x1b[m', '\n', '\t'), fc.string()))
  .map((parts) => cleanWithColours(parts.join('')));

describe('the colours of a text', () => {
  test('are the same in any part of the text', () => {
    fc.assert(
      fc.property(coloured, fc.nat(20), fc.nat(20), (one, first, second) => {
        const [start, end] = [first, second]
          .map((at) => Math.min(at, one.text.length))
          .toSorted((a, b) => a - b) as [number, number];
        const letters = whole(one).flatMap(({ text, ...style }) =>
          text.split('').map((letter) => ({ text: letter, ...style })),
        );
        const part = spansIn(one, start, end).flatMap(({ text, ...style }) =>
          text.split('').map((letter) => ({ text: letter, ...style })),
        );
        expect(part).toEqual(letters.slice(start, end));
      }),
    );
  });

  test('stay with their letters when each tab becomes four spaces', () => {
    fc.assert(
      fc.property(coloured, (one) => {
        expect(whole(withoutTabs(one))).toEqual(
          whole(one).map((span) => ({ ...span, text: span.text.replaceAll('\t', '    ') })),
        );
      }),
    );
  });

  test('stay on the unchanged head and tail of an edit, whose middle has none', () => {
    const before = cleanWithColours('\x1b[31mred key \x1b[32mgreen \x1b[34mblue');
    const text = 'red k…n blue';
    expect(whole({ text, colours: coloursAfterEdit(before, text) })).toEqual([
      { text: 'red k', color: 'red' },
      { text: '…' },
      { text: 'n ', color: 'green' },
      { text: 'blue', color: 'blue' },
    ]);
  });

  test('disappear with the text that was cut', () => {
    const before = cleanWithColours('\x1b[31mred \x1b[32mgreen \x1b[34mblue');
    const text = 'red blue';
    expect(whole({ text, colours: coloursAfterEdit(before, text) })).toEqual([
      { text: 'red ', color: 'red' },
      { text: 'blue', color: 'blue' },
    ]);
  });

  test('are limited in number, and the last ones stay', () => {
    let flood = '';
    for (let letter = 0; letter < 50_000; letter++) flood += `\x1b[3${1 + (letter % 2)}mx`;
    const { colours } = cleanWithColours(flood);
    expect(colours.length).toBeLessThanOrEqual(5000);
    expect(colours.at(-1)).toEqual({ at: 49_999, color: 'green' });
  });
});

describe('in kept coloured text', () => {
  test('the words are the same as without colours', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (raw, maxLength) => {
        const dirty = `\x1b[31m${raw}\x1b[m`;
        expect(safeColouredText(dirty, maxLength).text).toBe(safeText(dirty, maxLength));
      }),
    );
  });

  test('head and tail keep their colours, and the mask of a secret has none', () => {
    expect(whole(safeColouredText('\x1b[31mabcdefg\x1b[32mhij', 4))).toEqual([
      { text: 'ab', color: 'red' },
      { text: '\n…\n' },
      { text: 'ij', color: 'green' },
    ]);
    const secret = '\x1b[31mPASSWORD=hunter2hunter2 \x1b[32mok';
    expect(whole(safeColouredText(secret, 100))).toEqual([
      { text: 'PASSWORD=', color: 'red' },
      { text: '…[masked]' },
      { text: ' ', color: 'red' },
      { text: 'ok', color: 'green' },
    ]);
  });

  test('the tail of megabytes does not get the colour of the part left out', () => {
    const raw = `\x1b[31m${'x'.repeat(9000)}\x1b[m${'y'.repeat(9000)}`;
    expect(whole(safeColouredText(raw, 100)).at(-1)).toEqual({ text: 'y'.repeat(50) });
  });
});

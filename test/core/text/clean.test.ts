import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuMs } from '../../helpers/cpu-time.ts';
import { clean, cleanLine, cleanWithColours } from '../../../source/core/text/clean.ts';
import { spansIn, type StyledSpan } from '../../../source/core/text/coloured-text.ts';

const attacks = [
  '\x1b[31m',
  '\x1b[2J\x1b[H',
  '\x1b[?1049h',
  '\x1b[>4;2m',
  '\x1b[1;',
  '\x1b]0;title\x07',
  '\x1b]52;c;ZXZpbA==\x1b\\',
  '\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\',
  '\x1b]0;unterminated',
  '\x1bP+q544e\x1b\\',
  '\x1b_Gf=24;AAAA\x1b\\',
  '\x1b^private\x9c',
  '\x1bXstart of string',
  '\x1b(0',
  '\x1b#8',
  '\x1bc',
  '\x1b',
  '\x9b31m',
  '\x9d52;c;ZXZpbA==\x9c',
  '\x90q#0;2;0;0;0\x9c',
  '\x9f\x98\x9e\x84\x85',
  '\0\x07\x08\x0b\x0c\x0e\x7f',
  'secret\rpublic',
  'one\r\ntwo\rthree\u2028four\u2029',
  '\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u2061\u2064\ufe0f\u{e0100}\u3164\u115f\uffa0',
  '\u{e0041}\u{e007f}',
  '\u202efdp.exe\u202c',
  '\u2066\u2067\u2068\u2069\u200e\u200f\u061c',
  '\ud83d',
  '\ude00',
  '\ud83d\u200b\ude00',
  '\ufffe\uffff\ufdd0\u{1ffff}',
  'Z' + '\u0301'.repeat(50),
  '\u0301\u0302',
  '👩‍👩‍👧',
  '\ufff9\ufffa\ufffb',
];

const plain = ['a', 'Grüße, 世界 😀', ' ', '\n', '\t', '[31m', ';', 'm', '\\', 'ก็', 'ż'];

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...attacks),
      fc.constantFrom(...plain),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n)) }),
      fc.uint8Array({ maxLength: 8 }).map((bytes) => String.fromCharCode(...bytes)),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

const forbidden = {
  'control characters': /[\0-\x08\x0b-\x1f\x7f-\x9f]/,
  'line separators': /[\u2028\u2029]/,
  'invisible characters': /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f]/,
  'invisible operators and fillers': /[\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]/,
  'bidi controls': /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
  'tags and later variation selectors': /[\u{e0000}-\u{e0fff}]/u,
  'lone surrogates': /\p{Cs}/u,
  'characters that are none': /\p{NChar}/u,
  'floods of marks': /\p{M}{5}/u,
  'marks without a base': /(?:^|[\n\t])\p{M}/u,
};

describe('whatever the input', () => {
  test.each(Object.entries(forbidden))('no %s come out', (_, pattern) => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(clean(text)).not.toMatch(pattern);
        expect(cleanLine(text)).not.toMatch(pattern);
      }),
    );
  });

  test('cleaning twice is cleaning once', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 0, max: 60 }), (text, maxLength) => {
        for (const once of [clean(text), clean(text, { maxLength })])
          expect(clean(once)).toBe(once);
        const line = cleanLine(text, { maxLength });
        expect(cleanLine(line, { maxLength })).toBe(line);
      }),
    );
  });

  test('the cap counts code points and never tears a surrogate pair', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 0, max: 60 }), (text, maxLength) => {
        const whole = [...clean(text)];
        const cut = [...clean(text, { maxLength })];
        expect(cut.length).toBe(Math.min(whole.length, maxLength));
        if (whole.length > maxLength && maxLength > 0) {
          expect(cut).toEqual([...whole.slice(0, maxLength - 1), '…']);
        }
      }),
    );
  });

  test('a line has no newline, no tab and no blanks at its ends', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = cleanLine(text);
        expect(line).not.toMatch(/[\n\t]/);
        expect(line).toBe(line.trim());
      }),
    );
  });

  test('the joined spans are the clean text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const spans = styledSpans(text);
        expect(spans.map((span) => span.text).join('')).toBe(clean(text));
        expect(spans.every((span) => span.text !== '')).toBe(true);
      }),
    );
  });
});

function styledSpans(dirty: string): readonly StyledSpan[] {
  const coloured = cleanWithColours(dirty);
  return spansIn(coloured, 0, coloured.text.length);
}

test('plain text stays as it is', () => {
  for (const text of [
    '',
    'a\tb\n  c',
    'Grüße, 世界 😀 ① │█ 🇩🇪',
    'हिन्दी ภาษาไทย tiếng Việt',
    'e\u0301',
  ]) {
    expect(clean(text)).toBe(text);
  }
});

test.each([
  ['an escape sequence is cut as a whole', 'a\x1b[1;31mb\x1b[0m', 'ab'],
  ['its 8-bit form too', 'a\x9b31mb', 'ab'],
  ['a title, ended by BEL', 'a\x1b]0;title\x07b', 'ab'],
  ['a title, ended by ST', 'a\x1b]0;title\x1b\\b', 'ab'],
  ['an 8-bit clipboard write', 'a\x9d52;c;ZXZpbA==\x9cb', 'ab'],
  ['a link keeps its words', '\x1b]8;;https://x\x1b\\words\x1b]8;;\x1b\\', 'words'],
  ['a character set and a reset', 'a\x1b(0b\x1bcd', 'abd'],
  ['an unfinished string takes the rest of its line', 'a\x1b]0;title\nb', 'a\nb'],
  ['but an 8-bit one only itself: it may be a wrongly decoded quote', 'â\x80\x9dquoted', 'âquoted'],
  ['an unfinished CSI takes all that could belong to it', 'a\x1b[31\nb', 'a\nb'],
  [
    'a lone carriage return begins a line, so nothing is overprinted',
    'no\ryes\r\nok',
    'no\nyes\nok',
  ],
  ['other line separators too', 'a\u2028b\u2029c\x85d', 'a\nb\nc\nd'],
  ['bidi controls are shown', 'a\u202eb\u200f', 'a<202E>b<200F>'],
  ['joined emoji are shown singly', '👩‍👧', '👩👧'],
  ['half a pair is shown as missing', 'a\ud83d', 'a\ufffd'],
  ['a noncharacter is shown as missing', 'a\uffff\u{1fffe}', 'a\ufffd\ufffd'],
  [
    'marks beyond four on a character are dropped',
    'a' + '\u0301'.repeat(9) + 'b',
    'a\u0301\u0301\u0301\u0301b',
  ],
  ['a mark with nothing to sit on is dropped', '\u0301a\n\u0301b', 'a\nb'],
])('%s', (_, dirty, expected) => {
  expect(clean(dirty)).toBe(expected);
});

test('an unfinished string sequence cannot swallow everything after it', () => {
  expect(clean('\x1b]0;' + 'x'.repeat(10_000) + 'end')).toMatch(/end$/);
  expect(clean('\x1b[' + '1'.repeat(10_000) + 'end')).toMatch(/end$/);
});

test('cleanLine returns one line', () => {
  expect(cleanLine('  one\n\n two\tthree  four\r\n')).toBe('one two three  four');
  expect(cleanLine('\u00a0\u0301a')).toBe('a');
  expect([...cleanLine('😀'.repeat(2000))]).toEqual([...Array<string>(999).fill('😀'), '…']);
});

test('colours become styles of our theme', () => {
  expect(styledSpans('plain')).toEqual([{ text: 'plain' }]);
  expect(styledSpans('')).toEqual([]);
  expect(styledSpans('\x1b[1;31mFAIL\x1b[22m red\x1b[39m no\x1b[2mdim\x1b[m.')).toEqual([
    { text: 'FAIL', color: 'red', bold: true },
    { text: ' red', color: 'red' },
    { text: ' no' },
    { text: 'dim', dim: true },
    { text: '.' },
  ]);
  expect(styledSpans('\x9b92mok\x1b[30mblack\x1b[97mwhite')).toEqual([
    { text: 'ok', color: 'green' },
    { text: 'black', color: 'gray' },
    { text: 'white', color: 'white' },
  ]);
});

test('rich colours, backgrounds and all other attributes change nothing', () => {
  const none = [
    '38;5;31',
    '38;2;1;31;32',
    '48;5;1',
    '48;2;1;2;3',
    '38:5:1',
    '4:3',
    '7',
    '8',
    '41',
    '58;5;2',
  ];
  for (const parameters of none) {
    expect(styledSpans(`\x1b[${parameters}mtext`)).toEqual([{ text: 'text' }]);
  }
  expect(styledSpans('\x1b[38;5;1;32mtext')).toEqual([{ text: 'text', color: 'green' }]);
  expect(styledSpans('\x1b[>4;2mtext')).toEqual([{ text: 'text' }]);
});

test.each([
  ['plain text', 'some words, and a line\n'],
  ['open strings', '\x1b]'],
  ['open 8-bit strings', '\x9d'],
  ['strings that never end', '\x9dx'],
  ['open CSI', '\x1b[1'],
  ['marks', '\u0301'],
  ['Hindi', 'हिन्दी '],
  ['spaces', ' '],
  ['tabs', '\t'],
])('a mebibyte of %s is cleaned in no time', (_, piece) => {
  const text = piece.repeat(2 ** 20 / piece.length);
  const start = cpuMs();
  clean(text, { maxLength: Infinity });
  cleanLine(text);
  styledSpans(text);
  expect(cpuMs() - start).toBeLessThan(4000);
});

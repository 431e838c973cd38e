import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printedJson } from '../../../source/core/json/printed.ts';
import { hostileText, whatIsObeyed } from '../../security/attacks.ts';

test('nothing is lost, and a terminal obeys nothing', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const json = printedJson({ [text]: [text] });
      expect(JSON.parse(json)).toEqual({ [text]: [text] });
      expect(whatIsObeyed(json)).toBeNull();
    }),
  );
});

test('readable text stays as it is', () => {
  const text = 'Grüße, 世界 😀, naïve, हिन्दी, ภาษาไทย';
  expect(printedJson(text)).toBe(JSON.stringify(text));
  expect(printedJson({ a: [1] }, 2)).toBe(JSON.stringify({ a: [1] }, null, 2));
});

test.each([
  ['\x9b31m', '"\\u009b31m"'],
  ['\u202e', '"\\u202e"'],
  ['\u{e0041}', '"\\udb40\\udc41"'],
  ['\u0301a', '"\\u0301a"'],
])('%j is escaped', (text, json) => {
  expect(printedJson(text)).toBe(json);
});

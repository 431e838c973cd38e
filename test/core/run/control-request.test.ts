import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsedObject } from '../../../source/core/json/json.ts';
import { readWish } from '../../../source/core/run/control-request.ts';

const wish = { run: '2f0c', want: 'pause now', seq: 3 } as const;

test.each(['pause now', 'pause after session', 'go on', 'try now', 'end at once'])(
  'the wish to %s is read as it was written',
  (want) => {
    expect(readWish(parsedObject(JSON.stringify({ ...wish, want })))).toEqual({ ...wish, want });
  },
);

test.each([
  null,
  {},
  { ...wish, run: 7 },
  { ...wish, want: 'delete all' },
  { ...wish, want: ['pause now'] },
  { ...wish, seq: '3' },
  { ...wish, seq: Infinity },
  { want: 'pause now', seq: 3 },
  { __proto__: wish },
])('what is no wish is none: %j', (fields) => {
  expect(readWish(fields as never)).toBeNull();
});

test('a wish that was left before, of another version, loses nothing but what is unknown', () => {
  expect(readWish({ ...wish, later: true })).toEqual(wish);
});

test('reading never throws', () => {
  fc.assert(fc.property(fc.json(), (text) => void readWish(parsedObject(text))));
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsedObject } from '../../../source/core/json/json.ts';
import { readWish } from '../../../source/core/run/control-request.ts';

const wish = { run: '2f0c', want: 'pause now', seq: 3 } as const;

test.each(['pause now', 'pause after session', 'go on', 'try now', 'end at once'])(
  'the request to %s is read back as written',
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
])('anything else is not a request: %j', (fields) => {
  expect(readWish(fields as never)).toBeNull();
});

test('a request from another version loses only its unknown fields', () => {
  expect(readWish({ ...wish, later: true })).toEqual(wish);
});

test('reading never throws', () => {
  fc.assert(fc.property(fc.json(), (text) => void readWish(parsedObject(text))));
});

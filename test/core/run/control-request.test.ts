import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsedObject } from '../../../source/core/json/json.ts';
import { readControlRequest } from '../../../source/core/run/control-request.ts';

const request = { run: '2f0c', want: 'pause now', seq: 3 } as const;

test.each(['pause now', 'pause after session', 'go on', 'try now', 'end at once'])(
  'the request to %s is read back as written',
  (want) => {
    expect(readControlRequest(parsedObject(JSON.stringify({ ...request, want })))).toEqual({
      ...request,
      want,
    });
  },
);

test.each([
  null,
  {},
  { ...request, run: 7 },
  { ...request, want: 'delete all' },
  { ...request, want: ['pause now'] },
  { ...request, seq: '3' },
  { ...request, seq: Infinity },
  { want: 'pause now', seq: 3 },
  { __proto__: request },
])('anything else is not a request: %j', (fields) => {
  expect(readControlRequest(fields as never)).toBeNull();
});

test('a request from another version loses only its unknown fields', () => {
  expect(readControlRequest({ ...request, later: true })).toEqual(request);
});

test('reading never throws', () => {
  fc.assert(fc.property(fc.json(), (text) => void readControlRequest(parsedObject(text))));
});

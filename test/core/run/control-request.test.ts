import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsedObject } from '../../../source/core/json/json.ts';
import {
  isActedOn,
  nextSeq,
  readControlRequest,
  type ControlRequest,
} from '../../../source/core/run/control-request.ts';

const request = { run: '2f0c', want: 'pause now', seq: 3, id: 'b21d' } as const;

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

test('a request of a program before the id has none', () => {
  const { id: _id, ...old } = request;
  expect(readControlRequest(old)).toEqual({ ...old, id: null });
});

test('a request is acted on once, however often it is read', () => {
  expect(isActedOn(request, null)).toBe(false);
  expect(isActedOn(request, request)).toBe(true);
});

test('of two dashboards that press the same key at the same moment, both count', () => {
  expect(isActedOn({ ...request, id: 'other' }, request)).toBe(false);
});

test('a request counts although its dashboard read an old number', () => {
  expect(isActedOn({ ...request, seq: 0, id: 'other' }, request)).toBe(false);
});

test.each<[string, Partial<ControlRequest>, boolean]>([
  ['a higher number', { seq: 4 }, false],
  ['the same number and another want', { want: 'go on' }, false],
  ['the same number and want', {}, true],
  ['a lower number', { seq: 2, want: 'go on' }, true],
])('without an id, its number decides: %s', (_name, fields, isOld) => {
  expect(isActedOn({ ...request, ...fields, id: null }, request)).toBe(isOld);
  expect(isActedOn({ ...request, ...fields, id: null }, { ...request, id: null })).toBe(isOld);
});

test('numbers grow within a run, for a runner that acts by them', () => {
  expect(nextSeq(request, '2f0c')).toBe(4);
  expect(nextSeq(request, 'another')).toBe(0);
  expect(nextSeq(null, '2f0c')).toBe(0);
});

test('reading never throws', () => {
  fc.assert(fc.property(fc.json(), (text) => void readControlRequest(parsedObject(text))));
});

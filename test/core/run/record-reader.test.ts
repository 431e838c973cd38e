import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsedObject } from '../../../source/core/json/json.ts';
import type { RunRecord } from '../../../source/core/run/record.ts';
import { readRunRecord } from '../../../source/core/run/record-reader.ts';
import { recordWith, sessionWith, someThread, someUuid } from '../../helpers/run-records.ts';

const readBack = (record: unknown) => readRunRecord(parsedObject(JSON.stringify(record)));

describe('a record is read back as written', () => {
  const usage = { inputTokens: 4, cachedInputTokens: 3, outputTokens: 2, reasoningTokens: 1 };
  test.each<[string, RunRecord]>([
    ['at its beginning', recordWith({ session: null, phase: 'looking' })],
    ['with a session that runs', recordWith()],
    [
      'with a session that was only meant to',
      recordWith({ session: sessionWith({ codex: null }) }),
    ],
    [
      'with all there is',
      recordWith({
        phase: 'waiting',
        pause: 'after session',
        sandbox: 'danger-full-access',
        autoContinue: false,
        maxSessions: 7,
        session: sessionWith({
          role: 'initializer',
          resumes: someThread,
          ended: { at: 5, outcome: 'completed', copy: { length: 7, sha256: 'ab' } },
        }),
        wait: { reason: 'why', until: null },
        failuresInARow: 2,
        ticked: 5,
        hadSteps: false,
        thread: { id: someThread, totals: usage },
        usage,
        takenUpAt: [1, 2],
        toldToEnd: 'SIGHUP',
        unrecovered: 'the worktree is gone',
      }),
    ],
    [
      'ended',
      recordWith({ phase: 'ended', ending: { kind: 'failed', sentence: 'because', at: 9 } }),
    ],
  ])('%s', (_what, record) => expect(readBack(record)).toEqual(record));

  test('with any phase, pause and ending', () => {
    const word = <Word extends string>(...words: Word[]) => fc.constantFrom(...words);
    const anyRecord = fc
      .record({
        phase: word('queued', 'looking', 'starting', 'working', 'stopping'),
        pause: word('none', 'after session', 'now'),
        sandbox: word('workspace-write', 'danger-full-access'),
        startedAt: fc.nat(),
        failuresInARow: fc.nat(5),
        hadSteps: fc.boolean(),
        autoContinue: fc.boolean(),
        maxSessions: fc.option(fc.nat()),
        takenUpAt: fc.array(fc.nat()),
        wait: fc.option(fc.record({ reason: fc.string(), until: fc.option(fc.nat()) })),
        ending: fc.option(
          fc.record({
            kind: word('done', 'stopped', 'paused', 'failed'),
            sentence: fc.option(fc.string()),
            at: fc.nat(),
          }),
        ),
      })
      .map((more) => recordWith(more));
    fc.assert(fc.property(anyRecord, (record) => void expect(readBack(record)).toEqual(record)));
  });
});

describe('no record is read from', () => {
  const { runner } = recordWith();
  test.each<[string, unknown]>([
    ['nothing', null],
    ['an empty object', {}],
    ['a list', [recordWith()]],
    ['another version', { ...recordWith(), version: 2 }],
    ['a version in quotes', { ...recordWith(), version: '1' }],
    ['a runner that is init', { ...recordWith(), runner: { ...runner, pid: 1 } }],
    ['a runner that is every process', { ...recordWith(), runner: { ...runner, pid: -1 } }],
    ['a runner that is our own group', { ...recordWith(), runner: { ...runner, pid: 0 } }],
    ['a runner that is a group', { ...recordWith(), runner: { ...runner, pid: -4242 } }],
    ['half a process', { ...recordWith(), runner: { ...runner, pid: 42.5 } }],
    ['a pid in quotes', { ...recordWith(), runner: { ...runner, pid: '4242' } }],
    ['a runner without a start time', { ...recordWith(), runner: { ...runner, startTime: 777 } }],
    ['a runner without a boot', { ...recordWith(), runner: { pid: 42, startTime: '1' } }],
    ['no run', { ...recordWith(), run: null }],
    ['no directory', { ...recordWith(), directory: 'here' }],
    ['an unknown phase', { ...recordWith(), phase: 'dancing' }],
    ['a phase named like an inherited property', { ...recordWith(), phase: 'constructor' }],
    ['an unknown sandbox', { ...recordWith(), sandbox: 'read-write' }],
  ])('%s', (_what, fields) => expect(readBack(fields)).toBeNull());

  test('inherited fields', () => {
    expect(readRunRecord({ __proto__: recordWith() })).toBeNull();
    expect(readBack(JSON.parse(`{"__proto__":${JSON.stringify(recordWith())}}`))).toBeNull();
  });
});

describe('no session is read from', () => {
  test.each<[string, unknown]>([
    ['a marker that is not a UUID', { ...sessionWith(), uuid: '' }],
    ['a marker that is more than a UUID', { ...sessionWith(), uuid: `${someUuid}\n` }],
    ['a number in quotes', { ...sessionWith(), number: '4' }],
    ['an unknown role', { ...sessionWith(), role: 'root' }],
    ['no place in the log', { ...sessionWith(), log: null }],
  ])('%s', (_what, session) => {
    expect(readBack({ ...recordWith(), session })).toEqual(recordWith({ session: null }));
  });
});

test.each([
  ['a profile', { profile: 'night' }],
  ['that none was named', { profile: null }],
  ['nothing of it, as before it was kept', {}],
])('a session says of its profile what was recorded: %s', (_what, profile) => {
  const session = { ...sessionWith(), ...profile };
  expect(readBack(recordWith({ session }))?.session).toStrictEqual(session);
});

test('a Codex that could be any process is dropped, so it is never signalled', () => {
  for (const pid of [0, 1, -1, -4243, 1.5, '4243', null]) {
    const codex = { pid, startTime: '778', bootId: 'boot' };
    const session = { ...sessionWith(), codex };
    expect(readBack({ ...recordWith(), session })?.session?.codex).toBeNull();
  }
});

test('a malformed thread id is dropped, since it would become an argument', () => {
  const session = { ...sessionWith(), threadId: '--last', resumes: '--yolo' };
  const thread = { id: '../..', totals: {} };
  expect(readBack({ ...recordWith(), session, thread })).toMatchObject({
    session: { threadId: null, resumes: null },
    thread: null,
  });
});

test('a missing harmless field gets a harmless value', () => {
  const { run, runner, directory, phase, sandbox } = recordWith();
  expect(readBack({ version: 1, run, runner, directory, phase, sandbox })).toEqual(
    recordWith({ startedAt: 0, sessionsInRun: 0, session: null, hadSteps: false }),
  );
});

test('reading never throws, whatever is wrong', () => {
  const paths = pathsIn(recordWith({ thread: { id: someThread, totals: recordWith().usage } }));
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
      readBack(replaced(recordWith(), path, value));
    }),
    { numRuns: 500 },
  );
  fc.assert(fc.property(fc.json(), (text) => void readRunRecord(parsedObject(text))));
});

function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, part]) => pathsIn(part, [...path, name]))];
}

function replaced(whole: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const fields = typeof whole === 'object' && whole !== null ? whole : {};
  return { ...fields, [name]: replaced((fields as Record<string, unknown>)[name], rest, value) };
}

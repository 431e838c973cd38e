import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineTimes, readTimeNotes, timeOf } from '../../../source/core/log/times.ts';
import { ended, message } from '../../helpers/log-lines.ts';

describe('notes', () => {
  test('are lines of an offset and a time', () => {
    expect(readTimeNotes('0 1000\n120 2000\n')).toEqual([
      { offset: 0, at: 1000 },
      { offset: 120, at: 2000 },
    ]);
  });

  test('that are cut or malformed are left out', () => {
    const text = '0 1000\n\n12\n-1 5\n1 2 3\n1e3 5\n 7 8\nx y\n1234567890123456 1\n50 3000\n60';
    expect(readTimeNotes(text)).toEqual([
      { offset: 0, at: 1000 },
      { offset: 50, at: 3000 },
    ]);
  });

  test('of a log that has since been replaced are forgotten', () => {
    expect(readTimeNotes('0 1000\n900 2000\n10 3000\n')).toEqual([{ offset: 10, at: 3000 }]);
  });

  test('of the same offset are both kept', () => {
    expect(readTimeNotes('5 1\n5 2\n')).toHaveLength(2);
  });
});

describe('the time of a line', () => {
  const notes = readTimeNotes('100 1000\n200 2000\n200 2500\n300 3000\n');

  test.each([
    ['at a note', 100, 1000],
    ['before the first note', 0, 1000],
    ['between two notes is that of the later one, when the line was complete', 150, 2000],
    ['at two notes is the earlier', 200, 2000],
    ['at the last note', 300, 3000],
    ['after the last note is unknown', 301, null],
  ])('%s', (_where, offset, at) => expect(timeOf(notes, offset)).toBe(at));

  test('is unknown without notes', () => expect(timeOf([], 0)).toBeNull());

  test('is that of the first note at or after it, whatever the notes', () => {
    const offsets = fc.array(fc.nat(50), { maxLength: 20 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(offsets, fc.nat(60), (sorted, offset) => {
        const all = sorted.map((place, index) => ({ offset: place, at: index }));
        const expected = all.find((note) => note.offset >= offset)?.at ?? null;
        expect(timeOf(all, offset)).toBe(expected);
      }),
    );
  });
});

describe('the end of a session', () => {
  const line = (offset: number, object: object) => ({ offset, text: JSON.stringify(object) });
  const at = Date.UTC(2026, 0, 29, 12);
  const end = line(300, ended(1, { at: new Date(at).toISOString() }));

  const stderr = { type: 'autonomous.stderr', uuid: 'uuid-1', text: 'lost' };

  test('is the time of the lines of stderr before it, and of no other line', () => {
    const notes = [
      { offset: 100, at: at - 5000 },
      { offset: 400, at: at + 60_000 },
    ];
    const times = createLineTimes(notes);
    times.noteEnds([line(0, message('autonomous.session.ended')), end, end]);
    const of = (object: object) => [100, 101, 300, 301].map((from) => times.of(line(from, object)));
    expect(of(stderr)).toEqual([at - 5000, at, at, at + 60_000]);
    expect(of(message('one'))).toEqual([at - 5000, at + 60_000, at + 60_000, at + 60_000]);
    expect(times.notes()).toEqual([notes[0], { offset: 300, at }, notes[1]]);
  });

  test('that nothing follows is the time of stderr alone', () => {
    const times = createLineTimes();
    times.noteEnds([end]);
    expect(times.of(line(200, stderr))).toBe(at);
    expect(times.of(line(200, message('one')))).toBeNull();
    expect(times.of({ offset: 200, text: null })).toBeNull();
  });

  test('without a time says nothing', () => {
    const times = createLineTimes();
    times.noteEnds([line(300, ended(1)), { offset: 400, text: null }]);
    expect(times.notes()).toEqual([]);
  });
});

// Windows of a log, and search matches in it, compared with the same log read as a whole.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import { createEntries } from '../../../source/core/log/entries.ts';
import type { Entry } from '../../../source/core/log/entry.ts';
import { noCopies } from '../../../bench/lib/log-on-view.ts';
import { createLineTimes } from '../../../source/core/log/times.ts';
import { everything, filterKinds, passesFilter } from '../../../source/core/log/filter.ts';
import { createLandmarks, isLandmark } from '../../../source/engine/log/landmarks.ts';
import { createLogSearch } from '../../../source/engine/search/search.ts';
import { entriesOfLog } from '../../../source/engine/log/stream.ts';
import { readWindow, type LogWindow } from '../../../source/engine/log/window.ts';
import { systemClock } from '../../../source/system/clock.ts';
import { withinTime } from '../../../source/system/time-limit.ts';
import { indexLog, type LogIndex } from '../../../source/system/log/log-index.ts';
import {
  commandCompleted,
  commandStarted,
  ended,
  error,
  message,
  started,
  threadStarted,
  turnCompleted,
} from '../../helpers/log-lines.ts';

const directory = mkdtempSync(join(tmpdir(), 'log-window-'));
const path = join(directory, 'session.log');
let index: LogIndex;
let whole: readonly Entry[];
const landmarks = createLandmarks(() => null);
const noLandmarks = createLandmarks(() => null);

/** 30 sessions of at least 60 lines. */
function lines(): object[] {
  return Array.from({ length: 30 }, (_, number) => [
    started(number, { at: `2026-01-29T0${number % 10}:00:00Z` }),
    threadStarted(`01a2023d-ceff-78c1-8e86-${String(number).padStart(12, '0')}`),
    { type: 'turn.started' },
    ...Array.from({ length: 20 }, (_, item) => [
      commandStarted(`item_${2 * item}`, `make part-${number}-${item}`),
      commandCompleted(`item_${2 * item}`, {
        command: `make part-${number}-${item}`,
        aggregated_output: `${'line\n'.repeat(200)}Built "part" ${number}\n`,
        exit_code: item % 7 === 3 ? 2 : 0,
        status: item % 7 === 3 ? 'failed' : 'completed',
      }),
      message(`Part ${item} of ${number} is there: naïve café`, `item_${2 * item + 1}`),
    ]).flat(),
    ...(number % 10 === 5 ? [error('Quota exceeded')] : []),
    turnCompleted(1000),
    ended(number),
  ]).flat();
}

beforeAll(async () => {
  const texts = lines().map((line) => JSON.stringify(line));
  writeFileSync(path, texts.join('\n') + '\n');
  const entries = createEntries({ limit: 100_000 });
  let offset = 0;
  for (const text of texts) {
    entries.push(readLogLine(text), { offset, at: null });
    offset += Buffer.byteLength(text) + 1;
  }
  whole = entries.list();
  index = indexLog(path, { isLandmark });
  for (;;) {
    const { atEnd, landmarks: found } = await index.read();
    landmarks.push(found);
    if (atEnd) break;
  }
});

afterAll(async () => {
  await index.close();
  rmSync(directory, { recursive: true, force: true });
});

function windowAt(offset: number | 'end', filter = everything): Promise<LogWindow> {
  const deps = { index, project: '/p', log: 0, timeOf: () => null };
  return readWindow({ ...deps, landmarks }, { offset, filter });
}

const plain = ({ key, offset, body }: Entry) => ({ key, offset, body });

describe('a window', () => {
  test('has the same entries and keys as a full read, wherever it is', async () => {
    for (const place of [0, 7, 50, 333, 700, whole.length - 1]) {
      const offset = whole[place]?.offset ?? 0;
      const window = await windowAt(offset);
      const list = window.list();
      expect(list.some((entry) => entry.offset === offset)).toBe(true);
      // At its edges an item may be cut: begun before it, or ended after it.
      const inside = list.slice(1, -1).map(plain);
      const first = whole.findIndex(({ key }) => key === inside[0]?.key);
      expect(inside).toEqual(whole.slice(first, first + inside.length).map(plain));
    }
  });

  test('at the end reaches the end of the log, and knows the session that it begins in', async () => {
    const window = await windowAt('end');
    expect(window.atEnd).toBe(true);
    expect(window.atStart()).toBe(false);
    expect(window.list().at(-1)?.key).toBe(whole.at(-1)?.key);
    const before = whole.findLast(
      ({ body, offset }) => body.kind === 'session' && offset < window.from(),
    );
    expect(window.lead()?.offset).toBe(before?.offset);
  });

  test.each(filterKinds)('filtered by %s has those entries and no others', async (kind) => {
    const filter = { kind, session: null };
    const all = whole.filter((entry) => passesFilter(entry, filter));
    const list = (await windowAt('end', filter)).list();
    expect(list.map(({ body }) => body)).toEqual(
      all.slice(all.length - list.length).map(({ body }) => body),
    );
    if (all.length > 0) expect(list.length).toBeGreaterThan(0);
  });

  test('of one session ends where the session ends', async () => {
    const sessions = whole.filter(({ body }) => body.kind === 'session');
    const [from, to] = [sessions[4]?.offset ?? 0, sessions[5]?.offset ?? 0];
    const window = await windowAt(from, { kind: null, session: { from, to } });
    expect(window.list().map(plain)).toEqual(
      whole.filter(({ offset }) => offset >= from && offset < to).map(plain),
    );
  });
});

describe('a window of lines of megabytes', () => {
  const longPath = join(directory, 'long.log');
  let long: LogIndex;

  beforeAll(async () => {
    const output = 'a line of output\n'.repeat(60_000);
    const texts = Array.from({ length: 12 }, (_, number) => [
      commandStarted(`item_${number}`, `part ${number}`),
      commandCompleted(`item_${number}`, { command: `part ${number}`, aggregated_output: output }),
    ]).flat();
    writeFileSync(longPath, texts.map((text) => `${JSON.stringify(text)}\n`).join(''));
    long = indexLog(longPath);
    while (!(await long.read()).atEnd);
  });

  afterAll(() => long.close());

  const longWindowAt = (offset: number) =>
    readWindow(
      { index: long, project: '/p', log: 0, timeOf: () => null, landmarks: noLandmarks },
      { offset, filter: everything },
    );

  test('always gets past its position, so that walking down reaches the end of the log', async () => {
    let at = 0;
    for (let steps = 0; steps < 12; steps++) {
      const window = await longWindowAt(at);
      const last = window.list().at(-1)?.offset ?? 0;
      if (window.atEnd) return;
      expect(last).toBeGreaterThan(at);
      at = last;
    }
    expect.unreachable('The end was never reached.');
  });

  test('shows no entry as unfinished that ended past its edge', async () => {
    const window = await longWindowAt(0);
    expect(window.atEnd).toBe(false);
    const statuses = window.list().map(({ body }) => 'status' in body && body.status);
    expect(new Set(statuses)).toEqual(new Set(['completed']));
    expect(window.to()).toBeGreaterThan(window.list().at(-1)?.lastOffset ?? 0);
  });
});

test('a window of a legacy Codex log has the errors, however far apart they are', async () => {
  const oldPath = join(directory, 'old.log');
  const old = (type: string, more: object) => ({ id: '0', msg: { type, ...more } });
  const work = Array.from({ length: 400 }, (_, number) => [
    old('exec_command_begin', { call_id: `c${number}`, command: ['ls'] }),
    old('exec_command_output_delta', { call_id: `c${number}`, chunk: 'YQ==' }),
    old('exec_command_end', { call_id: `c${number}`, exit_code: 0, aggregated_output: 'a' }),
  ]).flat();
  const texts = [old('error', { message: 'the only one' }), ...work].map((one) =>
    JSON.stringify(one),
  );
  writeFileSync(oldPath, texts.map((text) => `${text}\n`).join(''));
  const oldIndex = indexLog(oldPath);
  while (!(await oldIndex.read()).atEnd);
  const window = await readWindow(
    { index: oldIndex, project: '/p', log: 0, timeOf: () => null, landmarks: noLandmarks },
    { offset: 'end', filter: { kind: 'errors', session: null } },
  );
  await oldIndex.close();
  expect(window.list().map(({ body }) => body)).toEqual([
    { kind: 'error', message: 'the only one' },
  ]);
});

describe('a log as a stream', () => {
  test('gives every entry once, in order', async () => {
    const deps = { index, project: '/p', times: createLineTimes(), copies: noCopies };
    const streamed: Entry[] = [];
    for await (const entry of entriesOfLog(deps, everything)) streamed.push(entry);
    expect(streamed.map(plain)).toEqual(whole.map(plain));
  });
});

describe('a search', () => {
  async function found(text: string, form: 'plain' | 'expression' = 'plain'): Promise<number[]> {
    const search = createLogSearch({ clock: systemClock, index, withinTime });
    search.want({ text, form }, 'end');
    while (await search.goOn());
    const results = search.results();
    const places: number[] = [];
    for (let at = results?.after(-1) ?? null; at !== null; at = results?.after(at) ?? null) {
      places.push(at);
    }
    expect(results?.searching).toBeNull();
    expect(results?.count).toBe(places.length);
    places.forEach((place, rank) => expect(results?.rank(place)).toBe(rank + 1));
    expect(results?.before(Infinity)).toBe(places.at(-1) ?? null);
    return places;
  }

  test('finds text in collapsed output, and counts a command once', async () => {
    expect(await found('make part-17-3')).toHaveLength(1);
    expect(await found('built "part" 12')).toHaveLength(20);
  });

  test('does not find field names', async () => {
    expect(await found('aggregated_output')).toEqual([]);
  });

  test('is case sensitive only if the query has a capital letter, beyond ASCII too', async () => {
    expect(await found('CAFÉ')).toEqual([]);
    expect(await found('café')).toHaveLength(600);
  });

  test('with a regex finds what the plain text would', async () => {
    expect(await found('make part-1[78]-3\\b', 'expression')).toHaveLength(2);
  });
});

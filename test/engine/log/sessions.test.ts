// What a session cost is one number, wherever it is shown.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Usage } from '../../../source/core/codex/log-event.ts';
import type { Entry } from '../../../source/core/log/entry.ts';
import { createLineTimes } from '../../../source/core/log/times.ts';
import { everything } from '../../../source/core/log/filter.ts';
import { createLandmarks, isLandmark } from '../../../source/engine/log/landmarks.ts';
import { entriesOfLog } from '../../../source/engine/log/stream.ts';
import { readWindow } from '../../../source/engine/log/window.ts';
import { indexLog } from '../../../source/system/log/log-index.ts';
import { logOnView, noCopies } from '../../../bench/lib/log-on-view.ts';
import {
  bodiesOf,
  ended,
  message,
  otherThread,
  started,
  thread,
  threadStarted,
  turnCompleted,
} from '../../helpers/log-lines.ts';
import { logText } from '../../helpers/long-log.ts';

let directory = '';
let path = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'log-sessions-'));
  path = join(directory, 'session.log');
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('the cost of a session that resumes a thread with an unknown past is unknown everywhere', async () => {
  const lines = [
    started(7, { resumes: thread }),
    threadStarted(),
    turnCompleted(900_000),
    ended(7),
  ];
  writeFileSync(path, logText(lines));
  const log = logOnView(path);
  await log.until(({ reading }) => reading === null);
  const { entries, sessions } = log.snapshot();
  const headings = entries.map(({ body }) => body.kind === 'session' && body.cost);
  expect(headings).toEqual([null]);
  expect(sessions?.map(({ cost }) => cost)).toEqual(headings);
  log.close();
});

test('a cost of which a part is unknown is unknown', () => {
  const counted = (total: number) => ({
    id: '0',
    msg: { type: 'token_count', info: { total_token_usage: { input_tokens: total } } },
  });
  const lines = [
    started(7, { resumes: thread }),
    threadStarted(),
    counted(900_000),
    counted(900_500),
  ];
  expect(bodiesOf([...lines, ended(7)])).toMatchObject([{ session: 7, cost: null }]);
});

test('a heading in the middle of a log knows what its thread had spent before', async () => {
  const lines = [
    ...[threadStarted(), turnCompleted(1000)],
    ...Array.from({ length: 300 }, (_, item) => message('so far', `item_${item}`)),
    ...[threadStarted(), turnCompleted(3000)],
  ];
  writeFileSync(path, logText(lines));
  const index = indexLog(path, { isLandmark });
  const landmarks = createLandmarks(() => null);
  const deps = { index, project: '/p', log: 0, timeOf: () => null, landmarks };
  const { landmarks: found } = await index.read();
  const window = await readWindow(deps, { offset: 'end', filter: everything });
  expect([...costsByOffset(window.list()).values()]).toEqual([null]);
  landmarks.push(found);
  expect([...costsByOffset(window.list()).values()]).toMatchObject([{ inputTokens: 2000 }]);
  await index.close();
});

/** Sessions with and without lines of the runner, torn or not, of threads whose beginning the log may not have. */
const anyLog = fc
  .array(
    fc.record({
      thread: fc.constantFrom(thread, otherThread),
      resumes: fc.constantFrom(thread, otherThread, null),
      by: fc.constantFrom('runner', 'legacy Codex', 'other'),
      totals: fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 2 }),
      // More lines than a window has, or none.
      messages: fc.constantFrom(0, 160),
      isTorn: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((sessions) =>
    sessions.flatMap(({ thread, resumes, by, totals, messages, isTorn }, at) => [
      ...(by === 'other' ? [] : [started(at + 1, { resumes })]),
      by === 'legacy Codex'
        ? { id: '0', msg: { type: 'session_configured', session_id: thread } }
        : threadStarted(thread),
      ...Array.from({ length: messages }, (_, item) => message('so far', `item_${item}`)),
      ...totals.map((total) =>
        by === 'legacy Codex'
          ? {
              id: '0',
              msg: { type: 'token_count', info: { total_token_usage: { input_tokens: total } } },
            }
          : turnCompleted(total),
      ),
      ...(by === 'other' || isTorn ? [] : [ended(at + 1)]),
    ]),
  );

test('a session costs the same in every heading, on the Sessions page and in --log', async () => {
  await fc.assert(
    fc.asyncProperty(anyLog, fc.double({ min: 0, max: 1, noNaN: true }), async (lines, part) => {
      const text = logText(lines);
      writeFileSync(path, text);
      const index = indexLog(path, { isLandmark });
      const deps = { index, project: '/p', times: createLineTimes(), copies: noCopies };
      const streamed: Entry[] = [];
      for await (const entry of entriesOfLog(deps, everything)) streamed.push(entry);
      const landmarks = createLandmarks(() => null);
      const again = indexLog(path, { isLandmark });
      landmarks.push((await again.read()).landmarks);
      const offset = Math.floor(part * text.length);
      const window = await readWindow(
        { index: again, project: '/p', timeOf: () => null, landmarks, log: 0 },
        { offset, filter: everything },
      );
      await Promise.all([index.close(), again.close()]);

      const whole = costsByOffset(streamed);
      const fromStart = bodiesOf(lines).flatMap((body) =>
        body.kind === 'session' ? [body.cost] : [],
      );
      expect([...whole.values()]).toEqual(fromStart);
      for (const [at, cost] of costsByOffset(window.list())) expect(cost).toEqual(whole.get(at));
      const numbered = streamed.flatMap(({ body }) =>
        body.kind === 'session' && body.role !== null
          ? [{ number: body.session, cost: body.cost }]
          : [],
      );
      expect(landmarks.sessions().map(({ number, cost }) => ({ number, cost }))).toEqual(numbered);
    }),
    { numRuns: 50 },
  );
});

function costsByOffset(entries: readonly Entry[]): Map<number, Usage | null> {
  return new Map(
    entries.flatMap(({ offset, body }) =>
      body.kind === 'session' ? [[offset, body.cost] as const] : [],
    ),
  );
}

// What a session cost is one number, wherever it is shown.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logOnView } from '../../../bench/lib/log-on-view.ts';
import { ended, started, thread, threadStarted, turnCompleted } from '../../helpers/log-lines.ts';
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

// What a session wrote to stderr is in the log pane at the time of its own end, and `t` finds it there.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logOnView, type LogOnView } from '../../../bench/lib/log-on-view.ts';
import { positionOf } from '../../../source/ui/view/log/jump.ts';
import { ended, message, started } from '../../helpers/log-lines.ts';

let directory = '';
let log: LogOnView;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stderr-times-'));
});

afterEach(() => {
  log.close();
  rmSync(directory, { recursive: true, force: true });
});

const minute = (number: number) => Date.UTC(2026, 0, 29, 12, number);
const at = (number: number) => ({ at: new Date(minute(number)).toISOString() });

test('stderr has the time of its own session, and a jump to that time leads to it', async () => {
  const texts = [
    started(1, at(0)),
    message('one'),
    { type: 'autonomous.stderr', uuid: 'uuid-1', text: 'lost' },
    ended(1, at(2)),
    started(2, at(30)),
    message('two'),
  ].map((line) => `${JSON.stringify(line)}\n`);
  const offsets = texts.map((_, line) => texts.slice(0, line).join('').length);
  const path = join(directory, 'session.log');
  writeFileSync(path, texts.join(''));
  log = logOnView(path, `${offsets[1]} ${minute(1)}\n${offsets[5]} ${minute(31)}\n`);
  await log.until(({ reading, entries }) => reading === null && entries.length > 0);
  const { entries } = log.snapshot();
  const stderr = entries.find(({ body }) => body.kind === 'stderr');
  expect(stderr).toMatchObject({ offset: offsets[2], startedAt: minute(2), endedAt: minute(2) });

  const seen = { log: { task: 'shop', ...log.snapshot() } };
  const placeAt = (time: number) => positionOf(seen, { kind: 'time', at: time });
  // Between the line before it and itself.
  expect(placeAt(minute(2))).toEqual({ kind: 'found', offset: (offsets[1] ?? 0) + 1 });
  // Between the two sessions comes the second one.
  expect(placeAt(minute(3))).toEqual({ kind: 'found', offset: (offsets[3] ?? 0) + 1 });
});

// Sessions whose part of session.log is not what Codex wrote are marked, wherever they are shown.

import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { logOnView, type LogOnView } from '../../../bench/lib/log-on-view.ts';
import type { SessionCopy } from '../../../source/core/copy/session-copy.ts';
import { everything } from '../../../source/core/log/filter.ts';
import { entryJson } from '../../../source/core/log/entry-text.ts';
import { theEnd, type LogSnapshot } from '../../../source/core/log/snapshot.ts';
import { createLineTimes } from '../../../source/core/log/times.ts';
import { createCopyCheck, type CopyDeps } from '../../../source/engine/log/copy-check.ts';
import { isLandmark } from '../../../source/engine/log/landmarks.ts';
import { entriesOfLog } from '../../../source/engine/log/stream.ts';
import { isIntact } from '../../../source/system/copy/is-intact.ts';
import { indexLog } from '../../../source/system/log/log-index.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { ended, entriesOf, message, started } from '../../helpers/log-lines.ts';
import { logText } from '../../helpers/long-log.ts';
import { until } from '../../helpers/until.ts';

let directory: string;
let path: string;
let copies: Map<string, SessionCopy>;
let deps: CopyDeps;
let log: LogOnView | null;

const textOf = (session: number): string =>
  logText([started(session), message(`Step ${session} is done`), ended(session)]);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'copy-check-'));
  path = join(directory, 'session.log');
  writeFileSync(path, '');
  copies = new Map();
  log = null;
  let offset = 0;
  for (const session of [1, 2, 3]) {
    const text = textOf(session);
    const { length } = text;
    const sha256 = createHash('sha256').update(text).digest('hex');
    copies.set(`uuid-${session}`, { uuid: `uuid-${session}`, session, offset, length, sha256 });
    appendFileSync(path, text);
    offset += length;
  }
  deps = {
    readCopies: () => Promise.resolve(copies),
    isIntact: (copy, isWanted) => isIntact(path, copy, isWanted),
  };
});

afterEach(() => {
  log?.close();
  rmSync(directory, { recursive: true });
});

/** As the dashboard shows it, with the Sessions page open. */
async function shown(holds: (snapshot: LogSnapshot) => boolean): Promise<LogSnapshot> {
  log = logOnView(path, '', deps);
  log.look({ ...theEnd, sessions: 'all' });
  await log.until(holds);
  return log.snapshot();
}

const areChecked = ({ sessions }: LogSnapshot): boolean =>
  sessions !== null && sessions.length > 0 && sessions.every(({ copy }) => copy !== null);

function headings({ entries }: Pick<LogSnapshot, 'entries'>): unknown[] {
  return entries.flatMap(({ body }) => (body.kind === 'session' ? [body.copy] : []));
}

test('a session of which one byte was changed is marked on its page, in the log and in what is exported', async () => {
  const text = textOf(1) + textOf(2).replace('Step 2', 'Step 9') + textOf(3);
  writeFileSync(path, text);
  const snapshot = await shown(areChecked);
  expect(snapshot.sessions?.map(({ copy }) => copy)).toEqual(['intact', 'changed', 'intact']);
  expect(headings(snapshot)).toEqual(['intact', 'changed', 'intact']);
  const index = indexLog(path, { isLandmark });
  const facts: object[] = [];
  const stream = { index, project: '/p', times: createLineTimes(), copies: deps };
  for await (const entry of entriesOfLog(stream, everything)) facts.push(entryJson(entry));
  await index.close();
  expect(facts.filter((fact) => 'copy' in fact)).toMatchObject([
    { uuid: 'uuid-1', copy: 'intact' },
    { uuid: 'uuid-2', copy: 'changed' },
    { uuid: 'uuid-3', copy: 'intact' },
  ]);
});

test('a session that another process changed while it ran is marked, and one without a record is not', async () => {
  const first = copies.get('uuid-1');
  if (first !== undefined) copies.set('uuid-1', { ...first, sha256: null });
  copies.delete('uuid-3');
  const { sessions } = await shown((snapshot) => snapshot.sessions?.[0]?.copy === 'changed');
  expect(sessions?.map(({ copy }) => copy)).toEqual(['changed', 'intact', null]);
});

test('sessions behind a place where something was taken out are marked, and what is missing is named', async () => {
  writeFileSync(path, textOf(2) + textOf(3));
  const snapshot = await shown(areChecked);
  expect(snapshot.sessions?.map(({ copy }) => copy)).toEqual(['changed', 'changed']);
  expect(snapshot.missing).toEqual([1]);
  log?.close();
  truncateSync(path, 0);
  expect((await shown(({ missing }) => missing.length > 0)).missing).toEqual([1, 2, 3]);
});

test('a change that keeps size and time is found while the log is shown', async () => {
  const at = new Date(Date.UTC(2026, 0, 29));
  utimesSync(path, at, at);
  await shown(areChecked);
  writeFileSync(path, (textOf(1) + textOf(2) + textOf(3)).replace('Step 3', 'Step 8'));
  utimesSync(path, at, at);
  await log?.until((snapshot) => headings(snapshot).at(-1) === 'changed');
});

test('a check that finds what was known asks for no frame', async () => {
  const check = vi.fn(deps.isIntact);
  deps = { ...deps, isIntact: check };
  await shown(areChecked);
  const checks = (): number => check.mock.calls.length / copies.size;
  const untilChecked = (times: number): Promise<boolean> =>
    until('it is checked again', () => {
      const now = new Date();
      utimesSync(path, now, now);
      return checks() >= times;
    });
  await untilChecked(2);
  const told = vi.fn();
  log?.subscribe(told);
  await untilChecked(3);
  expect(told).not.toHaveBeenCalled();
});

test('a session is read once as long as the file is the same, and after a change only behind a long rest', async () => {
  const clock = new HandClock();
  let fingerprint = 'one';
  const isIntact = vi.fn(() => {
    clock.turn(100);
    return Promise.resolve(true);
  });
  const found = vi.fn();
  const check = createCopyCheck({
    clock,
    fingerprint: () => fingerprint,
    readCopies: deps.readCopies,
    isIntact,
    found,
    missing: vi.fn(),
  });
  const offsets = [...copies.values()].map(({ offset }) => offset);
  const entries = entriesOf([started(1), started(2), started(3)])
    .list()
    .map((entry, at) => ({ ...entry, offset: offsets[at] ?? 0 }));
  const look = async (): Promise<number> => {
    check.look(entries, 'some');
    await new Promise(setImmediate);
    return isIntact.mock.calls.length;
  };
  expect(await look()).toBe(3);
  // The newest is in view first.
  expect(isIntact.mock.calls.map((call: unknown[]) => (call[0] as SessionCopy).session)).toEqual([
    3, 2, 1,
  ]);
  clock.turn(60_000);
  expect(await look()).toBe(3);
  fingerprint = 'two';
  expect(await look()).toBe(6);
  fingerprint = 'three';
  clock.turn(29_000);
  expect(await look()).toBe(6);
  clock.turn(1000);
  expect(await look()).toBe(9);
  check.close();
});

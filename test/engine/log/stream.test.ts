// A log as a stream of entries: none is lost or handed on too early, however long its lines and sessions are.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Entry } from '../../../source/core/log/entry.ts';
import { noCopies } from '../../../bench/lib/log-on-view.ts';
import { createLineTimes } from '../../../source/core/log/times.ts';
import { everything } from '../../../source/core/log/filter.ts';
import { isLandmark } from '../../../source/engine/log/landmarks.ts';
import { entriesOfLog } from '../../../source/engine/log/stream.ts';
import { indexLog } from '../../../source/system/log/log-index.ts';
import {
  commandCompleted,
  commandStarted,
  ended,
  message,
  started,
} from '../../helpers/log-lines.ts';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'log-stream-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** `timeOf`: the runner's note for a line; null for none. */
async function streamed(
  lines: readonly object[],
  timeOf: (line: number) => number | null = () => null,
): Promise<Entry[]> {
  const path = join(directory, 'session.log');
  const texts = lines.map((line) => `${JSON.stringify(line)}\n`);
  writeFileSync(path, texts.join(''));
  const times = createLineTimes();
  texts.forEach((_, line) => {
    const at = timeOf(line);
    if (at !== null) times.add({ offset: texts.slice(0, line).join('').length, at });
  });
  const index = indexLog(path, { isLandmark });
  const entries: Entry[] = [];
  for await (const entry of entriesOfLog(
    { index, project: '/p', times, copies: noCopies },
    everything,
  )) {
    entries.push(entry);
  }
  await index.close();
  return entries;
}

test('a log with outputs of a megabyte each is streamed whole', async () => {
  const output = 'x'.repeat(1_000_000);
  const numbers = Array.from({ length: 60 }, (_, number) => number);
  const entries = await streamed(
    numbers.flatMap((number) => [
      commandStarted(`item_${number}`, `part ${number}`),
      commandCompleted(`item_${number}`, {
        command: `part ${number}`,
        aggregated_output: `${output}\nend of ${number}`,
      }),
    ]),
  );
  expect(
    entries.map(({ body }) =>
      body.kind === 'command' ? [body.command, body.output.length, body.status] : body.kind,
    ),
  ).toEqual(
    numbers.map((number) => [
      `part ${number}`,
      output.length + `\nend of ${number}`.length,
      'completed',
    ]),
  );
});

test('a session is streamed with its end, however long it is', async () => {
  const words = Array.from({ length: 1000 }, (_, at) => message(`word ${at}`, `item_${at}`));
  const [session] = await streamed([started(4), ...words, ended(4), started(5)]);
  expect(session?.body).toMatchObject({ session: 4, ended: { outcome: 'completed' } });
});

const stderr = (session: number, text: string) => ({
  type: 'autonomous.stderr',
  uuid: `uuid-${session}`,
  text,
});
const minute = (number: number) => new Date(Date.UTC(2026, 0, 29, 12, number));

test('what a session wrote to stderr has the time of its own end, not of the next session', async () => {
  const lines = [
    started(1, { at: minute(0).toISOString() }),
    message('one'),
    stderr(1, 'lost'),
    ended(1, { at: minute(2).toISOString() }),
    started(2, { at: minute(30).toISOString() }),
    message('two'),
    stderr(2, 'found'),
    ended(2, { at: minute(32).toISOString() }),
  ];
  // The runner notes the times of Codex's lines only.
  const noted = new Map([
    [1, minute(1)],
    [5, minute(31)],
  ]);
  const entries = await streamed(lines, (line) => noted.get(line)?.getTime() ?? null);
  const times = entries
    .filter(({ body }) => body.kind === 'stderr')
    .map(({ startedAt, endedAt }) => [startedAt, endedAt]);
  expect(times).toEqual([2, 32].map((at) => [minute(at).getTime(), minute(at).getTime()]));
});

test('a warning that every session prints is streamed once, and other lines of stderr each time', async () => {
  const warning =
    'warning: Untrusted project-local configuration is disabled. Run `codex exec --trust`';
  const sessions = [1, 2, 3].flatMap((number) => [
    started(number),
    stderr(number, warning),
    ...(number === 2 ? [] : [stderr(number, 'the tool failed')]),
    ...(number === 3 ? [stderr(number, 'Warning: the disk is nearly full')] : []),
    ended(number),
  ]);
  const entries = await streamed(sessions);
  expect(entries.flatMap(({ body }) => (body.kind === 'stderr' ? [body.text] : []))).toEqual([
    `${warning}\nthe tool failed`,
    'the tool failed\nWarning: the disk is nearly full',
  ]);
});

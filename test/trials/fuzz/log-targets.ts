import { tellEntries } from '../../../source/cli/print/told-entries.ts';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import { createEntries } from '../../../source/core/log/entries.ts';
import { readTimeNotes, timeOf } from '../../../source/core/log/times.ts';
import { createSessionFold } from '../../../source/core/codex/session.ts';
import { LineSplitter, type TailLine } from '../../../source/system/log/line-splitter.ts';
import { entryRows } from '../../../source/ui/rows/log/entry-rows.ts';
import { rowText, runsWidth } from '../../../source/ui/rows/row.ts';
import { holds, isHarmless, linesOf, textOf, type Target } from './target.ts';

export const logTargets: readonly Target[] = [
  { name: 'session.log', maxBytes: 16 * 1024, run: readLog },
  { name: 'log-bytes', maxBytes: 4096, run: splitLog },
  { name: 'session.times', maxBytes: 4096, run: readTimes },
];

/** Lines to events, entries, rows, and to the output of a headless run. */
function readLog(bytes: Buffer): void {
  const entries = createEntries({ projectPath: '/p' });
  const fold = createSessionFold();
  const tell = tellEntries(({ text }) => void isHarmless(text), {
    projectPath: '/p',
    maxOutput: 4096,
  });
  for (const [index, line] of linesOf(bytes).entries()) {
    const event = readLogLine(line.toString('utf8'));
    entries.push(event, { offset: index, at: index });
    fold.push(event);
    tell(event, { offset: index, at: index });
  }
  isHarmless(JSON.stringify(fold.result()));
  const context = { width: 40, isOpened: true, isLive: true, now: 0, animationFrame: 0 };
  for (const entry of entries.list()) {
    for (const row of entryRows(entry, context).slice(0)) {
      isHarmless(rowText(row));
      holds(runsWidth(row) === context.width, 'a row is as wide as its pane');
    }
  }
}

/** The first bytes decide in which chunks the rest comes. */
function splitLog(bytes: Buffer): void {
  const maxLineBytes = 256;
  const sizes = [...bytes.subarray(0, 8)].map((size) => 1 + (size % 64));
  const rest = bytes.subarray(8);
  const splitter = new LineSplitter({ offset: 0, maxLineBytes, first: 'take' });
  const lines: TailLine[] = [];
  for (let at = 0, turn = 0; at < rest.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    lines.push(...splitter.push(rest.subarray(at, at + size)));
    at += size;
  }
  const last = splitter.finish();
  if (last !== null) lines.push(last);
  const expected = linesOf(rest);
  holds(lines.length === expected.length, 'the newlines say how many lines there are');
  for (const [index, line] of lines.entries()) {
    const all = expected[index] ?? Buffer.alloc(0);
    holds(line.bytes === all.length, 'a line has its length');
    const text = all.length > maxLineBytes ? null : all.toString('utf8');
    holds(line.text === text, 'a line has its text');
  }
}

function readTimes(bytes: Buffer): void {
  const notes = readTimeNotes(textOf(bytes));
  for (const [index, { offset }] of notes.entries()) {
    holds(offset >= (notes[index - 1]?.offset ?? 0), 'notes go forward');
    holds(timeOf(notes, offset) !== null, 'every noted time is known');
  }
}

// One entry, one text: a headless run and `--log` say the same about what Codex does.

import { describe, expect, test } from 'vitest';
import { jsonPrinter } from '../../../source/cli/print/headless-json.ts';
import { textPrinter, type Printer, type Write } from '../../../source/cli/print/headless.ts';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import { createEntries } from '../../../source/core/log/entries.ts';
import { entryAs } from '../../../source/core/log/entry-text.ts';
import type { Entry } from '../../../source/core/log/entry.ts';
import { safeLine } from '../../../source/core/text/safe-text.ts';
import {
  commandCompleted,
  commandStarted,
  message,
  threadStarted,
  turnCompleted,
} from '../../helpers/log-lines.ts';
import { recordedLines, recordedScenarios, recordedVersions } from '../../helpers/recordings.ts';

const project = '/home/user/project';

type Activity = { kind: string; text: string; entry: { offset: number } };

function heard(lines: readonly string[], printerOf: (write: Write, project: string) => Printer) {
  let text = '';
  const { listener } = printerOf((piece) => (text += piece), project);
  pushAll(lines, listener.logged);
  return text.split('\n').slice(0, -1);
}

const activities = (lines: readonly string[]): Activity[] =>
  heard(lines, jsonPrinter).map((line) => JSON.parse(line) as Activity);

function logged(lines: readonly string[]): readonly Entry[] {
  const entries = createEntries({ projectPath: project });
  pushAll(lines, entries.push);
  return entries.list();
}

type Push = (event: ReturnType<typeof readLogLine>, where: { offset: number; at: number }) => void;

function pushAll(lines: readonly string[], push: Push): void {
  lines.forEach((line, index) => push(readLogLine(line), { offset: index, at: index * 1000 }));
}

/** What `--log` prints between an entry's first words and its last ones: the only part that a headless run omits. */
function outputOf({ body }: Entry): string {
  switch (body.kind) {
    case 'command':
      return body.output;
    case 'tool-call':
      return body.answer ?? '';
    case 'sub-agent':
      return body.states;
    case 'to-dos':
      return body.items
        .map(({ text, completed }) => `[${completed ? 'x' : ' '}] ${text}`)
        .join('\n');
    default:
      return '';
  }
}

/** The text that `--log` prints for an entry, without its time and what it printed, as one line. */
function logLine(entry: Entry): string {
  const [first = '', ...others] = entryAs('text', entry).split('\n');
  const text = [first.replace(/^\S+ {2}/u, ''), ...others.map((line) => line.slice(2))].join('\n');
  return safeLine(text.replace(outputOf(entry).trimEnd(), ''), 600);
}

const recordings = recordedVersions.flatMap((version) =>
  recordedScenarios(version).map((scenario) => [version, scenario] as const),
);

describe('a headless run says of each entry what --log prints for it:', () => {
  test.each(recordings)('%s, %s', (version, scenario) => {
    const lines = recordedLines(version, scenario);
    const told = activities(lines);
    const entries = logged(lines).filter(({ body }) => body.kind !== 'session');
    for (const entry of entries) {
      const ofEntry = told.filter(({ entry: { offset } }) => offset === entry.offset);
      const head = ofEntry.findLast(({ kind }) => !kind.endsWith('-result'));
      const end = ofEntry.findLast(({ kind }) => kind.endsWith('-result'));
      const sign = entry.body.kind === 'command' ? '$ ' : '';
      const said = [`${sign}${head?.text}`, shownAsEnd(end?.text)].filter(Boolean).join(' ');
      expect(said).toBe(logLine(entry));
      // A line that adds nothing, as the failed turn after its error, is not told: the time may be an earlier one.
      const json = JSON.parse(entryAs('json', entry)) as Record<string, unknown>;
      const endedAt = expect.any(String) as string;
      expect({ version: 1, ...ofEntry.at(-1)?.entry }).toEqual({ ...json, endedAt });
    }
    // All others are retries that worked, which a log no longer shows.
    const kept = new Set(entries.map(({ offset }) => offset));
    const others = told.filter(({ entry }) => !kept.has(entry.offset));
    expect(others.filter(({ kind }) => kind !== 'retry')).toEqual([]);
    expect(heard(lines, textPrinter)).toEqual(told.map(shownToPeople));
  });
});

const shownAsEnd = (text = '') => (text === '' ? '' : text === 'completed' ? '✓' : `✗ ${text}`);

function shownToPeople({ kind, text }: Activity): string {
  if (kind.endsWith('-result')) return `  ${shownAsEnd(text)}`;
  return kind === 'command' ? `$ ${text}` : text;
}

const jsonLines = (...lines: readonly object[]) => lines.map((line) => JSON.stringify(line));

test('an item is told when it begins and when it ends, not when it is repeated', () => {
  const lines = jsonLines(
    threadStarted(),
    commandStarted('item_1', 'npm test'),
    { ...commandStarted('item_1', 'npm test'), type: 'item.updated' },
    message('I wait.', 'item_2'),
    commandCompleted('item_1', { command: 'npm test', exit_code: 3, status: 'failed' }),
  );
  expect(heard(lines, textPrinter)).toEqual(['$ npm test', 'I wait.', '  ✗ exit 3']);
});

test('a command that its turn cut off is told as interrupted', () => {
  const lines = jsonLines(threadStarted(), commandStarted('item_1', 'npm test'), turnCompleted(1));
  expect(heard(lines, textPrinter)).toEqual(['$ npm test', '  ✗ interrupted']);
});

test('the end of a command whose beginning was not seen is told with its beginning', () => {
  const lines = jsonLines(commandCompleted('item_1', { command: 'npm test' }));
  expect(heard(lines, textPrinter)).toEqual(['$ npm test', '  ✓']);
});

test('as JSON, an activity keeps its kind and text, and has the entry as --log --json prints it', () => {
  const lines = jsonLines(threadStarted(), commandStarted('item_1'), commandCompleted('item_1'));
  const entry = { offset: 1, kind: 'command', command: 'ls' };
  expect(activities(lines)).toMatchObject([
    { version: 1, type: 'activity', kind: 'command', text: 'ls', entry },
    { kind: 'command-result', text: 'completed', entry: { ...entry, output: 'a\n', exitCode: 0 } },
  ]);
});

test.each([
  ['Task **12** is `done`, see [todo.ts](src/todo.ts).', 'Task 12 is done, see todo.ts.'],
  ['## Next\n\n* **one**\n* two', 'Next - one - two'],
  ['```sh\nnpm test\n```', 'npm test'],
  ['2 * 3 ** 4', '2 * 3 ** 4'],
])('a message is told without the marks of its Markdown: %j', (markdown, text) => {
  const lines = jsonLines(threadStarted(), message(markdown));
  expect(heard(lines, textPrinter)).toEqual([text]);
  // The entry has the text as Codex wrote it.
  expect(activities(lines)).toMatchObject([{ kind: 'message', text, entry: { text: markdown } }]);
});

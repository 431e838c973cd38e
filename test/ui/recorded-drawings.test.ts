// Every kind of entry, recorded from the real Codex, wide and narrow, folded and open: test/ui/drawings/log-*.txt.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLogLine } from '../../source/core/codex/read-line.ts';
import { createEntries } from '../../source/core/log/entries.ts';
import type { Entry, EntryBody } from '../../source/core/log/entry.ts';
import { followingLog } from '../../source/ui/view/log/view.ts';
import { rowsAt, type LogPane } from '../../source/ui/rows/log/log-rows.ts';
import { rowText, type Row } from '../../source/ui/rows/row.ts';
import { textWidth } from '../../source/ui/look/text-width.ts';
import { recordedLines } from '../helpers/recordings.ts';
import { now } from './sample.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const linesOf = (path: string): string[] =>
  readFileSync(join(fixtures, path), 'utf8').split('\n').filter(Boolean);

const recordings: readonly (readonly [string, readonly string[]])[] = [
  ['a run of the demo', linesOf('run/session.log')],
  ...(
    [
      'tools',
      'todo-list',
      'mcp-tool',
      'sub-agent',
      'web-search',
      'background-command',
      'interrupted',
      'server-error',
      'stream-cut',
      'usage-limit',
    ] as const
  ).map((scenario) => [`0.169.0, ${scenario}`, recordedLines('0.169.0', scenario)] as const),
  ['0.98.0, tools', recordedLines('0.98.0', 'tools')],
  ['0.98.0, tools, stderr', linesOf('codex/0.98.0/tools.stderr')],
  ['0.60.1, tools', recordedLines('0.60.1', 'tools')],
];

/** `recorded`, or the reason why no recording has this kind. */
const kinds: Record<EntryBody['kind'], string> = {
  message: 'recorded',
  reasoning: 'recorded',
  command: 'recorded',
  'file-changes': 'recorded',
  'tool-call': 'recorded',
  'sub-agent': 'recorded',
  search: 'recorded',
  'to-dos': 'recorded',
  warning: 'recorded',
  error: 'recorded',
  check: 'the runner writes it: see entry-rows.test.ts',
  'taken-over': 'the runner writes it: see entry-rows.test.ts',
  told: 'the runner writes it: see entry-rows.test.ts',
  retry: 'recorded',
  session: 'recorded',
  stderr: 'recorded',
  noise: 'recorded',
  raw: 'any entry after J: see the recorded line below',
  unknown: 'no recorded version of Codex writes one',
};

/** The projects of the recorded sessions; paths below them are drawn relative. */
const projectPaths: Readonly<Record<string, string>> = { 'a run of the demo': '/home/dev/shop' };

const drawings = recordings.map(([name, lines]) => ({
  name,
  entries: entriesOf(lines, projectPaths[name]),
}));

function entriesOf(lines: readonly string[], projectPath = '/home/user/project'): readonly Entry[] {
  const entries = createEntries({ projectPath });
  let offset = 0;
  for (const line of lines) {
    entries.push(readLogLine(line), { offset, at: null });
    offset += line.length + 1;
  }
  return entries.list();
}

test('every kind of entry was recorded, or has a reason why not', () => {
  const seen = new Set(drawings.flatMap(({ entries }) => entries.map(({ body }) => body.kind)));
  const wanted = Object.entries(kinds).filter(([, why]) => why === 'recorded');
  expect([...seen].sort()).toEqual(wanted.map(([kind]) => kind).sort());
});

test.each([
  { width: 44, isOpened: false, form: 'folded' },
  { width: 44, isOpened: true, form: 'opened' },
  { width: 100, isOpened: false, form: 'folded' },
  { width: 100, isOpened: true, form: 'opened' },
] as const)('recorded entries, $width cells wide, $form', async ({ width, isOpened, form }) => {
  const drawn = drawings.map(({ name, entries }) => {
    const rows = rowsOf(entries, width, isOpened);
    for (const row of rows) expect(textWidth(rowText(row))).toBe(width);
    return `${name}\n\n${rows.map((row) => `${rowText(row)}│`).join('\n')}\n`;
  });
  const file = join(import.meta.dirname, 'drawings', `log-${width}-${form}.txt`);
  await expect(drawn.join('\n')).toMatchFileSnapshot(file);
});

test('a recorded line as its JSON', async () => {
  const [entry] = drawings[0]?.entries ?? [];
  if (entry === undefined) throw new Error('Nothing was recorded.');
  const line: unknown = JSON.parse(recordedLines('0.169.0', 'todo-list')[2] ?? '');
  const body = { kind: 'raw', text: JSON.stringify(line, null, 2) } as const;
  const rows = rowsOf([{ ...entry, body }], 60, true);
  const file = join(import.meta.dirname, 'drawings', 'log-60-json.txt');
  await expect(`${rows.map((row) => rowText(row).trimEnd()).join('\n')}\n`).toMatchFileSnapshot(
    file,
  );
});

/** The rows of a whole log, as its pane draws them. */
function rowsOf(entries: readonly Entry[], width: number, isOpened: boolean): readonly Row[] {
  const opened = new Set(isOpened ? entries.map(({ key }) => key) : []);
  const pane: LogPane = {
    ...followingLog,
    entries,
    opened,
    ticks: [1, 2].map((step) => ({ at: now, session: 2, step })),
    isLive: false,
    width,
    height: 10,
    now,
    animationFrame: 0,
  };
  return entries.flatMap((_, index) => rowsAt(pane, index).slice(0));
}

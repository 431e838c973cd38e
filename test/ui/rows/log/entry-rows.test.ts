import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, EntryBody } from '../../../../source/core/log/entry.ts';
import { entryRows } from '../../../../source/ui/rows/log/entry-rows.ts';
import { runsWidth, type Row } from '../../../../source/ui/rows/row.ts';
import { anyEntries } from '../../arbitrary.ts';
import { at, command, drawn, entry, now, sessionBody } from '../../sample.ts';

const context = { width: 60, isOpened: false, isLive: true, now, animationFrame: 1 };

/** An entry, with the edge of its pane. */
function picture(one: Entry, changes: Partial<typeof context> = {}): string {
  const rows = entryRows(one, { ...context, ...changes });
  return '\n' + drawn(rows.slice(0).map((row): Row => [...row, { text: '│', style: {} }]));
}

const of = (body: EntryBody, seconds = 0) => entry('12:03:58', body, seconds);

const long = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n');

describe('a message', () => {
  test('is wrapped, with light Markdown', () => {
    const text =
      'Step **12** is done, see `src/todo.ts`.\n\n- one thing\n* another [one](src/a.ts)';
    expect(picture(of({ kind: 'message', text }))).toMatchInlineSnapshot(`
      "
       12:03:58  Step 12 is done, see src/todo.ts.                │
                                                                  │
                 - one thing                                      │
                 - another one                                    │"
    `);
  });

  test('without text still has a row', () => {
    expect(entryRows(of({ kind: 'message', text: '' }), context)).toHaveLength(1);
  });
});

test('many changed files are counted beyond those that fit, however long their names', () => {
  for (const name of [
    'f',
    'a-name-of-some-length',
    'one/that/has/no/room/beside/any/other/and/none/at/all',
  ]) {
    const paths = Array.from({ length: 400 }, (_, index) => `${name}${index}.ts`);
    const changes = paths.map((path) => ({ path, change: 'add' }) as const);
    const drawing = picture(of({ kind: 'file-changes', status: 'completed', changes }));
    const shown = drawing.match(/\.ts/gu)?.length ?? 0;
    expect(drawing).toContain(` +${400 - shown} `);
  }
});

describe('reasoning', () => {
  const body = { kind: 'reasoning', text: '**Looking around**\n\nThe list comes first.' } as const;

  test('shows its first line, dim and italic', () => {
    expect(picture(of(body))).toMatchInlineSnapshot(`
      "
       12:03:58  Looking around …                                 │"
    `);
    const styles = entryRows(of(body), context)
      .slice(0)
      .flatMap((row) => row.map(({ style }) => style));
    expect(styles).toContainEqual({ dim: true, italic: true });
  });

  test('shows all of its text when opened', () => {
    expect(picture(of(body), { isOpened: true })).toMatchInlineSnapshot(`
      "
       12:03:58  Looking around                                   │
                                                                  │
                 The list comes first.                            │"
    `);
  });
});

describe('a command', () => {
  test('that succeeded shows its duration and its output', () => {
    const body = command('npm test', { output: '42 passed, 0 failed\n' });
    expect(picture(of(body, 4.1))).toMatchInlineSnapshot(`
      "
       12:03:58  $ npm test                              ✓  4.1 s │
                 └ 42 passed, 0 failed                            │"
    `);
  });

  test('that failed shows its exit code and the last three lines of its output', () => {
    const body = command('make', { status: 'failed', exitCode: 2, output: long(42) });
    expect(picture(of(body, 75))).toMatchInlineSnapshot(`
      "
       12:03:58  $ make                                  ✗ exit 2 │
                 └ line 40                              +39 lines │
                   line 41                                        │
                   line 42                                        │"
    `);
  });

  test('under way has a spinner and a clock', () => {
    const body = command('npm run build', { status: 'in progress', exitCode: null });
    expect(picture(of(body))).toMatchInlineSnapshot(`
      "
       12:03:58  $ npm run build                         ⠙   29 s │"
    `);
  });

  test('that is unfinished without a live session does not move', () => {
    const body = command('npm run build', { status: 'in progress', exitCode: null });
    expect(picture(of(body), { isLive: false })).toMatchInlineSnapshot(`
      "
       12:03:58  $ npm run build                     not finished │"
    `);
  });

  test('that failed without an exit code was interrupted', () => {
    const body = command('sleep 60', { status: 'failed', exitCode: null });
    expect(picture(of(body))).toMatchInlineSnapshot(`
      "
       12:03:58  $ sleep 60                         ✗ interrupted │"
    `);
  });

  test('of several lines shows its first one until it is opened', () => {
    const body = command('for f in src/*; do\n\techo "$f"\ndone', { output: long(5) });
    expect(picture(of(body, 1))).toMatchInlineSnapshot(`
      "
       12:03:58  $ for f in src/*; do …                  ✓  1.0 s │
                 └ line 3                                +2 lines │
                   line 4                                         │
                   line 5                                         │"
    `);
    expect(picture(of(body, 1), { isOpened: true })).toMatchInlineSnapshot(`
      "
       12:03:58  $ for f in src/*; do                    ✓  1.0 s │
                       echo "$f"                                  │
                   done                                           │
                 └ line 1                                         │
                   line 2                                         │
                   line 3                                         │
                   line 4                                         │
                   line 5                                         │"
    `);
  });

  test('shows all its output when opened, however much', () => {
    const rows = entryRows(of(command('yes', { output: long(200_000) })), {
      ...context,
      isOpened: true,
    });
    expect(rows).toHaveLength(200_001);
    expect(drawn(rows.slice(199_999))).toMatchInlineSnapshot(`
      "             line 199999
                   line 200000"
    `);
  });
});

describe('file changes', () => {
  const change = (path: string, kind: 'add' | 'delete' | 'update' = 'update') => ({
    path,
    change: kind,
  });

  test('are side by side, with glyphs for added and deleted files', () => {
    const changes = [
      change('src/todo.ts'),
      change('src/new.ts', 'add'),
      change('old.ts', 'delete'),
    ];
    expect(picture(of({ kind: 'file-changes', status: 'completed', changes })))
      .toMatchInlineSnapshot(`
      "
       12:03:58  ✎ src/todo.ts  + src/new.ts  − old.ts            │"
    `);
  });

  test('are folded if there are many, and a long path keeps its end', () => {
    const changes = Array.from({ length: 9 }, (_, n) =>
      change(`a/rather/long/path/to/file-${n}.ts`),
    );
    const deep = change(`${'deep/'.repeat(20)}file.ts`);
    const body = { kind: 'file-changes', status: 'failed', changes: [deep, ...changes] } as const;
    expect(picture(of(body))).toMatchInlineSnapshot(`
      "
       12:03:58  ✎ …eep/deep/deep/deep/deep/file.ts      ✗ failed │
                   a/rather/long/path/to/file-0.ts                │
                   a/rather/long/path/to/file-1.ts  +7            │"
    `);
  });
});

describe('of tools and sub-agents', () => {
  test('a tool call shows its arguments and the start of its answer', () => {
    const body = {
      kind: 'tool-call',
      server: 'github',
      tool: 'search_issues',
      arguments: '{"q":"cursor"}',
      answer: long(5),
      status: 'completed',
    } as const;
    expect(picture(of(body, 2.25))).toMatchInlineSnapshot(`
      "
       12:03:58  github.search_issues({"q":"cursor"})    ✓  2.3 s │
                 └ line 1                                +2 lines │
                   line 2                                         │
                   line 3                                         │"
    `);
  });

  test('a sub-agent shows its prompt and its state', () => {
    const body = {
      kind: 'sub-agent',
      tool: 'spawn_agent',
      prompt: 'Review the handler',
      states: 'reviewer: running',
      status: 'in progress',
    } as const;
    expect(picture(of(body))).toMatchInlineSnapshot(`
      "
       12:03:58  ⇢ sub-agent: Review the handler         ⠙   29 s │
                 └ reviewer: running                              │"
    `);
  });

  test('a search shows its query', () => {
    expect(picture(of({ kind: 'search', query: 'keyset pagination' }))).toMatchInlineSnapshot(`
      "
       12:03:58  ⌕ keyset pagination                              │"
    `);
  });

  test('to-dos are a list with boxes', () => {
    const items = [
      { text: 'Add the repository', completed: true },
      { text: 'Return 404 for unknown ids, with the same body everywhere', completed: false },
    ];
    expect(picture(of({ kind: 'to-dos', items }))).toMatchInlineSnapshot(`
      "
       12:03:58  ☑ Add the repository                             │
                 ☐ Return 404 for unknown ids, with the same body │
                   everywhere                                     │"
    `);
  });
});

describe('of Codex and the runner', () => {
  test('a take-over is the user’s: no warning, and wrapped', () => {
    const message = 'You took over the conversation for 3m 12s · changed: notes.md, src/todo.ts';
    expect(picture(of({ kind: 'taken-over', message }))).toMatchInlineSnapshot(`
      "
       12:03:58  · You took over the conversation for 3m 12s ·    │
                   changed: notes.md, src/todo.ts                 │"
    `);
  });

  test('what the user told a session is the user’s: no warning, whole when it is opened', () => {
    const texts = [
      'Use PostgreSQL, because the team knows it and its backups',
      'Not SQLite\nReally',
    ];
    const told = of({ kind: 'told', session: 5, texts });
    expect(picture(told) + picture(told, { isOpened: true })).toMatchInlineSnapshot(`
      "
       12:03:58  You told session 5:                              │
                 > Use PostgreSQL, because the team knows it and  │
                   its backups                                    │
                 > Not SQLite …                                   │
       12:03:58  You told session 5:                              │
                 > Use PostgreSQL, because the team knows it and  │
                   its backups                                    │
                 > Not SQLite                                     │
                   Really                                         │"
    `);
  });

  test('a check that fails shows its last lines, and all of them when it is opened', () => {
    const body = {
      kind: 'check',
      command: 'npm test',
      output: long(6),
      outcome: 'failed',
      exitCode: 1,
      durationMs: 4100,
    } as const;
    const passed = of({ ...body, output: '', outcome: 'passed' });
    const opened = picture(of(body), { isOpened: true });
    expect(picture(of(body)) + opened + picture(passed)).toMatchInlineSnapshot(`
      "
       12:03:58  check npm test                          ✗ exit 1 │
                 └ line 4                                +3 lines │
                   line 5                                         │
                   line 6                                         │
       12:03:58  check npm test                          ✗ exit 1 │
                 └ line 1                                         │
                   line 2                                         │
                   line 3                                         │
                   line 4                                         │
                   line 5                                         │
                   line 6                                         │
       12:03:58  check npm test                          ✓  4.1 s │"
    `);
  });

  test('a retry counts up in one line', () => {
    const body = { kind: 'retry', attempt: 3, of: 5, reason: 'stream disconnected' } as const;
    expect(picture(of(body))).toMatchInlineSnapshot(`
      "
       12:03:58  reconnecting 3/5 (stream disconnected)           │"
    `);
  });

  test('a warning is yellow and an error red, each with its glyph', () => {
    const warning = of({ kind: 'warning', message: 'Model metadata not found' });
    const error = of({
      kind: 'error',
      message: 'You’ve hit your usage limit. Try again at 2:00 PM.',
    });
    expect(picture(warning) + picture(error)).toMatchInlineSnapshot(`
      "
       12:03:58  ! Model metadata not found                       │
       12:03:58  ✗ You’ve hit your usage limit. Try again at 2:00 │
                   PM.                                            │"
    `);
    const colors = (one: Entry) =>
      entryRows(one, context)
        .slice(0)[0]
        ?.map(({ style }) => style.color);
    expect(colors(warning)).toContain('waiting');
    expect(colors(error)).toContain('failed');
  });

  test('a session is a hairline with its number and role', () => {
    const resumed = { ...sessionBody, resumes: '550e8400-e29b-41d4-a716-446655440000' };
    const foreign = { ...sessionBody, session: null, role: null };
    const changed = { ...sessionBody, copy: 'changed' as const };
    expect([sessionBody, resumed, foreign, changed].map((body) => picture(of(body))).join(''))
      .toMatchInlineSnapshot(`
        "
         12:03:58  ── session 4 · working ───────────────────────── │
         12:03:58  ── session 4 · working · resumes 550e8400 ────── │
         12:03:58  ── session ───────────────────────────────────── │
         12:03:58  ── session 4 · working · log changed ─────────── │"
      `);
  });

  test('stderr is dim and folded', () => {
    expect(picture(of({ kind: 'stderr', text: long(9) }))).toMatchInlineSnapshot(`
      "
       12:03:58  line 7                                  +6 lines │
                 line 8                                           │
                 line 9                                           │"
    `);
  });

  test('stderr with a backtrace shows the line that says why', () => {
    const text = `Reading\nError: no such server\n\nStack backtrace:\n   0: main\n   1: start\n`;
    expect(picture(of({ kind: 'stderr', text }))).toMatchInlineSnapshot(`
      "
       12:03:58  Reading                                 +3 lines │
                 Error: no such server                            │"
    `);
  });

  test('an unknown event is shown as far as it fits', () => {
    const json = `{"type":"item.telemetry","values":[${'1,'.repeat(60)}1]}`;
    expect(picture(of({ kind: 'unknown', name: 'item.telemetry', json }))).toMatchInlineSnapshot(`
      "
       12:03:58  item.telemetry {"type":"item.telemetry","values… │"
    `);
  });
});

describe('the time', () => {
  const message = (time: string | null) => entry(time, { kind: 'message', text: 'Hello' });

  test('that was not recorded is a dash', () => {
    expect(picture(message(null))).toMatchInlineSnapshot(`
      "
              –  Hello                                            │"
    `);
  });

  test('is shortened and left out in narrower panes', () => {
    expect(picture(message('12:03:58'), { width: 50 })).toMatchInlineSnapshot(`
      "
       12:03  Hello                                     │"
    `);
    expect(picture(message('12:03:58'), { width: 40 })).toMatchInlineSnapshot(`
      "
       Hello                                  │"
    `);
  });
});

test('every row of every entry has exactly the requested width', () => {
  fc.assert(
    fc.property(
      anyEntries,
      fc.integer({ min: 1, max: 200 }),
      fc.boolean(),
      (entries, width, isOpened) => {
        for (const one of entries) {
          const rows = entryRows(one, { ...context, width, isOpened });
          expect(rows.length).toBeGreaterThan(0);
          for (const row of rows.slice(0)) expect(runsWidth(row)).toBe(width);
        }
      },
    ),
  );
});

test('rows are made again only when the entry, the width or its fold changes', () => {
  const done = of(command('ls', { output: 'a' }));
  const rows = entryRows(done, context);
  expect(entryRows(done, { ...context, now: now + 1000, animationFrame: 2 })).toBe(rows);
  expect(entryRows(done, { ...context, width: 61 })).not.toBe(rows);
  expect(entryRows({ ...done, version: 2 }, context)).not.toBe(rows);
});

test('an entry under way is made again for each animation frame', () => {
  const running = entry('12:04:20', command('ls', { status: 'in progress', exitCode: null }));
  expect(drawn(entryRows(running, context).slice(0))).toContain('⠙    7 s');
  const later = { ...context, now: at('12:04:28'), animationFrame: 2 };
  expect(drawn(entryRows(running, later).slice(0))).toContain('⠹    8 s');
});

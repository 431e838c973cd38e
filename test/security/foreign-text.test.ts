// The whole way of untrusted text, from a file of the project to the bytes for the terminal. Whatever it contains,
// the output is text and the program's own sequences.
// FAST_CHECK_RUNS sets how many logs are tried; 300000 is the long form.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands } from '../../source/screen/commands/command-table.ts';
import type { LogEvent } from '../../source/core/codex/log-event.ts';
import { readLogLine } from '../../source/core/codex/read-line.ts';
import { createEntries } from '../../source/core/log/entries.ts';
import { failureLine, failureOf } from '../../source/core/failure/failure.ts';
import { errorMessage } from '../../source/core/text/error-message.ts';
import { createSessionFold } from '../../source/core/codex/session.ts';
import type { Announcement } from '../../source/core/run/run.ts';
import { jsonPrinter } from '../../source/cli/print/headless-json.ts';
import { textPrinter, type Printer } from '../../source/cli/print/headless.ts';
import { listedTask, listText, taskLine } from '../../source/cli/print/list-lines.ts';
import { terminalLines } from '../../source/cli/print/terminal-list.ts';
import { darkTheme } from '../../source/ui/look/theme.ts';
import { reduceView } from '../../source/ui/view/reducer.ts';
import { initialView } from '../../source/ui/view/state.ts';
import { board, now } from '../ui/sample.ts';
import { hostileText } from './attacks.ts';
import { foreignLog } from './foreign-log.ts';
import { foreignTask } from './foreign-task.ts';
import { expectHarmless, painted } from './harmless.ts';
import { listJson } from '../../source/cli/print/list-json.ts';
import type { ViewAction } from '../../source/ui/view/view-action.ts';

const numRuns = Number(process.env['FAST_CHECK_RUNS'] ?? 10_000);
/** Fewer, since they have fewer text fields. */
const fewerRuns = Math.ceil(numRuns / 4);
const timeoutMs = 60_000 + numRuns * 12;

describe('whatever the project contains, a terminal gets only text and our own sequences', () => {
  test('on the screen, from the log', { timeout: timeoutMs }, () => {
    const size = fc.constantFrom({ columns: 100, rows: 14 }, { columns: 46, rows: 12 });
    fc.assert(
      fc.property(foreignLog, size, fc.boolean(), (lines, size, isOpened) => {
        const entries = createEntries({ projectPath: '/p' });
        lines.forEach((line, index) =>
          entries.push(readLogLine(line), { offset: index, at: null }),
        );
        const scene = {
          board: board(),
          log: { task: 'build-rest-api-todo', entries: entries.list() },
          size,
          now,
          animationFrame: 1,
        };
        const actions: ViewAction[] = [
          { type: 'selected', task: 'build-rest-api-todo' },
          { type: 'focused', pane: 'log' },
          ...(isOpened ? [{ type: 'entry-toggled' } as const] : []),
        ];
        const view = actions.reduce(
          (view, act) => reduceView(view, act, scene),
          initialView({ commands }),
        );
        expectHarmless(painted({ ...scene, view, theme: darkTheme }));
      }),
      { numRuns },
    );
  });

  test(
    'on the screen and in the list, from names, checklists and records',
    async () => {
      await fc.assert(
        fc.asyncProperty(hostileText, hostileText, async (name, text) => {
          const task = await foreignTask(name, text);
          const scene = {
            board: board({ tasks: [task], problem: errorMessage(new Error(text)) }),
            log: null,
            size: { columns: 100, rows: 12 },
            now,
            animationFrame: 1,
          };
          const view = reduceView(initialView({ commands }), { type: 'scene-changed' }, scene);
          expectHarmless(painted({ ...scene, view, theme: darkTheme }));
          const lines = terminalLines([listedTask(task, now)], { TERM: 'xterm' }, 100);
          for (const listed of [[taskLine(task, now)], lines]) {
            expectHarmless(listText('/p', listed).replaceAll('\n', ''));
          }
          const json = listJson(`/home/me/${name}`, [task]);
          expectHarmless(json.replaceAll('\n', ''));
          expect(JSON.parse(json)).toMatchObject({ project: `/home/me/${name}` });
        }),
        { numRuns: fewerRuns },
      );
    },
    timeoutMs,
  );

  test.each([
    ['text', textPrinter],
    ['JSON', jsonPrinter],
  ] as const)('in a headless run, as %s', { timeout: timeoutMs }, (_, printer) => {
    fc.assert(
      fc.property(foreignLog, hostileText, (lines, text) => {
        const printed: string[] = [];
        tell(
          printer((line) => void printed.push(line), '/p'),
          lines.map(readLogLine),
          text,
        );
        for (const line of printed) {
          expect(line.endsWith('\n')).toBe(true);
          expectHarmless(line.slice(0, -1));
        }
      }),
      { numRuns: fewerRuns },
    );
  });
});

/** A run that makes every possible announcement, with `text` wherever untrusted text can appear. */
function tell(printer: Printer, events: readonly LogEvent[], text: string): void {
  const { listener } = printer;
  printer.task({ name: 'shop', description: text, generated: true, directory: '.autonomous/shop' });
  const fold = createSessionFold();
  for (const event of events) {
    listener.logged(event, { offset: 0, at: now });
    fold.push(event);
  }
  const { failureMessage, sandboxTrouble } = fold.result();
  const failure = failureOf({
    message: failureMessage,
    stderr: '',
    sandboxTrouble,
    exitCode: 1,
    signal: null,
  });
  const announcements: Announcement[] = [
    { kind: 'session', number: 1, role: 'initializer' },
    { kind: 'back off', delayMs: 1000, failure, failuresInARow: 1 },
    { kind: 'note', sentence: errorMessage(new Error(text)) },
  ];
  for (const announcement of announcements) listener.announced(announcement);
  printer.ending({ kind: 'failed', sentence: failureLine(failure), at: now }, 1);
}

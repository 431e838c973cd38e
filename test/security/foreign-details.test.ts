// Untrusted text on its way into the pages of a task (steps, sessions, notes, about) and into the window's title.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands } from '../../source/screen/commands/command-table.ts';
import type { Board } from '../../source/core/task/board.ts';
import type { TaskDetails } from '../../source/core/task/details.ts';
import type { SessionSummary } from '../../source/core/log/session-summary.ts';
import { createLandmarks } from '../../source/engine/log/landmarks.ts';
import { followDetails } from '../../source/engine/tasks/details-feed.ts';
import type { StateDirectory } from '../../source/system/state/state-directory.ts';
import type { TaskDirectory } from '../../source/system/state/task-directory.ts';
import { cleanLine } from '../../source/core/text/clean.ts';
import { detailsPages } from '../../source/ui/view/details-page.ts';
import { darkTheme } from '../../source/ui/look/theme.ts';
import { reduceView } from '../../source/ui/view/reducer.ts';
import { initialView } from '../../source/ui/view/state.ts';
import { windowTitle } from '../../source/ui/terminal/window-title.ts';
import { HandClock } from '../helpers/hand-clock.ts';
import { recordWith } from '../helpers/run-records.ts';
import { board, now } from '../ui/sample.ts';
import { hostileText, whatIsObeyed } from './attacks.ts';
import { foreignLog } from './foreign-log.ts';
import { expectHarmless, painted } from './harmless.ts';
import type { ViewAction } from '../../source/ui/view/view-action.ts';

const numRuns = Math.ceil(Number(process.env['FAST_CHECK_RUNS'] ?? 10_000) / 8);
const timeoutMs = 60_000 + numRuns * 20;
const task = 'build-rest-api-todo';

test(
  'whatever its files contain, the pages of a task are text and our own sequences',
  { timeout: timeoutMs },
  async () => {
    const page = fc.constantFrom(...detailsPages);
    await fc.assert(
      fc.asyncProperty(hostileText, foreignLog, page, async (text, log, shown) => {
        const details = await detailsOf(text);
        const scene = {
          board: board(),
          log: { task, entries: [], sessions: sessionsOf(log) },
          details,
          size: { columns: 100, rows: 24 },
          now,
          animationFrame: 1,
        };
        const actions: ViewAction[] = [
          { type: 'selected', task: task },
          { type: 'page-opened', page: shown },
          { type: 'zoom-toggled' },
        ];
        const view = actions.reduce(
          (view, act) => reduceView(view, act, scene),
          initialView({ commands }),
        );
        expectHarmless(painted({ ...scene, view, theme: darkTheme }));
      }),
      { numRuns },
    );
  },
);

test('whatever the project’s name, the window title is one harmless line', () => {
  fc.assert(
    fc.property(hostileText, (project) => {
      const shown: Board = board({ project });
      expect(whatIsObeyed(windowTitle(shown))).toBeNull();
    }),
    { numRuns },
  );
});

/** Details as read from a disk on which an attacker chose every text. */
async function detailsOf(text: string): Promise<TaskDetails> {
  const record = recordWith({ run: text });
  const directory: Partial<TaskDirectory> = {
    logPath: '/p/.autonomous/x/session.log',
    readList: () =>
      Promise.resolve({ kind: 'text', text: `# ${text}\n- [ ] ${text}\n\n- [x] two ${text}\n` }),
    readDescription: () => Promise.resolve(text),
    readNotes: () => Promise.resolve(`${text}\n# ${text}\n* ${text}`),
    identity: () => Promise.resolve(record.directory),
  };
  const state: Partial<StateDirectory> = {
    readRecord: () => Promise.resolve(record),
    readTicks: () => Promise.resolve(`${text}\n1769684475000 4 1\n1 2 ${text}\n`),
    readUnproven: () => Promise.resolve([{ session: 1, text, reason: text }]),
    readReplacedList: () => Promise.resolve({ session: 1, text: '', restored: text }),
    readGuidance: () =>
      Promise.resolve([
        { id: text, at: 1, text, when: 'next', told: null },
        { id: text, at: 2, text, when: 'now', told: { session: 3, at: 4 } },
      ]),
    readOptions: () =>
      Promise.resolve({
        model: text,
        profile: text,
        codex: text,
        arguments: [text, text],
        checks: [text],
        checkNetwork: true,
        review: false,
        worktree: true,
        planFirst: true,
        fullAccessOnce: true,
        pinned: true,
        maxSessions: null,
        maxTokens: 1,
        maxTimeMs: 1,
        hours: null,
        after: text,
      }),
  };
  const feed = followDetails({
    clock: new HandClock(),
    name: task,
    task: directory as TaskDirectory,
    state: state as StateDirectory,
    directory: cleanLine(text),
    fingerprint: () => '',
  });
  for (;;) {
    const details = feed.details();
    if (details !== null) {
      feed.close();
      return details;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The lines of a log as its index would report them. */
function sessionsOf(log: readonly string[]): readonly SessionSummary[] {
  const landmarks = createLandmarks(() => null);
  landmarks.push(log.map((text, at) => ({ offset: at * 100, bytes: text.length, text })));
  return landmarks.sessions();
}

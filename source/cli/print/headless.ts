// Prints a run as text, in the seed's lines and order, or as JSON lines. The same runner as everywhere, in the
// foreground, no React. A closed stdout does not end the work.

import { activityOf } from './activity.ts';
import type { Announcement } from '../../core/run/run.ts';
import type { Ending } from '../../core/run/run.ts';
import { clean } from '../../core/text/clean.ts';
import { keptLine } from '../../core/text/safe-text.ts';
import { printedJson } from '../../core/json/printed.ts';
import { clockTime } from './list-lines.ts';
import type { RunListener } from '../../engine/run/runner-deps.ts';

export type Printer = {
  listener: RunListener;
  /** Before the run: which task it is. */
  task(task: {
    name: string;
    description: string | null;
    generated: boolean;
    directory: string;
  }): void;
  /** After it. */
  ending(ending: Ending, exitCode: number): void;
};

type Write = (text: string) => void;

const rule = '==========================================';

export function textPrinter(write: Write): Printer {
  // What comes here is clean already; whatever slips in one day still is no more than one harmless line.
  const line = (text: string): void => write(`${clean(text).replaceAll(/[\n\t]+/g, ' ')}\n`);
  const banner = (text: string): void => [rule, `  ${text}`, rule].forEach(line);
  let task = { name: '', description: null as string | null, directory: '' };
  let savedThread: string | null = null;
  return {
    task: ({ generated, ...rest }) => {
      task = rest;
      if (generated) line(`ℹ Generated task name: ${task.name}`);
    },
    listener: {
      announced: (announcement) => announce(announcement),
      threadSaved: (threadId) => {
        savedThread = threadId;
      },
      logged: (event) => {
        const activity = activityOf(event);
        if (activity !== null) line(activity.text);
      },
      ended: () => {},
    },
    ending: (ending) => {
      saveLine();
      line('');
      for (const text of endingLines(ending, task.name)) line(text);
    },
  };

  function announce(announcement: Announcement): void {
    switch (announcement.kind) {
      case 'session':
        line('');
        banner(`SESSION ${announcement.number} - ${task.name}`);
        line('');
        banner(announcement.role === 'initializer' ? 'INITIALIZER SESSION' : 'EXECUTOR SESSION');
        if (task.description !== null) line(`Task: ${keptLine(task.description, 500)}`);
        line(`Task Name: ${task.name}`);
        line(`Task Directory: ${task.directory}`);
        line('');
        return;
      case 'session complete':
        line(
          `✓ ${announcement.role === 'initializer' ? 'Initializer' : 'Executor'} session complete`,
        );
        saveLine();
        return;
      case 'progress':
        saveLine();
        line('');
        line(`=== Progress: ${announcement.done}/${announcement.total} ===`);
        return;
      case 'rest':
        line(`Continuing in ${seconds(announcement.delayMs)}... (Press Ctrl+C to pause)`);
        return;
      case 'back off':
        line(`✗ ${announcement.failure.sentence}`);
        line(`Trying again in ${seconds(announcement.delayMs)}... (Press Ctrl+C to pause)`);
        return;
      case 'waits':
        line(`ℹ Waiting${untilWords(announcement.until)}: ${waitWords(announcement.reason)}`);
        return;
      case 'goes on':
        line('ℹ Going on');
        return;
      case 'note':
        line(`ℹ ${announcement.sentence}`);
        return;
      default:
        announcement satisfies never;
    }
  }

  function saveLine(): void {
    if (savedThread !== null) line(`ℹ Session ID saved: ${savedThread}`);
    savedThread = null;
  }
}

export function jsonPrinter(write: Write): Printer {
  const put = (value: object): void => write(`${printedJson({ version: 1, ...value })}\n`);
  return {
    task: ({ name, directory, generated }) =>
      put({ type: 'task', task: name, directory, generated }),
    listener: {
      announced: (announcement) => put(announcementJson(announcement)),
      threadSaved: (threadId) => put({ type: 'thread', threadId }),
      logged: (event) => {
        const activity = activityOf(event);
        if (activity !== null) put({ type: 'activity', ...activity });
      },
      ended: () => {},
    },
    ending: ({ kind, sentence }, exitCode) =>
      put({ type: 'ended', ending: kind, sentence, exitCode }),
  };
}

function announcementJson(announcement: Announcement): object {
  switch (announcement.kind) {
    case 'session':
      return { type: 'session', session: announcement.number, role: announcement.role };
    case 'session complete':
      return { type: 'session-complete', role: announcement.role };
    case 'progress':
      return { type: 'progress', done: announcement.done, total: announcement.total };
    case 'rest':
      return { type: 'rest', delayMs: announcement.delayMs };
    case 'back off': {
      const { reason, sentence } = announcement.failure;
      return { type: 'waiting', reason, sentence, delayMs: announcement.delayMs };
    }
    case 'waits': {
      const { reason, until } = announcement;
      return {
        type: 'waits',
        reason,
        until: until === null ? null : new Date(until).toISOString(),
      };
    }
    case 'goes on':
      return { type: 'goes-on' };
    case 'note':
      return { type: 'note', sentence: announcement.sentence };
    default:
      return announcement satisfies never;
  }
}

/** What is said at the end, for people. */
export function endingLines({ kind, sentence }: Ending, task: string): string[] {
  const goOn = `autonomous-tui --task-name ${task} --continue`;
  switch (kind) {
    case 'done':
      return ['✓ ALL TASKS COMPLETED!'];
    case 'paused':
      return [`Paused. Continue: ${goOn}`];
    case 'stopped':
      return [`Stopped: ${sentence ?? 'as asked'}. Continue: ${goOn}`];
    case 'failed':
      return [`✗ Failed: ${sentence ?? 'for no known reason'}`];
    case 'interrupted':
      return [`✗ Interrupted: ${sentence ?? 'for no known reason'}`];
    default:
      return kind satisfies never;
  }
}

/** Why it waits, for people. */
function waitWords(reason: string): string {
  return reason === 'turn' ? 'as many sessions run as may at once (sessionsAtOnce)' : reason;
}

function untilWords(until: number | null): string {
  return until === null ? '' : ` until ${clockTime(until, Date.now())}`;
}

function seconds(delayMs: number): string {
  const count = Math.ceil(delayMs / 1000);
  return count === 1 ? '1 second' : `${count} seconds`;
}

// Prints a run as text, with the seed's lines in the seed's order. The runner is the same as everywhere, in the
// foreground, without React. A closed stdout does not end the run. As JSON Lines: headless-json.ts.

import { systemClock } from '../../system/clock.ts';
import { rule } from './rule.ts';
import type { Announcement } from '../../core/run/run.ts';
import type { Ending } from '../../core/run/run.ts';
import { clean } from '../../core/text/clean.ts';
import { safeLine } from '../../core/text/safe-text.ts';
import { clockTime } from './list-lines.ts';
import { tellEntries } from './told-entries.ts';
import type { RunListener } from '../../engine/run/runner-deps.ts';

export type Printer = {
  listener: RunListener;
  /** Called before the run: which task it is. */
  task(task: {
    name: string;
    description: string | null;
    generated: boolean;
    directory: string;
  }): void;
  /** Called after the run. */
  ending(ending: Ending, exitCode: number): void;
};

export type Write = (text: string) => void;

/** For texts of which one line is printed. */
const shortOutput = 4096;

export function textPrinter(write: Write, projectPath: string): Printer {
  // The text should be clean already; should anything slip through one day, it is still one harmless line.
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
      logged: tellEntries(({ shown }) => line(shown), { projectPath, maxOutput: shortOutput }),
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
        banner(`${announcement.role.toUpperCase()} SESSION`);
        if (task.description !== null) line(`Task: ${safeLine(task.description, 500)}`);
        line(`Task Name: ${task.name}`);
        line(`Task Directory: ${task.directory}`);
        line('');
        return;
      case 'session complete':
        line(`✓ ${roleNames[announcement.role]} session complete`);
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
        line(`Retrying in ${seconds(announcement.delayMs)}... (Press Ctrl+C to pause)`);
        return;
      case 'waits':
        line(`ℹ Waiting${untilWords(announcement.until)}: ${waitWords(announcement.reason)}`);
        return;
      case 'goes on':
        line('ℹ Continuing');
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

/** The last lines of the text output. */
function endingLines({ kind, sentence }: Ending, task: string): string[] {
  const goOn = `autonomous-tui --task-name ${task} --continue`;
  switch (kind) {
    case 'done':
      return ['✓ ALL TASKS COMPLETED!'];
    case 'paused':
      return [`Paused. Continue: ${goOn}`];
    case 'stopped':
      return [`Stopped: ${sentence ?? 'on request'}. Continue: ${goOn}`];
    case 'failed':
      return [`✗ Failed: ${sentence ?? 'unknown reason'}`];
    case 'interrupted':
      return [`✗ Interrupted: ${sentence ?? 'unknown reason'}`];
    default:
      return kind satisfies never;
  }
}

/** Why the run waits, in words. */
function waitWords(reason: string): string {
  return reason === 'turn' ? 'the maximum number of sessions runs (sessionsAtOnce)' : reason;
}

function untilWords(until: number | null): string {
  return until === null ? '' : ` until ${clockTime(until, systemClock.now())}`;
}

function seconds(delayMs: number): string {
  const count = Math.ceil(delayMs / 1000);
  return count === 1 ? '1 second' : `${count} seconds`;
}

const roleNames = {
  initializer: 'Initializer',
  executor: 'Executor',
  reviewer: 'Reviewer',
} as const;

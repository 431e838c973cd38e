// A task's state on the screen: its glyph, its colour by meaning, and the words that say why and until when. Also the
// words for a session's role.

import type { TaskView } from '../../core/task/board.ts';
import { waitingForWords } from '../../core/limits/words.ts';
import type { StateWord, TaskState } from '../../core/task/state.ts';
import { glyphs, spinnerFrame } from './glyphs.ts';
import { moment } from '../../core/text/numbers.ts';
import { run, type Style, type StyleRun } from '../rows/row.ts';
import { cutEnd, textWidth } from './text-width.ts';

/** Whether a runner has the task. */
export function hasRunner({ word, hasNoRunner }: TaskState): boolean {
  return isUnderWay(word) && hasNoRunner !== true;
}

/** The states in which a runner has the task, or the user has to do something first. */
export function isUnderWay(word: StateWord): boolean {
  switch (word) {
    case 'starting':
    case 'queued':
    case 'running':
    case 'checking':
    case 'reviewing':
    case 'pausing':
    case 'waiting':
    case 'needs you':
      return true;
    case 'idle':
    case 'paused':
    case 'interrupted':
    case 'stopped':
    case 'failed':
    case 'done':
    case 'no list':
      return false;
    default:
      return word satisfies never;
  }
}

/** The states with a spinner, which must be drawn again with each animation frame. */
export function isTurning(word: StateWord): boolean {
  return (
    word === 'starting' ||
    word === 'running' ||
    word === 'checking' ||
    word === 'reviewing' ||
    word === 'pausing'
  );
}

export function stateStyle(word: StateWord): Style {
  switch (word) {
    case 'starting':
    case 'running':
    case 'checking':
    case 'reviewing':
      return { color: 'running' };
    case 'queued':
    case 'pausing':
    case 'paused':
    case 'waiting':
    case 'interrupted':
      return { color: 'waiting' };
    case 'needs you':
      return { color: 'alarm' };
    case 'failed':
      return { color: 'failed' };
    case 'done':
      return { color: 'done' };
    case 'idle':
    case 'stopped':
    case 'no list':
      return { dim: true };
    default:
      return word satisfies never;
  }
}

export function stateGlyph(word: StateWord, animationFrame: number): StyleRun {
  const style = stateStyle(word);
  return run(glyphOf(word, animationFrame), isTurning(word) ? { ...style, turns: true } : style);
}

function glyphOf(word: StateWord, animationFrame: number): string {
  switch (word) {
    case 'starting':
    case 'running':
    case 'checking':
    case 'reviewing':
    case 'pausing':
      return spinnerFrame(animationFrame);
    case 'queued':
      return glyphs.queued;
    case 'paused':
      return glyphs.paused;
    case 'waiting':
      return glyphs.waiting;
    case 'needs you':
      return glyphs.needsYou;
    case 'interrupted':
      return glyphs.interrupted;
    case 'stopped':
      return glyphs.stopped;
    case 'failed':
      return glyphs.failed;
    case 'done':
      return glyphs.done;
    case 'idle':
      return glyphs.idle;
    case 'no list':
      return glyphs.noList;
    default:
      return word satisfies never;
  }
}

/**
 * What the user needs to know about a state beyond its glyph: `usage limit, resumes at 14:00`. Null: nothing.
 * If it is longer than `width`, the reason is cut and the time kept.
 */
export function stateReason(task: TaskView, now: number, width = Infinity): string | null {
  const { word, reason, until } = task.state;
  if (task.mend !== null) return `rename it: ${task.mend}`;
  if (task.problem !== null) return task.problem;
  switch (word) {
    case 'waiting':
      if (until === null)
        return waitingForWords(reason) ?? (reason === null ? 'waiting' : `waiting: ${reason}`);
      return waitingWords(reason, moment(until, now), width);
    case 'needs you':
      return reason ?? 'needs you';
    case 'failed':
      return reason ?? 'failed';
    case 'stopped':
      return reason ?? 'stopped with steps left';
    case 'interrupted':
      return reason ?? 'interrupted: background process died; c continues';
    case 'queued':
      return reason === null ? 'queued' : `queued: ${reason}`;
    case 'pausing':
      return reason ?? 'pausing';
    case 'checking':
      return reason ?? 'checking';
    case 'reviewing':
      return reason ?? 'reviewing';
    case 'starting':
    case 'running':
    case 'idle':
    case 'paused':
    case 'done':
    case 'no list':
      return reason;
    default:
      return word satisfies never;
  }
}

/** Cells: a shorter piece of a reason says nothing. */
const shortestReason = 8;

function waitingWords(reason: string | null, time: string, width: number): string {
  const again = `resumes at ${time}`;
  if (again.length > width) return `until ${time}`;
  const room = width - again.length - 2;
  if (reason === null || room < Math.min(shortestReason, textWidth(reason))) return again;
  return `${cutEnd(reason, room)}, ${again}`;
}

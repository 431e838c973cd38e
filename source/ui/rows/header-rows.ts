// The first row: the project, and how many of its tasks are in each state.
//
//   autonomous-tui  ~/shop   1 needs you · ⠙ 2 running · 1 waiting · 1 paused · 3 done    62% used · 14:00    12:04
//
// In parts, because Ink's own spinner animates itself.

import { presentTasks } from '../../core/task/archived.ts';
import type { Board, TaskView } from '../../core/task/board.ts';
import type { StateWord } from '../../core/task/state.ts';
import { glyphs, spinnerFrame } from '../look/glyphs.ts';
import { isTurning, stateStyle } from '../look/state-words.ts';
import { cutFront, textWidth } from '../look/text-width.ts';
import { clock, moment } from '../../core/text/numbers.ts';
import { bold, cutRuns, dim, justified, run, runsWidth, type Row, type StyleRun } from './row.ts';

type Header = {
  readonly board: Board;
  readonly width: number;
  readonly now: number;
  readonly animationFrame: number;
  /** Short: without the names of program and project. */
  readonly form: 'full' | 'short';
};

/** `spinner` is one cell wide, and null if nothing runs. The parts together are exactly as wide as the screen. */
export type HeaderParts = {
  readonly before: Row;
  readonly spinner: Row | null;
  readonly after: Row;
};

export function rowOfParts({ before, spinner, after }: HeaderParts): Row {
  return [...before, ...(spinner ?? []), ...after];
}

export function headerParts(header: Header): HeaderParts {
  const row = wholeRow(header);
  const at = row.findIndex(({ style }) => style.turns);
  if (at === -1) return { before: row, spinner: null, after: [] };
  return { before: row.slice(0, at), spinner: row.slice(at, at + 1), after: row.slice(at + 1) };
}

function wholeRow({ board, width, now, animationFrame, form }: Header): Row {
  const time = [run(clock(now)), run(' ')];
  if (form === 'short') {
    return justified(width, [run(' '), ...countRuns(board.tasks, width - 9, animationFrame)], time);
  }
  const gap = run(' '.repeat(width < 110 ? 2 : 4));
  const used = width < 100 ? [] : usageRuns(board, now, gap);
  const nameWidth = 17 + Math.min(textWidth(board.project), 20);
  const room = width - nameWidth - 2 - runsWidth([...used, gap, ...time]);
  const right = [...countRuns(board.tasks, room, animationFrame), ...used, gap, ...time];
  return justified(width, nameRuns(board.project, width - runsWidth(right) - 2), right);
}

/** `62% used · 14:00`: of the account, and when that begins anew. */
function usageRuns({ usage }: Board, now: number, gap: StyleRun): StyleRun[] {
  if (usage == null) return [];
  const { usedPercent, resetsAt } = usage;
  const until = resetsAt === null ? '' : ` ${glyphs.between} ${moment(resetsAt, now)}`;
  const style = usedPercent >= mostlyUsed ? ({ color: 'waiting' } as const) : dim;
  return [gap, run(`${Math.floor(usedPercent)}% used${until}`, style)];
}

const mostlyUsed = 90;

function nameRuns(project: string, width: number): readonly StyleRun[] {
  const name = [run(' '), run('autonomous-tui', bold), run('  ')];
  const room = width - runsWidth(name);
  return room < 4 ? cutRuns(name, width) : [...name, run(cutFront(project, room), dim)];
}

/** States that need the user come first, done comes last. */
const order: readonly StateWord[] = [
  'needs you',
  'failed',
  'running',
  'checking',
  'reviewing',
  'starting',
  'pausing',
  'waiting',
  'queued',
  'interrupted',
  'paused',
  'stopped',
  'no list',
  'idle',
  'done',
];

/** `⠙ 2 running · 1 waiting`: whole parts, as many as fit. The spinner comes before the first state that has one. */
function countRuns(tasks: readonly TaskView[], width: number, animationFrame: number): StyleRun[] {
  const counts = countsOf(presentTasks(tasks));
  const turning = order.find((word) => isTurning(word) && counts.has(word));
  const shown: StyleRun[] = [];
  for (const word of order) {
    const count = counts.get(word);
    if (count === undefined) continue;
    const runs = [
      run(shown.length === 0 ? '' : ` ${glyphs.between} `, dim),
      ...(word === turning
        ? [run(spinnerFrame(animationFrame), { color: 'running', turns: true }), run(' ')]
        : []),
      run(countWords(word, count), isLoud(word) ? stateStyle(word) : dim),
    ];
    if (runsWidth([...shown, ...runs]) > width) break;
    shown.push(...runs);
  }
  return shown;
}

const counted = new WeakMap<readonly TaskView[], ReadonlyMap<StateWord, number>>();

/** Counts thousands of tasks when they change, not in every animation frame. */
function countsOf(tasks: readonly TaskView[]): ReadonlyMap<StateWord, number> {
  const before = counted.get(tasks);
  if (before !== undefined) return before;
  const counts = new Map<StateWord, number>();
  for (const { state } of tasks) counts.set(state.word, (counts.get(state.word) ?? 0) + 1);
  counted.set(tasks, counts);
  return counts;
}

function countWords(word: StateWord, count: number): string {
  switch (word) {
    case 'needs you':
      return count === 1 ? '1 needs you' : `${count} need you`;
    case 'no list':
      return `${count} not planned`;
    case 'idle':
    case 'starting':
    case 'waiting':
    case 'queued':
    case 'running':
    case 'checking':
    case 'reviewing':
    case 'pausing':
    case 'paused':
    case 'interrupted':
    case 'stopped':
    case 'failed':
    case 'done':
      return `${count} ${word}`;
    default:
      return word satisfies never;
  }
}

function isLoud(word: StateWord): boolean {
  return word === 'needs you' || word === 'failed' || word === 'running' || word === 'starting';
}

// The row above the footer: what just happened, or what is wrong, or what comes next, and the cost of the task.
//
//   Next: Add pagination                             1.2M in · 34k out · 48k per step

import { missedWords } from '../../core/checklist/missed-box.ts';
import { waitsForLook } from '../../core/limits/limits.ts';
import { presentTasks } from '../../core/task/archived.ts';
import type { Board, TaskView } from '../../core/task/board.ts';
import type { TaskState } from '../../core/task/state.ts';
import { branchWords, isReadyToMerge } from '../../core/worktree/task-branch.ts';
import { glyphs } from '../look/glyphs.ts';
import { tokens } from '../../core/text/numbers.ts';
import { stateReason, stateStyle } from '../look/state-words.ts';
import type { Layout } from '../view/layout.ts';
import { noteRuns } from './tasks/task-notes.ts';
import { dim, justified, plain, run, runsWidth, type Row, type StyleRun } from './row.ts';
import { wrapRuns } from './wrapped-runs.ts';

/** A sentence that is shown for a while. */
export type Notice = {
  readonly text: string;
  readonly tone: 'plain' | 'problem';
  /** Epoch ms when it disappears. */
  readonly until: number;
};

/** How long a notice of one row is shown. */
export const noticeMs = 6000;
const charactersOfARow = 80;
const msPerCharacter = 60;

/** Long enough to read it. */
export function noticeMsFor(text: string): number {
  return noticeMs + Math.max(0, text.length - charactersOfARow) * msPerCharacter;
}

type Status = {
  readonly board: Board;
  readonly task: TaskView | null;
  readonly notice: Notice | null;
  readonly width: number;
  readonly now: number;
  /** What to show about the task if there is nothing urgent. */
  readonly says: 'next step' | 'state';
};

/** In a compact list the rows have no room for the reason of a state, so the status row shows it. */
export function saysOf(layout: Layout): Status['says'] {
  return layout.kind !== 'too small' && layout.form === 'compact' ? 'state' : 'next step';
}

/** The rows that it takes to show an urgent sentence whole; without one, it is one row. */
export function statusHeight(status: Status): number {
  return Math.max(1, urgentLines(status).length);
}

/** As many rows as there are; a sentence that needs more is cut. */
export function statusRows(status: Status, height: number): Row[] {
  const { width } = status;
  const lines = urgentLines(status);
  if (lines.length <= 1 || height <= 1) return [statusRow(status)];
  return lines.slice(0, height).map((line, index) => {
    const isCut = index === height - 1 && lines.length > height;
    return justified(width, [run(' '), ...line, ...(isCut ? [run('…')] : [])], []);
  });
}

/** A notice is gone soon: for it the panes do not move. */
function urgentLines(status: Status): StyleRun[][] {
  const urgent = status.notice === null ? urgentRuns(status) : null;
  if (urgent === null) return [];
  const away = awayRuns(status.board);
  const lines = wrapRuns(urgent, Math.max(1, status.width - 2));
  return away === null ? lines : [...lines, away];
}

/** What happened meanwhile stands below what holds a task up, and covers neither it nor a task. */
function awayRuns({ away = null }: Board): StyleRun[] | null {
  return away === null ? null : [run(away, { color: 'accent' })];
}

function urgentRuns({ board, task, notice, now }: Status): StyleRun[] | null {
  return noticeRuns(notice) ?? problemRuns(board, task) ?? heldUpRuns(task, now);
}

/** `needs you: Codex cannot read ~/.codex/config.toml (line 7): fix it; the task retries within 5 min, or press c` */
function heldUpRuns(task: TaskView | null, now: number): StyleRun[] | null {
  const word = task?.state.word;
  if (task?.valid !== true || (word !== 'needs you' && word !== 'failed' && word !== 'waiting')) {
    return null;
  }
  const reason = stateReason(task, now);
  if (reason === null || reason.startsWith(word)) return [run(reason ?? word)];
  return [
    run(`${word}: `, stateStyle(word)),
    run(reason),
    ...retryRuns(task.state, now),
    ...lookRuns(task.state),
  ];
}

function retryRuns({ retriesAt = null }: TaskState, now: number): StyleRun[] {
  if (retriesAt === null) return [];
  const minutes = Math.max(1, Math.ceil((retriesAt - now) / 60_000));
  return [run(`; the task retries within ${minutes} min, or press c`)];
}

function lookRuns(state: TaskState): StyleRun[] {
  return waitsForLook(state) ? [run('; s shows it, c goes on')] : [];
}

function statusRow(status: Status): Row {
  const { board, task, width, now, says } = status;
  const calm = (): StyleRun[] =>
    says === 'state' && task !== null
      ? noteRuns(task, { now, width: width - 2 })
      : (mergeRuns(task) ?? allDoneRuns(board) ?? nextRuns(task));
  const urgent = urgentRuns(status);
  const hinted = board.hint === null ? null : [run(board.hint, { color: 'accent' as const })];
  const hint = awayRuns(board) ?? hinted;
  const left = urgent ?? hint ?? calm();
  const cost = task === null || says === 'state' ? [] : costRuns(task);
  const right = cost.length === 0 ? [] : [...cost, run(' ')];
  // A sentence is shown whole, without the cost, which can be seen later.
  const isCut = (urgent ?? hint) !== null && 1 + runsWidth(left) + 2 + runsWidth(right) > width;
  return justified(width, [run(' '), ...left], isCut ? [] : right);
}

/** What must be shown even without a status row: it takes the footer's place. */
export function urgentRow({
  board,
  notice,
  width,
}: Pick<Status, 'board' | 'notice' | 'width'>): Row | null {
  const words = noticeRuns(notice) ?? problemRuns(board, null);
  return words === null ? null : justified(width, [run(' '), ...words], []);
}

/** `Done: M merges autonomous/docs, 3 commits ahead of main` */
function mergeRuns(task: TaskView | null): StyleRun[] | null {
  if (task === null || !isReadyToMerge(task) || task.branch === null) return null;
  return [run('Done: ', dim), run(`M merges ${branchWords(task.branch)}`)];
}

function allDoneRuns(board: Board): StyleRun[] | null {
  const tasks = presentTasks(board.tasks);
  const isAll = tasks.length > 0 && tasks.every(({ state }) => state.word === 'done');
  return isAll ? [run('All tasks done. n new task · q quit', plain)] : null;
}

export function noticeRuns(notice: Notice | null): StyleRun[] | null {
  if (notice === null) return null;
  return notice.tone === 'problem' ? warning(notice.text) : [run(notice.text, plain)];
}

function problemRuns(board: Board, task: TaskView | null): StyleRun[] | null {
  const problem = board.problem ?? task?.problem ?? null;
  return problem === null ? null : warning(problem);
}

function warning(text: string): StyleRun[] {
  return [run(`${glyphs.warning} ${text}`, { color: 'waiting' })];
}

function nextRuns(task: TaskView | null): StyleRun[] {
  if (task === null) return [];
  if (!task.valid && task.mend !== null)
    return [run('To use it, rename it: ', dim), run(task.mend)];
  const missed = missedWords(task);
  if (missed !== null && task.nextStep === null) return warning(missed);
  if (task.unmet !== null) return warning(task.unmet);
  if (task.nextStep !== null) return [run('Next: ', dim), run(task.nextStep.text)];
  if (task.total > 0 && task.done === task.total) {
    return [
      run(task.total === 1 ? 'The only step is done' : `All ${task.total} steps are done`, dim),
    ];
  }
  if (task.total > 0) return [];
  return [run(stepless(task), dim)];
}

function stepless({ hasList, state }: TaskView): string {
  if (hasList) return 'The task list has no steps';
  if (state.word === 'starting') return 'Starting: the first session will write the task list';
  return state.word === 'running'
    ? 'Planning: the first session is writing the task list'
    : 'Not planned yet: the first session writes the task list';
}

/** With fewer steps, the average says little. */
const stepsForAnAverage = 3;

function costRuns({ usage, done }: TaskView): StyleRun[] {
  if (usage === null) return [];
  const parts = [`${tokens(usage.inputTokens)} in`, `${tokens(usage.outputTokens)} out`];
  if (done >= stepsForAnAverage) {
    parts.push(`${tokens((usage.inputTokens + usage.outputTokens) / done)} per step`);
  }
  return [run(parts.join(` ${glyphs.between} `), dim)];
}

// `--list`: every task of the project, as one line of text each.
//
//   ○ refactor-auth (12/30 - 40%) [session: 661f9511...] · running (session 4)

import { rule } from './rule.ts';
import { missedWords } from '../../core/checklist/missed-box.ts';
import type { TaskView } from '../../core/task/board.ts';
import type { StateWord } from '../../core/task/state.ts';
import { isAllDone, percentDone } from '../../core/checklist/checklist.ts';
import { cleanLine } from '../../core/text/clean.ts';
import { waitingForWords } from '../../core/limits/words.ts';
import { branchWords } from '../../core/worktree/task-branch.ts';

/** What the list says of a task, piece by piece. */
export type ListedTask = {
  state: StateWord;
  glyph: string;
  label: string;
  progress: string;
  /** `[session: 661f9511...]`; empty without one. */
  session: string;
  more: readonly ListedPart[];
};

export type ListedPart = {
  kind: 'goal' | 'state' | 'machine' | 'warning' | 'branch' | 'full access';
  text: string;
};

/** `problem`: why no task can be listed. Takes lines instead of tasks, so that only one task's data is in memory at a time. */
export function listText(
  project: string,
  lines: readonly string[],
  problem: string | null = null,
): string {
  const none =
    problem === null
      ? ['No tasks yet in .autonomous/', `Project: ${cleanPath(project)}`]
      : [cleanPath(problem)];
  const body = (lines.length === 0 ? none : lines).join('\n');
  return [rule, '  AUTONOMOUS TASKS', rule, '', body, ''].join('\n');
}

const noProjects = 'No tasks yet in any project known here';

/** The tasks of several projects, as lines, below the name of each. */
export function allText(projects: readonly ProjectLines[], none = noProjects): string {
  const bodies = projects.map(({ label, lines, problem }) =>
    [problem === null ? label : `${label} (${cleanPath(problem)})`, ...lines].join('\n'),
  );
  const body = bodies.length === 0 ? none : bodies.join('\n\n');
  return [rule, '  AUTONOMOUS TASKS', rule, '', body, ''].join('\n');
}

/** `label`: safe to print. `problem`: why no task of the project can be listed. */
type ProjectLines = {
  label: string;
  lines: readonly string[];
  problem: string | null;
};

function cleanPath(text: string): string {
  return cleanLine(text, { maxLength: 4096 });
}

/** `1 archived: docs-site`; the names of those that fit. */
export function archivedLine(labels: readonly string[]): string {
  const named = labels.slice(0, mostArchived).join(', ');
  const more = labels.length > mostArchived ? ` and ${labels.length - mostArchived} more` : '';
  return `  ${labels.length} archived: ${named}${more}`;
}

const mostArchived = 5;

/** As it is in a pipe. */
export function taskLine(task: TaskView, now: number): string {
  const { glyph, label, progress, session, more } = listedTask(task, now);
  const parts = more.map(({ text }) => ` · ${text}`).join('');
  return `  ${glyph} ${label} ${progress}${session === '' ? '' : ` ${session}`}${parts}`;
}

export function listedTask(task: TaskView, now: number): ListedTask {
  return {
    state: task.state.word,
    glyph: glyphOf(task),
    label: task.label,
    progress: progressOf(task),
    session: task.threadId === null ? '' : `[session: ${task.threadId.slice(0, 8)}...]`,
    more: partsOf(task, now),
  };
}

function glyphOf(task: TaskView): string {
  if (task.total === 0) return '?';
  return isAllDone(task) && task.unmet === null ? '✓' : '○';
}

function progressOf(task: TaskView): string {
  if (task.problem !== null) return `(${task.problem})`;
  if (!task.hasList) return '(no task_list.md)';
  if (task.total === 0) return '(task_list.md has no steps)';
  const percent = percentDone(task);
  return `(${task.done}/${task.total} - ${percent}%${isAllDone(task) && task.unmet === null ? ' complete' : ''})`;
}

function partsOf(task: TaskView, now: number): ListedPart[] {
  const parts: ListedPart[] = [];
  const add = (kind: ListedPart['kind'], text: string | null): void => {
    if (text !== null) parts.push({ kind, text });
  };
  add('goal', task.goal === null ? null : `“${task.goal}”`);
  add('warning', task.mend === null ? null : `not a valid name; rename it: ${task.mend}`);
  add('warning', missedWords(task));
  add('state', stateWords(task, now));
  add('machine', task.machine == null ? null : `on ${task.machine}`);
  add('warning', isSaid(task) ? null : task.unmet);
  add('warning', task.unproven > 0 ? `${task.unproven} unproven` : null);
  add('branch', task.branch === null ? null : branchWords(task.branch));
  add('full access', task.sandbox === 'danger-full-access' ? 'full access' : null);
  return parts;
}

/** The state's reason says it already. */
function isSaid({ state, unmet }: TaskView): boolean {
  return unmet !== null && state.reason?.includes(unmet) === true;
}

/** Null for the states that need no word in a list: idle, done, and no list. */
function stateWords({ state, session }: TaskView, now: number): string | null {
  const because = state.reason === null ? '' : ` (${state.reason})`;
  switch (state.word) {
    case 'idle':
    case 'done':
    case 'no list':
      return null;
    case 'running':
    case 'checking':
    case 'reviewing':
    case 'pausing':
      return session === null ? state.word : `${state.word} (session ${session.number})`;
    case 'waiting':
      return state.until === null
        ? (waitingForWords(state.reason) ?? `waiting${because}`)
        : `waiting until ${clockTime(state.until, now)}${because}`;
    case 'starting':
    case 'queued':
    case 'paused':
    case 'interrupted':
    case 'needs you':
    case 'stopped':
    case 'failed':
      return `${state.word}${because}`;
    default:
      return state.word satisfies never;
  }
}

/** `14:00`, with the date if it is not today. */
export function clockTime(at: number, now: number): string {
  const date = new Date(at);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  const isToday = date.toDateString() === new Date(now).toDateString();
  return isToday
    ? time
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

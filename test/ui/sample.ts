// The project in the tests' drawings. Times are made from local parts, so that the drawings are the same in every time
// zone.

import type { SettingFacts } from '../../source/core/settings/setting.ts';
import { commands } from '../../source/screen/commands/command-table.ts';
import { emptyBoard, type Board, type TaskView } from '../../source/core/task/board.ts';
import type { SessionSummary } from '../../source/core/log/session-summary.ts';
import type { Entry, EntryBody } from '../../source/core/log/entry.ts';
import type { TaskDetails } from '../../source/core/task/details.ts';
import type { TaskState } from '../../source/core/task/state.ts';
import { rowText, type Row } from '../../source/ui/rows/row.ts';
import type { ScreenState } from '../../source/ui/screen.ts';
import { darkTheme } from '../../source/ui/look/theme.ts';
import { initialView, type View } from '../../source/ui/view/state.ts';

export const now = at('12:04:27');

/** Epoch ms of a local time on the day of the drawings. */
export function at(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return new Date(2026, 0, 29, hours, minutes, seconds).getTime();
}

export function task(name: string, changes: Partial<TaskView> = {}): TaskView {
  return {
    name,
    label: name,
    goal: null,
    valid: true,
    mend: null,
    state: state('idle'),
    done: 0,
    total: 0,
    hasList: (changes.total ?? 0) > 0,
    nextStep: null,
    session: null,
    pausesAfterSession: false,
    threadId: null,
    sandbox: null,
    runnerPid: null,
    runner: null,
    runnerIsStopped: false,
    run: null,
    lastRun: null,
    orphaned: false,
    changedFiles: [],
    missed: [],
    sharedFile: null,
    unproven: 0,
    unmet: null,
    activity: [],
    usage: null,
    branch: null,
    archivedAt: null,
    lastWorkedAt: null,
    problem: null,
    ...changes,
  };
}

export function state(word: TaskState['word'], changes: Partial<TaskState> = {}): TaskState {
  return { word, reason: null, until: null, ...changes };
}

export const tasks: readonly TaskView[] = [
  task('build-rest-api-todo', {
    state: state('running'),
    done: 12,
    total: 25,
    nextStep: { number: 13, text: 'Add pagination' },
    session: { number: 4, role: 'executor', startedAt: at('12:01:15'), endedAt: null },
    sandbox: 'workspace-write',
    usage: {
      inputTokens: 1_204_000,
      cachedInputTokens: 900_000,
      outputTokens: 34_100,
      reasoningTokens: 9000,
    },
  }),
  task('incomplete-task', { state: state('no list') }),
  task('publish-docs', {
    state: state('needs you', { reason: 'not logged in: run codex login' }),
    done: 7,
    total: 15,
  }),
  task('refactor-auth', {
    state: state('waiting', { reason: 'usage limit', until: at('14:00') }),
    done: 9,
    total: 30,
  }),
  task('seed-data', { state: state('done'), done: 10, total: 10 }),
  task('tidy-css', { state: state('paused'), done: 2, total: 12 }),
];

let offset = 0;

export function entry(time: string | null, body: EntryBody, seconds = 0): Entry {
  const startedAt = time === null ? null : at(time);
  offset += 100;
  return {
    key: `entry-${offset}`,
    offset,
    lastOffset: offset,
    startedAt,
    endedAt: startedAt === null ? null : startedAt + seconds * 1000,
    version: 1,
    body,
  };
}

export function command(text: string, changes: Partial<Command> = {}): Command {
  return {
    kind: 'command',
    command: text,
    output: '',
    colours: [],
    exitCode: 0,
    status: 'completed',
    ...changes,
  };
}

type Command = Extract<EntryBody, { kind: 'command' }>;

export const sessionBody = {
  kind: 'session',
  session: 4,
  role: 'executor',
  resumes: null,
  threadId: '550e8400-e29b-41d4-a716-446655440000',
  uuid: '7d0e1c4a-0000-4000-8000-000000000004',
  copy: null,
  ended: null,
  cost: null,
} as const satisfies EntryBody;

export const entries: readonly Entry[] = [
  entry('12:01:15', sessionBody),
  entry('12:03:40', { kind: 'message', text: 'Reading the task list' }),
  entry('12:03:58', command('npm test', { output: '42 passed, 0 failed\n' }), 4.1),
  entry('12:04:01', {
    kind: 'file-changes',
    status: 'completed',
    changes: [
      { path: 'src/todo.ts', change: 'update' },
      { path: 'src/todo.test.ts', change: 'add' },
    ],
  }),
  entry('12:04:07', {
    kind: 'message',
    text: 'Task **12** is done. Pagination comes next; the handler needs a `cursor`, not an offset.',
  }),
  entry(
    '12:04:09',
    command('rg -n "offset" src', {
      output: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `src/todo.ts:${n}: offset`).join('\n'),
    }),
    0.1,
  ),
  entry('12:04:15', command('npm run build', { status: 'in progress', exitCode: null })),
];

const stepTexts = [
  ['Phase 1: Foundation', 'Set up the project'],
  ['Phase 1: Foundation', 'Add the repository layer'],
  ['Phase 1: Foundation', 'Return 404 for unknown ids'],
  ['Phase 2: Behaviour', 'Add pagination'],
  ['Phase 2: Behaviour', 'Validate input with zod'],
  ['Phase 2: Behaviour', 'Deploy (blocked: no credentials)'],
] as const;

export const details: TaskDetails = {
  task: 'build-rest-api-todo',
  description: 'Build a REST API for todo app, with tests.',
  directory: '~/shop/.autonomous/build-rest-api-todo',
  steps: stepTexts.map(([phase, text], index) => ({
    number: index + 10,
    text,
    phase,
    done: index < 3,
    depth: 0,
    blocked: index === 5,
  })),
  options: ['model gpt-5.5'],
  unproven: [],
  replaced: null,
  ticks: [
    { at: at('11:40:00'), session: 3, step: 0 },
    { at: at('11:44:00'), session: 3, step: 10 },
    { at: at('11:52:00'), session: 3, step: 11 },
    { at: at('12:01:15'), session: 4, step: 0 },
    { at: at('12:04:07'), session: 4, step: 12 },
  ],
  notes: '# Progress\n\n- pagination needs a `cursor`\n',
  run: {
    startedAt: at('11:20:00'),
    sandbox: 'workspace-write',
    autoContinue: true,
    maxSessions: null,
    sessions: 4,
  },
};

export const sessions: readonly SessionSummary[] = [
  {
    number: 3,
    role: 'executor',
    startedAt: at('11:40:00'),
    endedAt: at('11:58:30'),
    outcome: 'completed',
    cost: {
      inputTokens: 412_000,
      cachedInputTokens: 300_000,
      outputTokens: 9100,
      reasoningTokens: 3000,
    },
    copy: 'intact',
  },
  {
    number: 4,
    role: 'executor',
    startedAt: at('12:01:15'),
    endedAt: null,
    outcome: null,
    cost: null,
    copy: null,
  },
];

export function board(changes: Partial<Board> = {}): Board {
  return { ...emptyBoard('~/shop'), tasks, looked: true, ...changes };
}

export function view(changes: Partial<View> = {}): View {
  return { ...initialView({ commands }), selected: 'build-rest-api-todo', ...changes };
}

export function screen(
  size: `${number}×${number}`,
  changes: Partial<ScreenState> = {},
): ScreenState {
  const [columns = 0, rows = 0] = size.split('×').map(Number);
  return {
    board: board(),
    log: { task: 'build-rest-api-todo', entries, sessions },
    details,
    view: view(),
    size: { columns, rows },
    now,
    animationFrame: 1,
    theme: darkTheme,
    ...changes,
  };
}

/** Rows as text, without trailing spaces. */
export function drawn(rows: readonly Row[]): string {
  return rows.map((row) => rowText(row).trimEnd()).join('\n');
}

export const settingFacts: SettingFacts = {
  model: null,
  profile: null,
  checks: [],
  review: false,
  hasWorktree: false,
  worktreeFixed: 'it has run',
  planFixed: 'it has run',
};

// Every option, once: this table feeds util.parseArgs for the quick invocations (--list, --help, --version), meow for
// the others, the help text and the docs.

export type OptionRow = {
  name: string;
  short?: string;
  takes: 'nothing' | 'text';
  /** It may be given several times, and each time counts. */
  isRepeatable?: boolean;
  /** The value's name in the help. */
  value?: string;
  help: string;
  /** From the seed, or ours. */
  group: 'seed' | 'ours';
};

export const options = [
  {
    name: 'task-name',
    short: 'n',
    takes: 'text',
    value: '<name>',
    help: 'Specify task name explicitly',
    group: 'seed',
  },
  { name: 'continue', short: 'c', takes: 'nothing', help: 'Continue existing task', group: 'seed' },
  {
    name: 'no-auto-continue',
    takes: 'nothing',
    help: "Don't auto-continue after session",
    group: 'seed',
  },
  { name: 'max-sessions', takes: 'text', value: 'N', help: 'Limit to N sessions', group: 'seed' },
  { name: 'list', short: 'l', takes: 'nothing', help: 'List all existing tasks', group: 'seed' },
  {
    name: 'resume-last',
    takes: 'nothing',
    help: 'Resume the most recent Codex session',
    group: 'seed',
  },
  {
    name: 'network',
    takes: 'nothing',
    help: 'Enable danger-full-access sandbox for tasks that need broader shell access (this run only)',
    group: 'seed',
  },
  { name: 'help', short: 'h', takes: 'nothing', help: 'Show this help', group: 'seed' },
  { name: 'version', short: 'v', takes: 'nothing', help: 'Show the version', group: 'ours' },
  {
    name: 'headless',
    takes: 'nothing',
    help: 'Run without the dashboard, in the foreground',
    group: 'ours',
  },
  {
    name: 'json',
    takes: 'nothing',
    help: 'JSON output (--list: one document; --headless, --log: JSON Lines)',
    group: 'ours',
  },
  {
    name: 'cd',
    short: 'C',
    takes: 'text',
    value: 'DIR',
    help: 'Project directory (default: the nearest one upwards that has .autonomous/)',
    group: 'ours',
  },
  {
    name: 'model',
    takes: 'text',
    value: 'M',
    help: "Model of this task's sessions, remembered for it (none: Codex's own choice)",
    group: 'ours',
  },
  {
    name: 'profile',
    takes: 'text',
    value: 'P',
    help: "Codex profile of this task's sessions, remembered for it (none: no profile)",
    group: 'ours',
  },
  {
    name: 'codex',
    takes: 'text',
    value: 'PATH',
    help: 'Path to codex, remembered for the task (default or none: AUTONOMOUS_CODEX, otherwise codex in the PATH)',
    group: 'ours',
  },
  {
    name: 'check',
    takes: 'text',
    isRepeatable: true,
    value: 'CMD',
    help: 'Command that must pass before the task is done, remembered for it; may be given several times (none: no checks)',
    group: 'ours',
  },
  {
    name: 'check-network',
    takes: 'nothing',
    help: 'Let the checks of this task use the network, remembered for it',
    group: 'ours',
  },
  {
    name: 'worktree',
    takes: 'nothing',
    help: 'Give the new task a branch and a git worktree of its own',
    group: 'ours',
  },
  {
    name: 'trust-owner',
    takes: 'nothing',
    help: 'Work in directories that belong to another user',
    group: 'ours',
  },
  {
    name: 'max-wait',
    takes: 'text',
    value: 'TIME',
    help: 'With --headless: maximum wait, e.g. 90s, 15m, 6h or 2d (default: 6h if not on a terminal, otherwise unlimited)',
    group: 'ours',
  },
  {
    name: 'continue-all',
    takes: 'nothing',
    help: 'Restart all interrupted tasks (after a crash or reboot)',
    group: 'ours',
  },
  {
    name: 'log',
    takes: 'text',
    value: 'NAME',
    help: "Print a task's log, entry by entry",
    group: 'ours',
  },
  {
    name: 'filter',
    takes: 'text',
    value: 'KIND',
    help: 'With --log: print only messages, commands, failed, files, errors, reasoning, to-dos or runner',
    group: 'ours',
  },
  {
    name: 'since',
    takes: 'text',
    value: 'TIME',
    help: 'With --log: start at a time, e.g. 2h (ago), 03:40 or 2026-01-29',
    group: 'ours',
  },
  {
    name: 'follow',
    takes: 'nothing',
    help: "With --log: go on as the log grows, until the task's run ends",
    group: 'ours',
  },
  {
    name: 'diff',
    takes: 'nothing',
    help: 'With --task-name: print what the task changed, as a patch',
    group: 'ours',
  },
  {
    name: 'session',
    takes: 'text',
    value: 'N',
    help: 'With --diff: only what this session changed; with --undo: the session to take back',
    group: 'ours',
  },
  {
    name: 'undo',
    takes: 'nothing',
    help: 'With --task-name: take back what a session did to the files; says what, and asks',
    group: 'ours',
  },
  {
    name: 'back-to',
    takes: 'text',
    value: 'N',
    help: 'With --undo: take back session N and all after it',
    group: 'ours',
  },
  {
    name: 'merge',
    takes: 'nothing',
    help: "With --task-name: merge the task's branch into the branch it started from",
    group: 'ours',
  },
  {
    name: 'archive',
    takes: 'nothing',
    help: 'With --task-name: put the task away; its files stay',
    group: 'ours',
  },
  {
    name: 'unarchive',
    takes: 'nothing',
    help: 'With --task-name: bring an archived task back',
    group: 'ours',
  },
  {
    name: 'delete',
    takes: 'nothing',
    help: "With --task-name: delete the task, but not the project's files; says what goes, and needs --yes",
    group: 'ours',
  },
  {
    name: 'yes',
    takes: 'nothing',
    help: 'With --undo: do not ask; with --merge: let a session resolve conflicts; with --delete: delete',
    group: 'ours',
  },
  {
    name: 'tell',
    takes: 'text',
    value: 'TEXT',
    help: 'With --task-name: tell the task this with its next session (-: read it from stdin)',
    group: 'ours',
  },
  {
    name: 'now',
    takes: 'nothing',
    help: 'With --tell: interrupt the running session, and go on with this in its conversation',
    group: 'ours',
  },
  { name: 'demo', takes: 'nothing', help: 'Run the demo (no account needed)', group: 'ours' },
] as const satisfies readonly OptionRow[];

export type OptionName = (typeof options)[number]['name'];

const usageLines = [
  ['autonomous-tui "task description"', 'Start new task (auto-generates name)'],
  ['autonomous-tui --task-name <name> --continue', 'Continue specific task'],
  ['autonomous-tui --list', 'List all tasks'],
  ['autonomous-tui --help', 'Show help'],
  ['autonomous-tui', 'Open the dashboard'],
  ['autonomous-tui [options] -- ARGUMENTS', 'Pass arguments to codex exec'],
] as const;

export function helpText(): string {
  return [
    'Usage:',
    ...columns(usageLines),
    '',
    'Options:',
    ...columns(rowsOfGroup('seed')),
    '',
    'More options:',
    ...columns(rowsOfGroup('ours')),
    '',
    'Exit codes: 0 done · 1 failed · 2 wrong usage · 3 stopped on request, steps remain ·',
    '            75 another runner has the task · 130 paused by Ctrl-C',
    '',
  ].join('\n');
}

/** `--task-name NAME, -n` */
export function optionLabel(row: OptionRow): string {
  const value = row.value === undefined ? '' : ` ${row.value}`;
  return `--${row.name}${value}${row.short === undefined ? '' : `, -${row.short}`}`;
}

function rowsOfGroup(group: OptionRow['group']): (readonly [string, string])[] {
  return options
    .filter((row) => row.group === group)
    .map((row: OptionRow) => [optionLabel(row), row.help] as const);
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

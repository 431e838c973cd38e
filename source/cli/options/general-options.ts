// Options of the program itself: what it prints, and in which project.

import { parsedValue, textOf, type OptionRow, type ValuesOf } from './option-row.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

const completions = {
  name: 'completions',
  takes: 'text',
  value: 'SHELL',
  parse: shellNamed,
  expects: 'bash, zsh or fish',
  offers: shells,
  help: 'Print what completes these options in bash, zsh or fish',
  group: 'ours',
} as const satisfies OptionRow;

export const generalOptions = [
  {
    name: 'version',
    short: 'v',
    takes: 'nothing',
    help: 'Show the version, and those of Node and Codex',
    group: 'ours',
  },
  {
    name: 'headless',
    takes: 'nothing',
    help: 'Run without the dashboard, in the foreground',
    group: 'ours',
  },
  {
    name: 'background',
    takes: 'nothing',
    help: 'Start or continue in the background, say so in one line, and return: needs no terminal',
    group: 'ours',
  },
  {
    name: 'json',
    takes: 'nothing',
    help: 'JSON output (--list, --report, --doctor: one document; --headless, --log: JSON Lines)',
    group: 'ours',
  },
  {
    name: 'cd',
    short: 'C',
    takes: 'text',
    value: 'DIR',
    offers: 'directories',
    help: 'Project directory (default: the nearest one upwards that has .autonomous/)',
    group: 'ours',
  },
  {
    name: 'all',
    takes: 'nothing',
    help: 'Show the tasks of all projects known here (dashboard, --list)',
    group: 'ours',
  },
] as const satisfies readonly OptionRow[];

/** The last of the help. */
export const lastOptions = [
  {
    name: 'doctor',
    takes: 'nothing',
    help: 'Check what a run needs, and say what to do about what is missing',
    group: 'ours',
  },
  completions,
  { name: 'demo', takes: 'nothing', help: 'Run the demo (no account needed)', group: 'ours' },
] as const satisfies readonly OptionRow[];

export type GeneralOptions = {
  version: boolean;
  headless: boolean;
  background: boolean;
  json: boolean;
  directory: string | null;
  /** Of all projects, not of one. */
  all: boolean;
  /** `tasks`: for the printed scripts, the names of the tasks. */
  completions: Shell | 'tasks' | null;
  doctor: boolean;
  demo: boolean;
};

/** Why they do not go together; null if they do. */
export function whyNotGeneral({
  headless,
  background,
}: ValuesOf<typeof generalOptions>): string | null {
  return headless === true && background === true ? 'Give either --headless or --background' : null;
}

export function readGeneralOptions(
  values: ValuesOf<typeof generalOptions> & ValuesOf<typeof lastOptions>,
): GeneralOptions {
  return {
    version: values.version === true,
    headless: values.headless === true,
    background: values.background === true,
    json: values.json === true,
    directory: textOf(values.cd),
    all: values.all === true,
    completions: parsedValue(completions, values),
    doctor: values.doctor === true,
    demo: values.demo === true,
  };
}

function shellNamed(name: string): Shell | 'tasks' | null {
  return name === 'tasks' ? name : (shells.find((shell) => shell === name) ?? null);
}

// Options of the program itself: what it prints, and in which project.

import { textOf, type OptionRow, type ValuesOf } from './option-row.ts';

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
] as const satisfies readonly OptionRow[];

/** The last of the help. */
export const demoOptions = [
  { name: 'demo', takes: 'nothing', help: 'Run the demo (no account needed)', group: 'ours' },
] as const satisfies readonly OptionRow[];

export type GeneralOptions = {
  version: boolean;
  headless: boolean;
  json: boolean;
  directory: string | null;
  demo: boolean;
};

export function readGeneralOptions(
  values: ValuesOf<typeof generalOptions> & ValuesOf<typeof demoOptions>,
): GeneralOptions {
  return {
    version: values.version === true,
    headless: values.headless === true,
    json: values.json === true,
    directory: textOf(values.cd),
    demo: values.demo === true,
  };
}

// `--list` on a terminal: the lines of the pipe, in columns and in the colours of the dashboard.
//
//   ✓ build-rest-api-todo (25/25 - 100% complete) [session: 550e8400...]
//   ○ docs-site           (7/15 - 46%)                                   · waiting until 14:00 (usage limit)

import { readUserFile } from '../../system/configuration-file.ts';
import type { Environment } from '../../system/state/state-files.ts';
import { stateStyle } from '../../ui/look/state-words.ts';
import { padEnd, textWidth } from '../../ui/look/text-width.ts';
import { plainTheme, themeFor, type Theme } from '../../ui/look/theme.ts';
import { dim, plain, run, type Style, type StyleRun } from '../../ui/rows/row.ts';
import { lookOf, plainLook, sequenceBetween } from '../../ui/terminal/sgr.ts';
import type { ListedPart, ListedTask } from './list-lines.ts';

/** What is longer takes no part in its column: it would push all others away. */
const widest = { label: 40, progress: 28, session: 22 } as const;

type Column = keyof typeof widest;

/** `width`: the terminal's. Where columns do not fit, there are none. */
export function terminalLines(
  tasks: readonly ListedTask[],
  environment: Environment,
  width: number,
): string[] {
  const theme = themeFor(environment, { name: themeName(environment) });
  const columns = {
    label: columnOf(tasks, 'label'),
    progress: columnOf(tasks, 'progress'),
    session: columnOf(tasks, 'session'),
  };
  const taken = 6 + columns.label + columns.progress + columns.session;
  const fits = taken <= width;
  return tasks.map((task) => painted(runsOf(task, fits ? columns : none), theme));
}

const none = { label: 0, progress: 0, session: 0 };

function columnOf(tasks: readonly ListedTask[], column: Column): number {
  const widths = tasks.map((task) => textWidth(task[column]));
  return Math.max(0, ...widths.filter((width) => width <= widest[column]));
}

function runsOf(task: ListedTask, columns: Readonly<Record<Column, number>>): StyleRun[] {
  const { glyph, label, progress, session, more } = task;
  const isNothing = columns.session === 0 && session === '';
  const head = [
    run(`  ${glyph}`, glyphStyle(task)),
    run(` ${padEnd(label, columns.label)}`),
    run(` ${padEnd(progress, columns.progress)}`),
    ...(isNothing ? [] : [run(` ${padEnd(session, columns.session)}`, dim)]),
  ];
  if (more.length === 0) return withoutEnd(head);
  return [...head, ...more.flatMap((part) => [run(' · '), run(part.text, styleOf(part, task))])];
}

/** Without the spaces at the end of the line. */
function withoutEnd(runs: readonly StyleRun[]): StyleRun[] {
  const last = runs.findLastIndex(({ text }) => text.trim() !== '');
  return runs
    .slice(0, last + 1)
    .map((one, index) => (index === last ? run(one.text.trimEnd(), one.style) : one));
}

function glyphStyle({ glyph, state }: ListedTask): Style {
  return glyph === '✓' ? { color: 'done' } : stateStyle(state);
}

function styleOf({ kind }: ListedPart, { state }: ListedTask): Style {
  switch (kind) {
    case 'goal':
      return dim;
    case 'machine':
    case 'branch':
      return plain;
    case 'state':
      return stateStyle(state);
    case 'warning':
      return { color: 'waiting' };
    case 'full access':
      return { color: 'alarm' };
    default:
      return kind satisfies never;
  }
}

/** Without colours there is nothing but the text: neither dim nor bold. */
function painted(runs: readonly StyleRun[], theme: Theme): string {
  if (theme.colors === plainTheme.colors) return runs.map(({ text }) => text).join('');
  let line = '';
  let look = plainLook;
  for (const { text, style } of runs) {
    const next = lookOf(style, theme);
    line += sequenceBetween(look, next) + text;
    look = next;
  }
  return line + sequenceBetween(look, plainLook);
}

function themeName(environment: Environment): 'dark' | 'light' | 'colour-blind' | null {
  const file = readUserFile(environment);
  const name = 'problem' in file ? null : file.known['theme'];
  return name === 'dark' || name === 'light' || name === 'colour-blind' ? name : null;
}

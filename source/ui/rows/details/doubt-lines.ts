// Below the steps: what a session did to steps that were put back, and why ticks are unproven.
//
//   ! Session 4 removed or reworded steps; they were put back:
//   13  Add pagination
//   14  Validate input with zod
//         it wrote: Validate input
//   v accepts its version
//   ! 3 ticks are unproven:
//   10, 11  session 3: no file changed, and no command ended with 0
//   12      session 4: ticked again without work

import type { TaskDetails } from '../../../core/task/details.ts';
import { glyphs } from '../../look/glyphs.ts';
import { padEnd, padStart } from '../../look/text-width.ts';
import { bold, dim, run, type StyleRun } from '../row.ts';
import { wrapRuns } from '../wrapped-runs.ts';
import type { DetailLine } from './detail-line.ts';

type Page = {
  readonly width: number;
  /** The key that accepts the version; empty if it has none. */
  readonly acceptKey?: string;
  /** Of a step's number. */
  readonly digits: number;
};

const mostShown = 8;
const mostNumbers = 6;

export function replacedLines({ replaced }: TaskDetails, page: Page): DetailLine[] {
  if (replaced === null) return [];
  const { acceptKey = '', digits, width } = page;
  const { session, steps } = replaced;
  const lines = steps.slice(0, mostShown).flatMap(({ number, text, instead }) => [
    {
      left: [run(`${padStart(String(number), digits)}  `, dim), run(text)],
      target: { kind: 'step', number } as const,
    },
    ...(instead === null
      ? []
      : [{ left: [run(`${' '.repeat(digits + 4)}it wrote: `, dim), run(instead, dim)] }]),
  ]);
  const hint = [run(acceptKey, bold), run(' accepts its version', dim)];
  return [
    ...heading(`Session ${session} ${deed(replaced)}; they were put back:`, width),
    ...lines,
    ...more(steps.length - mostShown),
    ...(acceptKey === '' ? [] : [{ left: hint }]),
  ];
}

function deed({ steps }: NonNullable<TaskDetails['replaced']>): string {
  const removed = steps.some(({ instead }) => instead === null) ? ['removed'] : [];
  const reworded = steps.some(({ instead }) => instead !== null) ? ['reworded'] : [];
  return `${[...removed, ...reworded].join(' or ')} steps`;
}

export function unprovenLines({ unproven }: TaskDetails, { width }: Page): DetailLine[] {
  if (unproven.length === 0) return [];
  const groups = [
    ...Map.groupBy(unproven, ({ session, reason }) => `session ${session}: ${reason}`),
  ].map(([words, steps]) => ({ words, steps, numbers: numbersOf(steps) }));
  const shown = groups.slice(0, mostShown);
  const column = Math.max(...shown.map(({ numbers }) => numbers.length));
  const lines = shown.flatMap(({ words, steps, numbers }) => {
    const number = steps[0]?.number ?? 0;
    const wrapped = wrapRuns([run(words)], Math.max(8, width - column - 2));
    return wrapped.map((runs, at) => ({
      left: [run(`${padEnd(at === 0 ? numbers : '', column)}  `, dim), ...runs],
      ...(at === 0 ? { target: { kind: 'step', number } as const } : {}),
    }));
  });
  const count = unproven.length === 1 ? '1 tick is' : `${unproven.length} ticks are`;
  return [...heading(`${count} unproven:`, width), ...lines, ...more(groups.length - mostShown)];
}

/** `10, 11, 12 and 9 more` */
function numbersOf(steps: TaskDetails['unproven']): string {
  const shown = steps.slice(0, mostNumbers).map(({ number }) => number);
  const left = steps.length - shown.length;
  return `${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

function heading(text: string, width: number): { left: StyleRun[] }[] {
  const runs = [run(`${glyphs.warning} ${text}`, { color: 'waiting' })];
  return wrapRuns(runs, width).map((left) => ({ left }));
}

function more(count: number): DetailLine[] {
  return count > 0 ? [{ left: [run(`and ${count} more`, dim)] }] : [];
}

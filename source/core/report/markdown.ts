// The report as Markdown, for a pull request or a chat. What others wrote stands in code spans: there it can be no link, no
// heading, no HTML and no `@mention` that calls somebody.

import { elapsed, zonedTime } from '../text/numbers.ts';
import { safeLine } from '../text/safe-text.ts';
import { inOrder, isWorthReading, type ProjectReport } from './project-report.ts';
import type { TaskReport } from './task-report.ts';
import { headline, progressWords, taskLines, type Words } from './words.ts';

const longestSpan = 400;
/** GitHub takes 65536 characters for a comment. */
const longest = 60_000;

export function reportMarkdown(report: ProjectReport): string {
  const { since, at, project } = report;
  const tasks = inOrder(report.tasks);
  const isOne = tasks.length === 1 && report.gone.length === 0;
  const time =
    since === null
      ? `Until ${zonedTime(at)}`
      : `From ${zonedTime(since)} to ${zonedTime(at)} (${elapsed(at - since)})`;
  const first = tasks.filter(({ needsYou }) => needsYou !== null);
  const quiet = tasks.filter((task) => !isOne && !isWorthReading(task));
  const told = tasks.filter((task) => isOne || isWorthReading(task));
  const end = [
    ...(quiet.length === 0
      ? []
      : [`Nothing happened in ${named(quiet.map(({ task }) => task))}.`, '']),
    ...(report.gone.length === 0
      ? []
      : [`Gone, so not in this report: ${named(report.gone)}.`, '']),
    ...(tasks.length === 0 ? ['There are no tasks.', ''] : []),
  ];
  const head = [
    `# What happened in ${code(project)}`,
    '',
    `**${headline(report)}.** ${time}.`,
    '',
    ...(first.length === 0 ? [] : ['## Needs you first', '', ...first.map(needLine), '']),
  ];
  return bounded(head, told, end);
}

/** Whole tasks are left out, the last ones first, and named. */
function bounded(
  head: readonly string[],
  told: readonly TaskReport[],
  end: readonly string[],
): string {
  const text: string[] = [...head];
  let left = longest - [...head, ...end].join('\n').length;
  const leftOut: string[] = [];
  for (const task of told) {
    const section = taskSection(task);
    const { length } = section.join('\n');
    if (length > left || leftOut.length > 0) leftOut.push(task.task);
    else {
      left -= length;
      text.push(...section);
    }
  }
  if (leftOut.length > 0) {
    text.push(
      `Left out, or this would be too long: ${named(leftOut)}. Ask with \`--task-name\`.`,
      '',
    );
  }
  return [...text, ...end].join('\n');
}

function needLine({ task, needsYou }: TaskReport): string {
  if (needsYou === null) return '';
  const reason = needsYou.reason === null ? '' : `: ${code(needsYou.reason)}`;
  return `- ${code(task)}: **${needsYou.word}**${reason}`;
}

function taskSection(task: TaskReport): string[] {
  const { word, reason } = task.state;
  const why = reason === null ? '' : ` (${code(reason)})`;
  return [
    `## ${code(task.task)}: ${word}, ${progressWords(task)}`,
    '',
    ...(why === '' || task.needsYou !== null ? [] : [`- **State**: ${word}${why}`]),
    ...taskLines(task).flatMap(({ label, words, below }) => [
      `- **${label}**: ${written(words)}`,
      ...below.map((each) => `  - ${written(each)}`),
    ]),
    '',
  ];
}

/** At most so many names: a project may have thousands of tasks. */
const mostNames = 50;

function named(tasks: readonly string[]): string {
  const more = tasks.length - mostNames;
  const names = tasks.slice(0, mostNames).map(code).join(', ');
  return more > 0 ? `${names} and ${more} more` : names;
}

function written(words: Words): string {
  return words.map((word) => (typeof word === 'string' ? word : code(word.foreign))).join('');
}

/** A code span that no text can leave. */
export function code(text: string): string {
  const safe = safeLine(text, longestSpan).trim();
  if (safe === '') return '(empty)';
  const runs = safe.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  const isPadded = runs.length > 0;
  return isPadded ? `${fence} ${safe} ${fence}` : `${fence}${safe}${fence}`;
}

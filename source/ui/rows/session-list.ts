// The sessions of a task:
//
//   1  initializer  09:12    2m 10s   88k in   4.1k out  0 steps  completed

import type { SessionSummary, TaskDetails } from '../../core/task-details.ts';
import { stepsBySession } from '../../core/ticks.ts';
import { glyphs, spinnerFrame } from '../glyphs.ts';
import { isTurning } from '../state-words.ts';
import { padEnd, padStart } from '../text-width.ts';
import type { DetailLine } from './detail-line.ts';
import { elapsed, moment, steps, tokens } from './format.ts';
import { dim, plain, run, type StyleRun } from './row.ts';
import type { LineContext } from './step-lines.ts';

export function sessionListLines(details: TaskDetails, context: LineContext): DetailLine[] {
  const { sessions, ticks } = details;
  if (sessions === null) return [{ left: [run('Reading the log…', dim)] }];
  if (sessions.length === 0) return [{ left: [run('No session has run yet.', dim)] }];
  const ticked = stepsBySession(ticks);
  const digits = String(sessions.at(-1)?.number ?? 0).length;
  return sessions.map((session, index) => ({
    left: [
      run(padStart(String(session.number), digits), plain),
      run(`  ${padEnd(session.role, 11)}  ${whenOf(session, context)}`, plain),
      run(`  ${costOf(session, context.width)}`, dim),
    ],
    right: [
      ...stepsRuns(ticked.get(session.number) ?? 0, context.width),
      ...outcomeRuns(session, context, index === sessions.length - 1 ? 'last' : 'earlier'),
    ],
    target: { kind: 'session', number: session.number },
  }));
}

/** `09:12    2m 10s` */
function whenOf({ startedAt, endedAt }: SessionSummary, { now, task }: LineContext): string {
  const start = startedAt === null ? glyphs.unknownTime : moment(startedAt, now);
  const isOver = endedAt !== null || !isTurning(task.state.word);
  const end = isOver ? endedAt : now;
  const length = startedAt === null || end === null ? '' : elapsed(end - startedAt);
  return `${padEnd(start, 9)} ${padStart(length, 7)}`;
}

function costOf({ cost }: SessionSummary, width: number): string {
  if (cost === null || width < 62) return '';
  return `${padStart(tokens(cost.inputTokens), 5)} in ${padStart(tokens(cost.outputTokens), 5)} out`;
}

function stepsRuns(count: number, width: number): StyleRun[] {
  return count === 0 || width < 46 ? [] : [run(`${steps(count)}  `, dim)];
}

function outcomeRuns(
  { outcome }: SessionSummary,
  { task, tick }: LineContext,
  place: 'last' | 'earlier',
): StyleRun[] {
  if (outcome === 'completed') return [run(glyphs.done, { color: 'done' })];
  if (outcome !== null) return [run(outcome, dim)];
  if (place === 'last' && isTurning(task.state.word)) {
    return [run(spinnerFrame(tick), { color: 'running', turns: true })];
  }
  return [run('not ended', dim)];
}

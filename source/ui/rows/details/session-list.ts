// The Sessions page of a task:
//
//   2  working   09:12   2m 10s   88k in  4.1k out    2 steps  ✓
//   2  working   09:12   2m 10s   92k  2 steps  ✓                    with less room: the sum of both
//   2  working   09:12   2m 10s   92k  log changed  ✓                session.log is not what Codex wrote

import { copyChanged } from '../../../core/copy/session-copy.ts';
import { roleWord } from '../../../core/task/task.ts';
import type { SessionSummary } from '../../../core/log/session-summary.ts';
import { stepsBySession, type StepTime } from '../../../core/checklist/step-times.ts';
import { glyphs, spinnerFrame } from '../../look/glyphs.ts';
import { isTurning } from '../../look/state-words.ts';
import { padEnd, padStart, textWidth } from '../../look/text-width.ts';
import type { DetailLine } from './detail-line.ts';
import { elapsed, moment, steps, tokens } from '../../../core/text/numbers.ts';
import { dim, plain, run, runsWidth, type StyleRun } from '../row.ts';
import { shortOutcome } from '../log/session-lines.ts';
import type { LineContext } from './step-lines.ts';

/** `sessions`: null while they are being read. */
export function sessionListLines(
  sessions: readonly SessionSummary[] | null,
  ticks: readonly StepTime[],
  context: LineContext,
): DetailLine[] {
  if (sessions === null) return [{ left: [run('Reading the log…', dim)] }];
  if (sessions.length === 0) return [{ left: [run('No session has run yet.', dim)] }];
  const ticked = stepsBySession(ticks);
  const rights = sessions.map((session, index) => [
    ...stepsRuns(ticked.get(session.number) ?? 0, context.width),
    ...(session.copy === 'changed' ? [run(`${copyChanged}  `, { color: 'failed' })] : []),
    ...outcomeRuns(session, context, index === sessions.length - 1 ? 'last' : 'earlier'),
  ]);
  const columns = columnsOf(sessions, rights, context);
  return sessions.map((session, index) => ({
    left: [
      run(padStart(String(session.number), columns.number), plain),
      run(
        `  ${padEnd(roleWord(session.role), columns.role)}  ${padEnd(startOf(session, context), columns.start)}`,
      ),
      run(`  ${padStart(lengthOf(session, context), lengthWidth)}`, plain),
      run(costOf(session, columns.cost), dim),
    ],
    right: rights[index] ?? [],
    target: { kind: 'session', number: session.number },
  }));
}

/** Above the sessions: which ones session.log has lost. */
export function missingLines(missing: readonly number[]): DetailLine[] {
  if (missing.length === 0) return [];
  const which = missing.length === 1 ? 'session' : 'sessions';
  const words = `${copyChanged}: ${which} ${rangesOf(missing)} missing`;
  return [{ left: [run(`${glyphs.warning} ${words}`, { color: 'failed' })] }];
}

/** `1-3, 7` */
function rangesOf(numbers: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && number <= last.to + 1) last.to = number;
    else ranges.push({ from: number, to: number });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

/** `planning`; a list with a Reviewer takes one cell more. */
const leastRole = 8;
/** `18m 30s` */
const lengthWidth = 7;

type Columns = {
  readonly number: number;
  readonly role: number;
  readonly start: number;
  readonly cost: keyof typeof costWidths | 'none';
};

/** `  412k in  9.1k out`, `  421k` */
const costWidths = { each: 19, sum: 6 } as const;
/** Cells between left and right. */
const gap = 2;

/** The same columns for the whole list, so that numbers are aligned. */
function columnsOf(
  sessions: readonly SessionSummary[],
  rights: readonly (readonly StyleRun[])[],
  context: LineContext,
): Columns {
  const number = String(sessions.at(-1)?.number ?? 0).length;
  const start = Math.max(...sessions.map((session) => textWidth(startOf(session, context))));
  const role = Math.max(leastRole, ...sessions.map((one) => textWidth(roleWord(one.role))));
  const taken = number + 2 + role + 2 + start + 2 + lengthWidth;
  const room = context.width - taken - gap - Math.max(...rights.map(runsWidth));
  const cost = room >= costWidths.each ? 'each' : room >= costWidths.sum ? 'sum' : 'none';
  return { number, role, start, cost };
}

function startOf({ startedAt }: SessionSummary, { now }: LineContext): string {
  return startedAt === null ? glyphs.unknownTime : moment(startedAt, now);
}

/** Up to now while the session is under way. */
function lengthOf({ startedAt, endedAt }: SessionSummary, { now, task }: LineContext): string {
  const isOver = endedAt !== null || !isTurning(task.state.word);
  const end = isOver ? endedAt : now;
  return startedAt === null || end === null ? '' : elapsed(end - startedAt);
}

function costOf({ cost }: SessionSummary, form: Columns['cost']): string {
  if (cost === null || form === 'none') return '';
  const { inputTokens, outputTokens } = cost;
  if (form === 'sum') return `  ${tokenColumn(inputTokens + outputTokens)}`;
  return `  ${tokenColumn(inputTokens)} in  ${tokenColumn(outputTokens)} out`;
}

/** `412k`, `9.1k` */
function tokenColumn(count: number): string {
  return padStart(tokens(count), 4);
}

function stepsRuns(count: number, width: number): StyleRun[] {
  return count === 0 || width < 46 ? [] : [run(`${steps(count)}  `, dim)];
}

function outcomeRuns(
  { outcome }: SessionSummary,
  { task, animationFrame }: LineContext,
  place: 'last' | 'earlier',
): StyleRun[] {
  if (outcome === 'completed') return [run(glyphs.done, { color: 'done' })];
  if (outcome !== null) return [run(shortOutcome(outcome), dim)];
  if (place === 'last' && isTurning(task.state.word)) {
    return [run(spinnerFrame(animationFrame), { color: 'running', turns: true })];
  }
  return [run('unfinished', dim)];
}

// The Steps page of a task: phases, ticked steps with their times, and the current step.
//
//   Phase 1: Foundation
//   ✓ 10  Set up the project               unproven · 11:44 · session 3
//   ✓ 11  Add the repository layer                    11:52 · session 3
//   ⠙ 12  Return 404 for unknown ids
//   ○ 13  Add pagination

import type { TaskView } from '../../../core/task/board.ts';
import type { Step } from '../../../core/checklist/checklist.ts';
import type { UnprovenStep } from '../../../core/evidence/unproven.ts';
import type { TaskDetails } from '../../../core/task/details.ts';
import { stepTimesByStep, type StepTime } from '../../../core/checklist/step-times.ts';
import { glyphs, spinnerFrame } from '../../look/glyphs.ts';
import { padStart } from '../../look/text-width.ts';
import type { DetailLine } from './detail-line.ts';
import { replacedLines, unprovenLines } from './doubt-lines.ts';
import { moment } from '../../../core/text/numbers.ts';
import { dim, plain, run, type StyleRun } from '../row.ts';

export type LineContext = {
  readonly task: TaskView;
  readonly width: number;
  readonly now: number;
  readonly animationFrame: number;
  /** The key that accepts the version that the guard replaced. */
  readonly acceptKey?: string;
};

export function stepLines(details: TaskDetails, context: LineContext): DetailLine[] {
  const { steps, ticks, unproven } = details;
  const missed = missedLines(context.task);
  if (steps.length === 0) {
    return [...missed, { left: [run(stepless(context.task), dim)] }];
  }
  const byStep = stepTimesByStep(ticks);
  const digits = String(steps.at(-1)?.number ?? 0).length;
  const current = currentStep(context.task);
  const doubted = new Map(unproven.map((step) => [step.number, step]));
  let phase: string | null = null;
  const lines = steps.flatMap((step) => {
    const isNewPhase = step.phase !== phase;
    phase = step.phase;
    const isCurrent = step.number === current;
    const tick = step.done ? byStep.get(step.number) : undefined;
    const doubt = doubted.get(step.number);
    return [
      ...(isNewPhase && phase !== null ? [{ left: [run(phase, dim)] }] : []),
      {
        left: [
          doubt === undefined
            ? stepGlyph(step, isCurrent, context.animationFrame)
            : run(glyphs.done, unprovenStyle),
          run(` ${padStart(String(step.number), digits)}  `, dim),
          run('  '.repeat(Math.min(4, step.depth))),
          run(step.text, step.done ? dim : plain),
        ],
        ...atRight({ tick, doubt }, context),
        target: { kind: 'step', number: step.number } as const,
      },
    ];
  });
  const page = { ...context, digits };
  return [...lines, ...missed, ...replacedLines(details, page), ...unprovenLines(details, page)];
}

const unprovenStyle = { color: 'waiting' } as const;

/** Below the steps: lines that look like steps and do not count. */
function missedLines({ missed }: TaskView): DetailLine[] {
  if (missed.length === 0) return [];
  const heading = `${glyphs.warning} Not counted: write as - [ ] …`;
  return [
    { left: [run(heading, { color: 'waiting' })] },
    ...missed.map(({ line, text }) => ({ left: [run(`line ${line}  `, dim), run(text)] })),
  ];
}

function stepless({ hasList, state }: TaskView): string {
  if (hasList) return 'The task list has no steps.';
  if (state.word === 'starting') return 'Starting.';
  return state.word === 'running' ? 'The first session is writing the list.' : 'Not planned yet.';
}

/** The number of the step that Codex is working on; null unless the task is running. */
function currentStep({ state, nextStep }: TaskView): number | null {
  return state.word === 'running' ? (nextStep?.number ?? null) : null;
}

function stepGlyph(step: Step, isCurrent: boolean, animationFrame: number): StyleRun {
  if (step.done) return run(glyphs.done, { color: 'done' });
  if (isCurrent) return run(spinnerFrame(animationFrame), { color: 'running', turns: true });
  return step.blocked ? run(glyphs.paused, { color: 'waiting' }) : run(glyphs.idle, dim);
}

type Ticked = {
  readonly tick: StepTime | undefined;
  readonly doubt: UnprovenStep | undefined;
};

/**
 * Whether the tick is unproven, when and in which session it was made. In a narrow pane, only the marked step shows its
 * session.
 */
function atRight(
  { tick, doubt }: Ticked,
  { now, width }: LineContext,
): Pick<DetailLine, 'right' | 'rightMarked'> {
  const word = doubt === undefined ? [] : [run('unproven', unprovenStyle)];
  const time = tick === undefined ? [] : [run(moment(tick.at, now), dim)];
  const session = tick?.session ?? doubt?.session;
  if (session === undefined) return {};
  const number = [run(`session ${session}`, dim)];
  const whole = parted([word, time, number]);
  if (doubt === undefined) return { right: width < 60 ? time : whole, rightMarked: whole };
  if (width >= 60) return { right: whole, rightMarked: whole };
  return { right: width < 45 ? word : parted([word, time]), rightMarked: parted([word, number]) };
}

function parted(parts: readonly (readonly StyleRun[])[]): readonly StyleRun[] {
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, at) => [...(at === 0 ? [] : [run(` ${glyphs.between} `, dim)]), ...part]);
}

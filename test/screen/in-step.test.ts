import { expect, test } from 'vitest';
import { createInStep } from '../../source/screen/in-step.ts';
import { screenRows } from '../../source/ui/screen.ts';
import { board, details, drawn, screen, state, task } from '../ui/sample.ts';

const name = details.task;
const total = details.steps.length;
const withDone = (done: number) => ({
  ...details,
  steps: details.steps.map((step, index) => ({ ...step, done: index < done })),
});
const onBoard = (done: number) =>
  board({
    tasks: [
      task('docs', { done: 1, total: 4 }),
      task(name, {
        state: state('running'),
        done,
        total,
        nextStep: { number: 10 + done, text: `part ${done}` },
      }),
    ],
  });

test('a tick is in row, title, next step and steps at one moment, whichever was read first', () => {
  for (const [row, steps] of [
    [3, 4],
    [4, 3],
  ] as const) {
    const shown = withDone(steps);
    const drawing = drawn(
      screenRows(screen('120×40', { board: createInStep()(onBoard(row), shown), details: shown })),
    );
    expect(drawing).toContain(` ${steps}/${total} `);
    expect(drawing).toContain(`─ Steps ─ ${steps} of ${total}`);
    expect(drawing.match(/✓ 1\d /g)).toHaveLength(steps);
    expect(drawing).toMatch(new RegExp(`⠙ 1${steps} `));
    expect(drawing).not.toContain(` ${7 - steps}/${total} `);
  }
});

test('the board stays the same object while both agree, and for the same two', () => {
  const inStep = createInStep();
  const agreeing = onBoard(3);
  const shown = withDone(3);
  expect(inStep(agreeing, shown)).toBe(agreeing);
  const behind = onBoard(2);
  expect(inStep(behind, shown)).toBe(inStep(behind, shown));
  expect(inStep(behind, shown).tasks[0]).toBe(behind.tasks[0]);
});

test('the details of another task, or without steps, change nothing', () => {
  const behind = onBoard(2);
  expect(createInStep()(behind, { ...withDone(3), task: 'gone' })).toBe(behind);
  expect(createInStep()(behind, { ...details, steps: [] })).toBe(behind);
  expect(createInStep()(behind, null)).toBe(behind);
});

import { expect, test } from 'vitest';
import { withChangedStep } from '../../../source/ui/view/changed-step.ts';
import { details, view } from '../sample.ts';

type Shown = Parameters<typeof withChangedStep>[1];

/** The step was changed at 1000: what was read later shows the list after it. */
const changedAt = 1000;

function showing(readAt: number, ...texts: string[]): Shown {
  const steps = texts.map((text, index) => ({ ...details.steps[0]!, number: index + 1, text }));
  return { details: { ...details, task: 'shop', readAt, steps } };
}

const [before, after] = [
  (...texts: string[]) => showing(changedAt - 1, ...texts),
  (...texts: string[]) => showing(changedAt, ...texts),
];

const onSteps = { selected: 'shop', page: 'steps' } as const;

function changed(number: number, text: string, detailsAt: number | null = null) {
  return view({
    ...onSteps,
    detailsAt,
    changedStep: { task: 'shop', step: { number, text }, changedAt },
  });
}

test('a step that was moved there and back keeps the mark, whichever of the lists is shown meanwhile', () => {
  const moved = changed(1, 'one', 0);
  expect(withChangedStep(moved, before('one', 'two', 'three'))).toBe(moved);
  const late = withChangedStep(moved, before('two', 'one', 'three'));
  expect(late.detailsAt).toBe(1);
  expect(late.changedStep?.step).toEqual({ number: 1, text: 'one' });
  expect(withChangedStep(late, after('one', 'two', 'three')).detailsAt).toBe(0);
});

test('a step that was changed there and back is what the next key is about, whatever is shown of the lists before', () => {
  const changedBack = changed(2, 'two', 1);
  const late = withChangedStep(changedBack, before('one', 'two'));
  const later = withChangedStep(late, before('one', 'two (skipped: no time)'));
  expect(later.changedStep?.step).toEqual({ number: 2, text: 'two' });
  expect(withChangedStep(later, after('one', 'two'))).toMatchObject({
    changedStep: { step: { number: 2, text: 'two' } },
    detailsAt: 1,
  });
});

test('a step that is not shown yet leaves the mark where it is, and is what the next key is about', () => {
  const added = changed(2, 'new', 0);
  expect(withChangedStep(added, before('one', 'two'))).toBe(added);
  expect(withChangedStep(added, after('one', 'new', 'two')).detailsAt).toBe(1);
});

test('the next key is about a new step, not about another one with its words that is shown before it', () => {
  const late = withChangedStep(changed(2, 'two', 0), before('one', 'three', 'two'));
  expect(late.changedStep?.step).toEqual({ number: 2, text: 'two' });
  expect(withChangedStep(late, after('one', 'two', 'three', 'two')).detailsAt).toBe(1);
});

test('a step that others moved afterwards keeps the mark, and the next key finds it there', () => {
  const moved = withChangedStep(changed(1, 'one', 0), after('two', 'one'));
  expect(moved).toMatchObject({ changedStep: { step: { number: 2 } }, detailsAt: 1 });
});

test('a step that others removed afterwards is forgotten, and the mark stays', () => {
  const shown = withChangedStep(changed(2, 'two'), after('one', 'two'));
  expect(withChangedStep(shown, after('one'))).toMatchObject({ changedStep: null, detailsAt: 1 });
});

test('of several steps with the same words, the one in its place is meant, else none', () => {
  expect(withChangedStep(changed(3, 'one'), after('one', 'two', 'one')).detailsAt).toBe(2);
  const nowhere = changed(2, 'one', 0);
  expect(withChangedStep(nowhere, before('one', 'two', 'one'))).toBe(nowhere);
  expect(withChangedStep(nowhere, after('one', 'two', 'one')).changedStep).toBeNull();
});

test('another task or page ends it', () => {
  const other = { ...changed(1, 'one'), selected: 'docs' };
  expect(withChangedStep(other, after('one')).changedStep).toBeNull();
  const notes = { ...changed(1, 'one'), page: 'notes' as const };
  expect(withChangedStep(notes, after('one')).changedStep).toBeNull();
});

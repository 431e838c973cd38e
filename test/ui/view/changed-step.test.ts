import { expect, test } from 'vitest';
import { withChangedStep } from '../../../source/ui/view/changed-step.ts';
import { details, view } from '../sample.ts';

type Shown = Parameters<typeof withChangedStep>[1];

function showing(...texts: string[]): Shown {
  const steps = texts.map((text, index) => ({ ...details.steps[0]!, number: index + 1, text }));
  return { details: { ...details, task: 'shop', steps } };
}

const onSteps = { selected: 'shop', page: 'steps' } as const;

function changed(number: number, text: string, detailsAt: number | null = null) {
  const changedStep = { task: 'shop', step: { number, text }, isSeen: false };
  return view({ ...onSteps, detailsAt, changedStep });
}

test('a step that was moved there and back keeps the mark, whichever of the lists is shown meanwhile', () => {
  const [before, between] = [showing('one', 'two', 'three'), showing('two', 'one', 'three')];
  // Moved down and up again, before the list of the first move is shown.
  const late = withChangedStep(changed(1, 'one', 0), before);
  expect(late.detailsAt).toBe(0);
  const later = withChangedStep(late, between);
  expect(later.detailsAt).toBe(1);
  expect(later.changedStep?.step).toEqual({ number: 2, text: 'one' });
  expect(withChangedStep(later, before).detailsAt).toBe(0);
});

test('a step that is not shown yet leaves the mark where it is, and is what the next key is about', () => {
  const added = changed(2, 'new', 0);
  expect(withChangedStep(added, showing('one', 'two'))).toBe(added);
  expect(withChangedStep(added, showing('one', 'new', 'two')).detailsAt).toBe(1);
});

test('a new step with the words of another one is not taken for that one before it is shown', () => {
  const added = changed(2, 'two', 0);
  const late = withChangedStep(added, showing('one', 'three', 'two'));
  expect(late).toBe(added);
  expect(withChangedStep(late, showing('one', 'two', 'three', 'two')).detailsAt).toBe(1);
});

test('a step that is gone after it was shown is forgotten, and the mark stays', () => {
  const shown = withChangedStep(changed(2, 'two'), showing('one', 'two'));
  expect(withChangedStep(shown, showing('one'))).toMatchObject({ changedStep: null, detailsAt: 1 });
});

test('of several steps with the same words, the one in its place is meant, else none', () => {
  expect(withChangedStep(changed(3, 'one'), showing('one', 'two', 'one')).detailsAt).toBe(2);
  const nowhere = changed(2, 'one', 0);
  expect(withChangedStep(nowhere, showing('one', 'two', 'one'))).toBe(nowhere);
});

test('another task or page ends it', () => {
  const other = { ...changed(1, 'one'), selected: 'docs' };
  expect(withChangedStep(other, showing('one')).changedStep).toBeNull();
  const notes = { ...changed(1, 'one'), page: 'notes' as const };
  expect(withChangedStep(notes, showing('one')).changedStep).toBeNull();
});

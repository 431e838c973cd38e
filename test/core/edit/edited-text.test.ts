import { expect, test } from 'vitest';
import { descriptionTelling, mergedNotes } from '../../../source/core/edit/edited-text.ts';

test('what a session added to the notes meanwhile stays below what the user made of the rest', () => {
  expect(mergedNotes('one\n', 'uno\n', 'one\ntwo\n')).toBe('uno\ntwo\n');
  expect(mergedNotes('one', 'uno', 'one\ntwo')).toBe('uno\ntwo');
  expect(mergedNotes('one\n', 'uno', 'one\ntwo\n')).toBe('uno\ntwo\n');
});

test('notes that nobody else touched are as the user wrote them', () => {
  expect(mergedNotes('one\n', 'uno', 'one\n')).toBe('uno');
});

test('notes that changed in any other way are not merged', () => {
  expect(mergedNotes('one\n', 'uno\n', 'eins\n')).toBeNull();
  expect(mergedNotes('', 'uno\n', 'two\n')).toBeNull();
});

test('a long description is told by its beginning, and where the rest is', () => {
  expect(descriptionTelling('Build it')).toBe(
    'I changed the goal of this task. It is now:\nBuild it',
  );
  const told = descriptionTelling('x'.repeat(1_000_000));
  expect(told.length).toBeLessThan(5000);
  expect(told).toMatch(/x …\nThe whole of it is "description" in task\.json/u);
});

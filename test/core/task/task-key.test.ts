import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOf, placeOf } from '../../../source/core/task/task-key.ts';

describe('the key of a task', () => {
  test('is its name where all tasks are of one project', () => {
    expect(keyOf({ name: 'docs' })).toBe('docs');
    expect(placeOf('docs')).toEqual({ name: 'docs' });
  });

  test('has the project, and the machine, where they differ', () => {
    expect(keyOf({ project: '/home/ann/shop', name: 'docs' })).toBe('/home/ann/shop/docs');
    const far = { host: 'machine-b', project: '/home/ann/shop', name: 'docs' };
    expect(keyOf(far)).toBe('machine-b:/home/ann/shop/docs');
    expect(placeOf('machine-b:/home/ann/shop/docs')).toEqual(far);
  });

  test('of a project that is the root of the file system has no path', () => {
    expect(placeOf(keyOf({ project: '', name: 'docs' }))).toEqual({ project: '', name: 'docs' });
  });

  /** What a directory may be called: anything without a slash. */
  const word = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .map((text) => text.replaceAll('/', ':'));
  const path = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
  const place = fc.oneof(
    fc.record({ name: word }),
    fc.record({ project: path, name: word }),
    fc.record({ host: word, project: path, name: word }),
  );

  test('says the place again, so that two places never share a key', () => {
    fc.assert(
      fc.property(place, (one) => {
        expect(placeOf(keyOf(one))).toEqual(one);
      }),
    );
  });
});

import { expect, test } from 'vitest';
import { nothingSaid, parseByMeow } from '../source/arguments.ts';

test('a call without a word is what meow makes of it', async () => {
  expect(nothingSaid()).toEqual(await parseByMeow([]));
});

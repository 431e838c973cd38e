import { expect, test } from 'vitest';
import { errorMessage } from '../../../source/core/text/error-message.ts';

test('an error’s message is one clean line without secrets', () => {
  const path = "'/tmp/a\x1b]0;owned\x07b\nc'";
  expect(errorMessage(new Error(`ENOENT: no such file, open ${path}`))).toBe(
    "ENOENT: no such file, open '/tmp/ab c'",
  );
  expect(errorMessage(new Error('token=abcdefgh12345678'))).toBe('token=…[masked]');
  expect(errorMessage('not even\x07 an error')).toBe('not even an error');
});

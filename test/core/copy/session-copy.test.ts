import { expect, test } from 'vitest';
import { readSessionCopies } from '../../../source/core/copy/session-copy.ts';

const copy = { uuid: 'a', session: 1, offset: 0, length: 10, sha256: '2c26' };

test('of a session that was recorded twice, the last line counts, and lines that are not whole do not', () => {
  const again = { ...copy, length: 12, sha256: null };
  const lines = [
    JSON.stringify(copy),
    'null',
    '',
    JSON.stringify({ ...copy, length: -1 }),
    JSON.stringify({ uuid: 'b', session: 2 }),
    JSON.stringify(again),
    JSON.stringify(again).slice(0, 20),
  ];
  expect([...readSessionCopies(lines.join('\n')).values()]).toEqual([again]);
});

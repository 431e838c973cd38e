import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editWords, mergedEdit } from '../../../source/core/edit/edited-file.ts';

const before = '# Plan\n\n- [ ] one\n- [ ] two\n- [x] three\n';

describe('a list that was edited while a session worked', () => {
  test('is as the user wrote it if nothing came since', () => {
    fc.assert(
      fc.property(fc.string(), (edited) => {
        expect(mergedEdit(before, edited, before)).toBe(edited);
      }),
    );
  });

  test('keeps the ticks that came since, and those of the user', () => {
    const edited = '# Plan\n\n- [ ] zero\n- [ ] one\n- [ ] two of them\n- [ ] three\n';
    const now = before.replace('- [ ] one', '- [x] one');
    expect(mergedEdit(before, edited, now)).toBe(
      '# Plan\n\n- [ ] zero\n- [x] one\n- [ ] two of them\n- [ ] three\n',
    );
  });

  test('is not taken if anything but ticks came since', () => {
    expect(mergedEdit(before, `${before}- [ ] four\n`, `${before}- [ ] five\n`)).toBeNull();
  });
});

test.each([
  [`${before}- [ ] four\n- [ ] five\n`, '2 steps added'],
  ['- [ ] one\n- [ ] two\n', '1 step removed'],
  [before.replace('two', 'two, with tests'), '1 step reworded'],
  [
    before.replace('[ ] one', '[x] one').replace('[x] three', '[ ] three'),
    '1 step ticked, 1 unticked',
  ],
  [`${before}\nA remark.\n`, ''],
])('what was changed is said in words: %j', (edited, words) => {
  expect(editWords(before, edited)).toBe(words);
});

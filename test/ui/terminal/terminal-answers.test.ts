import { expect, test } from 'vitest';
import { createAnswerFilter } from '../../../source/ui/terminal/terminal-answers.ts';

const answers = [
  '\u001B]11;rgb:0000/0000/0000\u001B\\',
  '\u001B]10;rgb:ffff/ffff/ffff\u0007',
  '\u001B]52;c;cXVpdA==\u0007',
  '\u001BP1$r0m\u001B\\',
  '\u001BP>|xterm(370)\u001B\\',
  '\u001BP1+r636f=38\u001B\\',
];

test.each(answers)('the answer %j is not read as keys, wherever a read splits it', (answer) => {
  expect(createAnswerFilter(() => 0)(`j${answer}k`)).toBe('jk');
  // A shorter piece cannot be told from an Alt key.
  const known = answer.startsWith('\u001B]') ? answer.indexOf(';') + 1 : 5;
  for (let at = known; at < answer.length; at++) {
    const filter = createAnswerFilter(() => 0);
    expect(filter(`j${answer.slice(0, at)}`) + filter(`${answer.slice(at)}k`)).toBe('jk');
  }
});

test('an answer that never ends does not swallow later keys', () => {
  let time = 0;
  const filter = createAnswerFilter(() => time);
  expect(filter('\u001B]11;rgb:00')).toBe('');
  time = 100;
  expect(filter('q')).toBe('q');
  expect(filter('q')).toBe('q');
});

test('keys, pastes and mouse reports stay as they are', () => {
  const keys = [
    'j',
    '\u001B',
    '\u001B]',
    '\u001BP',
    '\u001B[A',
    '\u001B[<0;9;5M',
    '\u001B[200~q\u001B[201~',
  ];
  for (const key of keys) expect(createAnswerFilter(() => 0)(key)).toBe(key);
});

import { expect, test } from 'vitest';
import { terminalFound } from '../../../source/cli/doctor/terminal-finding.ts';

const size = { isTTY: true, columns: 120, rows: 40 };
const usual = { TERM: 'xterm-256color', LANG: 'en_GB.UTF-8' };

test.each([
  [size, usual, 'ok', 'xterm-256color, 120×40'],
  [size, {}, 'ok', '120×40, signs of ASCII only (the locale is not UTF-8)'],
  [size, { ...usual, NO_COLOR: '1' }, 'ok', 'xterm-256color, 120×40, without colours'],
  [{ isTTY: true, columns: 0, rows: 0 }, usual, 'ok', 'xterm-256color, 80×24'],
  [{}, usual, 'note', 'stdout is not a terminal'],
  [size, { ...usual, TERM: 'dumb' }, 'note', 'TERM is "dumb"'],
  [{ ...size, columns: 39 }, usual, 'note', '39×40 is too small'],
] as const)('%j in %j: %s', (terminal, environment, result, words) => {
  const found = terminalFound(terminal, environment);
  expect(found.result).toBe(result);
  expect(found.sentence).toContain(words);
});

import { expect, test } from 'vitest';
import { cleanWithColours } from '../../../source/core/text/clean.ts';
import { matcherFor } from '../../../source/core/search/query.ts';
import { foldedLines } from '../../../source/ui/rows/log/folded-lines.ts';
import { markdownLines } from '../../../source/ui/rows/markdown-runs.ts';
import { rowsWithMatches } from '../../../source/ui/rows/match-rows.ts';
import { rowText, run, runsWidth, type StyleRun } from '../../../source/ui/rows/row.ts';
import { textWidth } from '../../../source/ui/look/text-width.ts';

const flags = '🇩🇪🇫🇷';

/** Measured separately, the runs take as many cells as the terminal gives the whole text. */
function expectWhole(runs: readonly StyleRun[], text: string): void {
  expect(rowText(runs)).toBe(text);
  expect(runsWidth(runs)).toBe(textWidth(text));
}

test('a colour that begins inside a flag begins after it', () => {
  const printed = `a\u001B[31m${flags.slice(0, 2)}\u001B[32m${flags.slice(2)}\u001B[m b`;
  const { text, colours } = cleanWithColours(printed);
  const fold = { width: 40, isOpened: true, keep: 'first', sign: '', colours } as const;
  const [line] = foldedLines(text, fold).slice(0);
  expectWhole(line?.left ?? [], `a${flags} b`);
  expect(line?.left).toContainEqual(run('🇩🇪', { color: 'failed' }));
});

test('bold that begins inside a flag begins after it', () => {
  const [line = []] = markdownLines(`${flags.slice(0, 2)}**${flags.slice(2)}** b`, 40);
  expectWhole(line, `${flags} b`);
});

test('a match that ends inside a flag marks the whole flag', () => {
  const matcher = matcherFor({ text: flags.slice(0, 2), form: 'plain' });
  if ('problem' in matcher) throw new Error(matcher.problem);
  const [row = []] = rowsWithMatches([[run(`a${flags} b`)]], { matcher });
  expectWhole(row, `a${flags} b`);
});

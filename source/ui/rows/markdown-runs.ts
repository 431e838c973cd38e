// Markdown as lines of the screen, read lightly: see core/text/light-markdown.ts. Lists are indented.

import { lightLines, type LightLine } from '../../core/text/light-markdown.ts';
import { run, type StyleRun } from './row.ts';
import { wrapRuns } from './wrapped-runs.ts';

/** The lines of `text`, each at most `width` cells. */
export function markdownLines(text: string, width: number): StyleRun[][] {
  return lightLines(text).flatMap((line) => wrappedLine(line, width));
}

function wrappedLine({ mark, parts }: LightLine, width: number): StyleRun[][] {
  if (mark === '' && parts.length === 0) return [[]];
  const runs = parts.map(({ text, ...weight }) => run(text, weight));
  // No hanging indent where the text would have too little space.
  if (mark.length * 2 > width) return wrapRuns([run(mark), ...runs], width);
  const wrapped = wrapRuns(runs, width - mark.length);
  return mark === ''
    ? wrapped
    : wrapped.map((line, index) => [run(index === 0 ? mark : ' '.repeat(mark.length)), ...line]);
}

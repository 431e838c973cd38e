// Light rendering of Markdown: Codex's text reads well as it is, so only distracting marks are removed. Bold becomes
// bold, code dim, a heading bold; lists keep their bullets and are indented; a link keeps its text.
//
//   Task **12** is `done`:          Task 12 is done:        (12 bold, done dim)
//   * [todo.ts](src/todo.ts)        - todo.ts

import { bold, dim, plain, run, type Style, type StyleRun } from './row.ts';
import { wrapRuns } from './wrapped-runs.ts';

/** The lines of `text`, each at most `width` cells. */
export function markdownLines(text: string, width: number): StyleRun[][] {
  const lines: StyleRun[][] = [];
  let isCode = false;
  for (const line of text.replaceAll('\t', '    ').trimEnd().split('\n')) {
    if (/^ *(```|~~~)/.test(line)) {
      isCode = !isCode;
      continue;
    }
    if (line.trim() === '') {
      // Several empty lines become one.
      if (lines.length > 0 && lines.at(-1)?.length !== 0) lines.push([]);
      continue;
    }
    lines.push(...(isCode ? wrapRuns([run(line, dim)], width) : blockLines(line, width)));
  }
  return lines;
}

function blockLines(line: string, width: number): StyleRun[][] {
  const heading = /^ {0,3}#{1,6} +(.*?)[ #]*$/.exec(line);
  if (heading !== null) return wrapRuns(inlineRuns(heading[1] ?? '', bold), width);
  const item = /^( {0,20})(?:([-*+])|(\d{1,9}[.)])) +(.*)$/.exec(line);
  if (item === null) return wrapRuns(inlineRuns(line, plain), width);
  const mark = `${item[1] ?? ''}${item[3] ?? '-'} `;
  // No hanging indent where the text would have too little space.
  if (mark.length * 2 > width) return wrapRuns(inlineRuns(line, plain), width);
  const wrapped = wrapRuns(inlineRuns(item[4] ?? '', plain), width - mark.length);
  return wrapped.map((runs, index) => [run(index === 0 ? mark : ' '.repeat(mark.length)), ...runs]);
}

/** Bounded repetitions, so that a line of a hundred thousand stars takes linear time. */
const inline =
  /(`{1,3})([^`]{1,400})\1|\*\*(?=\S)([^*]{1,400})\*\*|\[([^\][]{1,400})\]\(([^()\s]{1,400})\)/g;

function inlineRuns(text: string, style: Style): StyleRun[] {
  const runs: StyleRun[] = [];
  let at = 0;
  for (const match of text.matchAll(inline)) {
    if (match.index > at) runs.push(run(text.slice(at, match.index), style));
    at = match.index + match[0].length;
    const [, , code, strong, words, target] = match;
    if (code !== undefined) runs.push(run(code, { ...style, dim: true }));
    else if (strong !== undefined) runs.push(...inlineRuns(strong, { ...style, bold: true }));
    else if (words !== undefined) {
      runs.push(run(words, style));
      // A path usually repeats the link's text; a web address is worth showing.
      if (/^https?:/.test(target ?? '')) runs.push(run(` ${target ?? ''}`, dim));
    }
  }
  if (at < text.length) runs.push(run(text.slice(at), style));
  return runs;
}

// Light reading of Markdown: Codex's text reads well as it is, so only distracting marks are removed. The screen draws
// the weight that is left; plain text does without.
//
//   ## Task **12** is `done`:       Task 12 is done:        (bold, done dim, too)
//   * [todo.ts](src/todo.ts)        - todo.ts

export type LightLine = {
  /** The bullet or number of a list item, with its indent and a space; empty for other lines. */
  readonly mark: string;
  readonly parts: readonly LightPart[];
};

type LightPart = { readonly text: string } & Weight;
type Weight = { readonly bold?: true; readonly dim?: true };

/** Bold becomes bold, code dim, a heading bold; lists keep their bullets; a link keeps its text. */
export function lightLines(text: string): readonly LightLine[] {
  const lines: LightLine[] = [];
  let isCode = false;
  for (const line of text.replaceAll('\t', '    ').trimEnd().split('\n')) {
    if (/^ *(```|~~~)/.test(line)) {
      isCode = !isCode;
      continue;
    }
    if (line.trim() === '') {
      // Several empty lines become one.
      if (lines.length > 0 && lines.at(-1) !== emptyLine) lines.push(emptyLine);
      continue;
    }
    lines.push(isCode ? { mark: '', parts: [{ text: line, dim: true }] } : lightLine(line));
  }
  return lines;
}

/** The text without Markdown's marks. */
export function plainMarkdown(text: string): string {
  return lightLines(text)
    .map(({ mark, parts }) => mark + parts.map((part) => part.text).join(''))
    .join('\n');
}

const emptyLine: LightLine = { mark: '', parts: [] };

function lightLine(line: string): LightLine {
  const heading = /^ {0,3}#{1,6} +(.*?)[ #]*$/.exec(line);
  if (heading !== null) return { mark: '', parts: partsOf(heading[1] ?? '', { bold: true }) };
  const item = /^( {0,20})(?:([-*+])|(\d{1,9}[.)])) +(.*)$/.exec(line);
  if (item === null) return { mark: '', parts: partsOf(line, {}) };
  return { mark: `${item[1] ?? ''}${item[3] ?? '-'} `, parts: partsOf(item[4] ?? '', {}) };
}

/** Bounded repetitions, so that a line of a hundred thousand stars takes linear time. */
const inline =
  /(`{1,3})([^`]{1,400})\1|\*\*(?=\S)([^*]{1,400})\*\*|\[([^\][]{1,400})\]\(([^()\s]{1,400})\)/g;

function partsOf(text: string, weight: Weight): LightPart[] {
  const parts: LightPart[] = [];
  let at = 0;
  for (const match of text.matchAll(inline)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index), ...weight });
    at = match.index + match[0].length;
    const [, , code, strong, words, target] = match;
    if (code !== undefined) parts.push({ text: code, ...weight, dim: true });
    else if (strong !== undefined) parts.push(...partsOf(strong, { ...weight, bold: true }));
    else if (words !== undefined) {
      parts.push({ text: words, ...weight });
      // A path usually repeats the link's text; a web address is worth showing.
      if (/^https?:/.test(target ?? '')) parts.push({ text: ` ${target ?? ''}`, dim: true });
    }
  }
  if (at < text.length) parts.push({ text: text.slice(at), ...weight });
  return parts;
}

// A clean text, and beside it the colours that its program printed. Beside it, not in it: search, copy and export
// have nothing to strip, and losing a colour never damages the text.

import { countPassing } from '../binary-search.ts';
import { styleAfter, type TextStyle } from './escape-sequences.ts';

/** The style of the text from index `at` (in UTF-16 units, as for `slice`) up to the next change. */
export type ColourChange = { readonly at: number } & TextStyle;

export type ColouredText = {
  readonly text: string;
  /** In text order, no two at the same index. Before the first change the text has no colour. */
  readonly colours: readonly ColourChange[];
};

export type StyledSpan = { readonly text: string } & TextStyle;

/** Only this many changes are kept, the last ones: a program may change colour with every letter. */
const maxChanges = 5000;

export type ColourNotes = {
  /** `parameters` as in `escapeSequenceAt`; `at` never goes back. */
  add(at: number, parameters: string): void;
  changes(): readonly ColourChange[];
};

export function createColourNotes(): ColourNotes {
  const changes: ColourChange[] = [];
  let style: TextStyle = {};
  return {
    add(at, parameters) {
      style = styleAfter(style, parameters);
      if (changes.at(-1)?.at === at) changes.pop();
      if (!isSameStyle(changes.at(-1) ?? {}, style)) changes.push({ at, ...style });
      if (changes.length >= 2 * maxChanges) changes.splice(0, maxChanges);
    },
    changes: () => changes.slice(-maxChanges),
  };
}

/** The colours of a text after an edit that made it `after`: only the unchanged head and tail keep theirs. */
export function coloursAfterEdit(before: ColouredText, after: string): readonly ColourChange[] {
  const { text, colours } = before;
  if (text === after || colours.length === 0) return colours;
  const head = commonStart(text, after);
  const tail = commonEnd(text.slice(head), after.slice(head));
  const [tailBefore, tailAfter] = [text.length - tail, after.length - tail];
  const { at: _, ...style } = colours.findLast(({ at }) => at <= tailBefore) ?? { at: 0 };
  return [
    ...colours.filter(({ at }) => at < head),
    ...(tailAfter > head ? [{ at: head }] : []),
    { at: tailAfter, ...style },
    ...colours
      .filter(({ at }) => at > tailBefore)
      .map((change) => ({ ...change, at: change.at - tailBefore + tailAfter })),
  ];
}

/** The same text with four spaces for each tab. */
export function withoutTabs({ text, colours }: ColouredText): ColouredText {
  if (!text.includes('\t')) return { text, colours };
  let [from, tabs] = [0, 0];
  const moved = colours.map((change) => {
    for (; from < change.at; from++) if (text[from] === '\t') tabs++;
    return { ...change, at: change.at + 3 * tabs };
  });
  return { text: text.replaceAll('\t', '    '), colours: moved };
}

/** The text from `start` to `end` as one span per style; none is empty. */
export function spansIn(
  { text, colours }: ColouredText,
  start: number,
  end: number,
): readonly StyledSpan[] {
  const spans: StyledSpan[] = [];
  let index = changesUpTo(colours, start);
  for (let from = start; from < end; index++) {
    const { at: _, ...style } = colours[index - 1] ?? { at: 0 };
    const to = Math.min(colours[index]?.at ?? end, end);
    if (to > from) spans.push({ text: text.slice(from, to), ...style });
    from = to;
  }
  return spans;
}

/** The number of changes at or before `place`. */
function changesUpTo(colours: readonly ColourChange[], place: number): number {
  return countPassing(colours.length, (index) => (colours[index]?.at ?? 0) <= place);
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

function commonEnd(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (
    length < most &&
    a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)
  ) {
    length++;
  }
  return length;
}

function isSameStyle(a: TextStyle, b: TextStyle): boolean {
  return a.color === b.color && a.bold === b.bold && a.dim === b.dim;
}

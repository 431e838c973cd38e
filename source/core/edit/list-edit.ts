// The user's edits of single steps. Each is made on the list's present text and changes the lines of its step alone; the
// result is read again, and an edit that came out otherwise is refused instead of written.

import {
  inOneLine,
  linesOf,
  readListText,
  withEdits,
  type ListText,
  type PlacedStep,
} from '../checklist/list-text.ts';
import { cleanLine } from '../text/clean.ts';
import { listWithSteps } from '../guidance/guidance.ts';
import { checked, nameOf, titled, type EditedList, type Refused } from './checked-list.ts';
import { movedStep } from './moved-step.ts';
import { foundStep, isShownWhole, partlySentence, type StepName } from './step-name.ts';
import { markerOf, notFit, type Shape, shapeOf } from './step-shape.ts';

export type ListEdit =
  /** `below`: null in a list without steps. */
  | { readonly kind: 'add'; readonly below: StepName | null; readonly text: string }
  | { readonly kind: 'reword'; readonly step: StepName; readonly text: string }
  | { readonly kind: 'move'; readonly step: StepName; readonly to: 'up' | 'down' }
  | { readonly kind: 'skip'; readonly step: StepName; readonly reason: string }
  | { readonly kind: 'untick'; readonly step: StepName };

/** In characters: as many as a field takes. */
const longestStepText = 1000;

export function editedList(markdown: string, edit: ListEdit): EditedList {
  const list = readListText(markdown);
  const name = edit.kind === 'add' ? edit.below : edit.step;
  if (name === null) return edit.kind === 'add' ? firstStep(markdown, edit.text) : notFit;
  const step = foundStep(list.steps, name);
  if (typeof step === 'string') return { refused: step };
  switch (edit.kind) {
    case 'add':
      return addedBelow(list, step, edit.text);
    case 'reword':
      return reworded(list, step, edit.text);
    case 'skip':
      return skipped(list, step, edit.reason);
    case 'untick':
      return unticked(list, step);
    case 'move':
      return movedStep(list, step, edit.to);
    default:
      return edit satisfies never;
  }
}

/** Into a list in which there is none yet. */
function firstStep(markdown: string, words: string): EditedList {
  const text = oneLine(words);
  if (text === '') return noWords;
  const whole = listWithSteps(markdown, [text]);
  const steps = whole === null ? [] : readListText(whole).steps;
  const step = steps.at(-1);
  if (whole === null || steps.length !== 1 || step?.text !== text) return notFit;
  return { text: whole, step: nameOf(step), done: `Added ${titled(step)}` };
}

function addedBelow(list: ListText, step: PlacedStep, words: string): EditedList {
  const text = oneLine(words);
  if (text === '') return noWords;
  const marker = markerOf(list, step);
  if (marker === null) return notFit;
  const line = `${marker.next}[ ] ${text}`;
  const at = step.place.lastOfItem + 1;
  const whole = withEdits(list, [{ at, removed: 0, lines: [line] }]);
  const shapes = list.steps.map(shapeOf);
  const after = list.steps.filter(({ place }) => place.first < at).length;
  shapes.splice(after, 0, { text, done: false, depth: step.depth });
  return checked(whole, { shapes, at: after, say: (one) => `Added ${titled(one)}` });
}

function reworded(list: ListText, step: PlacedStep, words: string): EditedList {
  const text = oneLine(words);
  if (text === '') return noWords;
  if (!isShownWhole(step.text)) return notWhole(step);
  const { first, lastOfText } = step.place;
  const head = box.exec(list.lines[first - 1] ?? '')?.[0];
  if (head === undefined) return notFit;
  const removed = lastOfText - first + 1;
  const whole = withEdits(list, [{ at: first, removed, lines: [`${head} ${text}`] }]);
  return changed({ list, step }, whole, { text, say: (one) => `Changed ${titled(one)}` });
}

/** Ticked, and its text says why: `- [x] Deploy (skipped: no server)`. */
function skipped(list: ListText, step: PlacedStep, words: string): EditedList {
  if (step.done) return { refused: `Step ${step.number} is ticked already` };
  const reason = withBalance(oneLine(words));
  if (reason === '') return { refused: 'Write why the step is skipped' };
  const note = `(skipped: ${reason})`;
  const lines = [...linesOf(list, step.place.first, step.place.lastOfText)];
  lines[0] = (lines[0] ?? '').replace(box, (head) => `${head.slice(0, -2)}x]`);
  lines.push(`${(lines.pop() ?? '').trimEnd()} ${note}`);
  const whole = withLines(list, step, lines);
  return changed({ list, step }, whole, {
    text: `${step.text} ${note}`,
    done: true,
    say: (one) => `Skipped ${titled(one)}`,
  });
}

/** Open again; a reason for skipping it goes, too. */
function unticked(list: ListText, step: PlacedStep): EditedList {
  if (!step.done) return { refused: `Step ${step.number} is not ticked` };
  const lines = [...linesOf(list, step.place.first, step.place.lastOfText)];
  lines[0] = (lines[0] ?? '').replace(box, (head) => `${head.slice(0, -2)} ]`);
  const last = lines.pop() ?? '';
  const without = last.replace(skipNote, '');
  const hasText = without.replace(box, '').trim() !== '';
  lines.push(hasText ? without : last);
  const whole = withLines(list, step, lines);
  return changed({ list, step }, whole, {
    text: hasText && without !== last ? step.text.replace(skipNote, '') : step.text,
    done: false,
    say: (one) => `Unticked ${titled(one)}`,
  });
}

const box = /^[^[]*\[[ xX]\]/u;
const skipNote = /\s+\(skipped: .*\)\s*$/u;

/** Each line of the step's text keeps its own end. */
function withLines(list: ListText, step: PlacedStep, lines: readonly string[]): string {
  const { first } = step.place;
  return withEdits(
    list,
    lines.map((line, index) => ({ at: first + index, removed: 1, lines: [line] })),
  );
}

type Change = Partial<Pick<Shape, 'text' | 'done'>> & { say(step: StepName): string };

function changed(
  { list, step }: { list: ListText; step: PlacedStep },
  whole: string,
  change: Change,
): EditedList {
  const { say, ...parts } = change;
  const at = step.number - 1;
  const shapes = list.steps.map(shapeOf);
  shapes[at] = { ...shapeOf(step), ...parts };
  return checked(whole, { shapes, at, say });
}

/** The words came from those on the screen, which would take the place of what it does not show. */
function notWhole({ number }: PlacedStep): Refused {
  return { refused: partlySentence(number) };
}

const noWords: Refused = { refused: 'Write what the step is' };

function oneLine(text: string): string {
  return inOneLine(cleanLine(text, { maxLength: longestStepText }));
}

/** A parenthesis without its partner would hide where the note begins. */
function withBalance(reason: string): string {
  let depth = 0;
  for (const character of reason) {
    if (character === '(') depth++;
    if (character === ')' && --depth < 0) break;
  }
  return depth === 0 ? reason : reason.replaceAll('(', '[').replaceAll(')', ']');
}

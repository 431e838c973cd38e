// Puts removed steps back into a list, and reworded ones back into their words, by editing as few lines as possible.
// The list may have become anything (prose, an unclosed fence, a comment around the steps), so each attempt is read
// again: a step that is not read as it should be is put back more plainly, at last at the top of the file, where
// nothing can hide it.

import {
  inOneLine,
  linesOf,
  readListText,
  withEdits,
  type LineEdit,
  type ListText,
  type PlacedStep,
} from './list-text.ts';
import type { ListComparison } from './list-comparison.ts';
import { lostBoxes, type BoxLine } from './lost-boxes.ts';
import { placingOf, type StepPlacing } from './step-placing.ts';

type RepairOrder = {
  comparison: ListComparison;
  removed: readonly PlacedStep[];
  reworded: readonly { before: PlacedStep; after: PlacedStep }[];
};

/**
 * How a removed step comes back: a line that lost its box gets it again; its own lines between its neighbours; one
 * line with blank lines around it; the same at the top of the file.
 */
type Way = 'box' | 'lines' | 'apart' | 'top';

const nextWay = { box: 'lines', lines: 'apart', apart: 'top', top: null } as const;

type ListRepair = {
  text: string;
  /** The steps whose line stood in the list without a box that counts. */
  boxes: ReadonlySet<PlacedStep>;
};

/** Null if nothing that was tried reads as it should; no list is known to which that happens. */
export function repairedList(order: RepairOrder): ListRepair | null {
  const attempt = beginning(order);
  const whole = replacedWhole(attempt);
  if (whole !== null) return { text: whole, boxes: new Set() };
  for (;;) {
    const text = withEdits(order.comparison.after, [...rewordings(order), ...insertions(attempt)]);
    const missing = misread(text, attempt);
    if (missing === null) {
      const boxes = order.removed.filter((step) => attempt.ways.get(step) === 'box');
      return { text, boxes: new Set(boxes) };
    }
    if (!tryMorePlainly(attempt.ways, missing)) return null;
  }
}

type Attempt = {
  order: RepairOrder;
  boxLines: ReadonlyMap<PlacedStep, BoxLine>;
  placings: ReadonlyMap<PlacedStep, StepPlacing>;
  ways: Map<PlacedStep, Way>;
};

function beginning(order: RepairOrder): Attempt {
  const { comparison, removed } = order;
  const boxLines = lostBoxes(order);
  const placings = new Map<PlacedStep, StepPlacing>();
  for (const step of removed) {
    const box = boxLines.get(step);
    const placing =
      box === undefined
        ? placingOf(step, comparison, placings)
        : { at: box.line + 1, belowHeading: false, needsHeading: false };
    placings.set(step, placing);
  }
  const ways = removed.map((step): [PlacedStep, Way] => [
    step,
    boxLines.has(step) ? 'box' : 'lines',
  ]);
  return { order, boxLines, placings, ways: new Map(ways) };
}

/** A list of which no step is left comes back as it was, above what stands there now. */
function replacedWhole(attempt: Attempt): string | null {
  const { comparison, removed } = attempt.order;
  const { before, after, steps } = comparison;
  const isLost = steps.every((step) => step.before === null || step.after === null);
  if (!isLost || removed.length < before.steps.length || attempt.boxLines.size > 0) return null;
  const [old, rest] = [withEdits(before, []), withEdits({ ...after, mark: '' }, [])];
  const end = old.includes('\r\n') ? '\r\n' : '\n';
  const gap = /[\r\n]$/.test(old) ? end : end + end;
  const text = rest.trim() === '' ? old : old + gap + rest;
  return misread(text, attempt) === null ? text : null;
}

function rewordings({ comparison, reworded }: RepairOrder): LineEdit[] {
  return reworded.map(({ before, after }) => {
    const { first, lastOfText } = after.place;
    const line = comparison.after.lines[first - 1] ?? '';
    const start = /^[^[]*\[[ xX]\]/u.exec(line)?.[0] ?? `- [${after.done ? 'x' : ' '}]`;
    return { at: first, removed: lastOfText - first + 1, lines: [`${start} ${before.text}`] };
  });
}

function insertions({ order, boxLines, placings, ways }: Attempt): LineEdit[] {
  const { comparison, removed } = order;
  const edits: LineEdit[] = [];
  const top: string[] = [];
  let last: PlacedStep | null = null;
  for (const step of removed) {
    const way = ways.get(step) ?? 'lines';
    const [boxLine, placing] = [boxLines.get(step), placings.get(step)];
    if (placing === undefined) continue;
    if (way === 'box' && boxLine !== undefined) {
      edits.push({ at: boxLine.line, removed: 1, lines: [boxLine.text] });
      continue;
    }
    if (way === 'top') {
      top.push(plainLine(step));
      continue;
    }
    const follows =
      last !== null && placings.get(last)?.at === placing.at && last.phase === step.phase;
    const lines = way === 'apart' ? ['', plainLine(step), ''] : ownLines(step, comparison.before);
    const heading = placing.needsHeading && !follows ? ['', `## ${step.phase ?? ''}`, ''] : [];
    const gap = placing.belowHeading && !follows ? [''] : [];
    edits.push({ at: placing.at, removed: 0, lines: [...heading, ...gap, ...lines] });
    last = step;
  }
  // The comment ends the list, so that what follows is read as it was at the top.
  if (top.length > 0) edits.unshift({ at: 1, removed: 0, lines: [...top, '<!-- -->'] });
  return withRoomBelow(comparison.after, edits);
}

/** A heading right below the steps that were put back gets a blank line above it. */
function withRoomBelow(list: ListText, edits: readonly LineEdit[]): LineEdit[] {
  const headings = new Set(list.headings.map(({ place }) => place.first));
  return edits.map((edit, index) => {
    const isLast = edits[index + 1]?.at !== edit.at;
    const needsRoom = edit.removed === 0 && isLast && headings.has(edit.at);
    return needsRoom && edit.lines.at(-1) !== '' ? { ...edit, lines: [...edit.lines, ''] } : edit;
  });
}

function ownLines({ place, number }: PlacedStep, before: ListText): readonly string[] {
  const next = before.steps[number]?.place.first ?? Infinity;
  const last = Math.min(place.lastOfItem, next - 1);
  const lines = linesOf(before, place.first, Math.max(last, place.lastOfText));
  const end = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, end + 1);
}

function plainLine({ text, done }: PlacedStep): string {
  return `- [${done ? 'x' : ' '}] ${text}`;
}

/** Null if the text has exactly the steps that it should have; else the removed ones that it lacks. */
function misread(text: string, attempt: Attempt): readonly PlacedStep[] | null {
  const { order, boxLines, ways } = attempt;
  const found = new Map<string, number>();
  const { steps } = readListText(text);
  const keyOf = (words: string, done: boolean): string => `${done}\n${words}`;
  for (const step of steps) {
    const key = keyOf(step.text, step.done);
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  const take = (key: string): boolean => {
    const left = found.get(key) ?? 0;
    found.set(key, left - 1);
    return left > 0;
  };
  const kept = order.comparison.after.steps;
  const keptText = expectedTexts(attempt);
  const lost = kept.filter((step) => !take(keyOf(keptText(step), step.done)));
  const textOf = (step: PlacedStep): string =>
    (ways.get(step) === 'box' ? boxLines.get(step)?.words : undefined) ?? step.text;
  const missing = order.removed.filter((step) => !take(keyOf(textOf(step), step.done)));
  const isRight = steps.length === kept.length + order.removed.length;
  return isRight && lost.length === 0 && missing.length === 0 ? null : missing;
}

/** What a step of the later list says after the repair: its old words, or those above a line that got a box. */
function expectedTexts({ order, boxLines, ways }: Attempt): (step: PlacedStep) => string {
  const restored = new Map(order.reworded.map(({ before, after }) => [after, before.text]));
  const boxes = [...boxLines].flatMap(([step, { line }]) => (ways.get(step) === 'box' ? line : []));
  return (step) => {
    const { first, lastOfText } = step.place;
    const line = boxes.find((one) => one > first && one <= lastOfText);
    if (line === undefined) return restored.get(step) ?? step.text;
    const swallowed = inOneLine(order.comparison.after.lines[line - 1] ?? '');
    const at = step.text.indexOf(swallowed);
    return at === -1 ? step.text : step.text.slice(0, at).trimEnd();
  };
}

/** False if there is no plainer way. Steps that are read wrongly for an unknown reason all go one way further. */
function tryMorePlainly(ways: Map<PlacedStep, Way>, missing: readonly PlacedStep[]): boolean {
  const steps = missing.length > 0 ? missing : [...ways.keys()];
  let isPlainer = false;
  for (const step of steps) {
    const next = nextWay[ways.get(step) ?? 'top'];
    if (next === null) continue;
    ways.set(step, next);
    isPlainer = true;
  }
  if (isPlainer || missing.length === 0) return isPlainer;
  return tryMorePlainly(ways, []);
}

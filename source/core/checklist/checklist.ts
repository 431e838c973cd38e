// task_list.md → steps, phases and progress: the measure of how far a task is.
// The agent writes the file, and what it says is a claim. Reading never throws, whatever the file holds, and its
// text is cleaned here, once.
//   ## Phase 1
//   - [x] Set up the project
//   - [ ] Deploy the site (blocked: no credentials)

import { cleanLine } from '../text/clean.ts';
import { inOneLine } from './list-text.ts';
import { readList } from './read-list.ts';
import type { MissedBox } from './missed-box.ts';

export type Step = {
  /** Its position in the document, from 1. */
  number: number;
  /** The text after the box with every gap as one space, and its Markdown unchanged. */
  text: string;
  done: boolean;
  /** The nearest heading above; null without one. */
  phase: string | null;
  /** How many list items it is nested in. */
  depth: number;
  /** True for an open step whose text ends with a parenthesis that says `blocked`. */
  blocked: boolean;
};

export type Checklist = {
  steps: readonly Step[];
  done: number;
  total: number;
  /** Lines that look like an open box and are no step. Their text is cleaned. */
  missed: readonly MissedBox[];
};

export const emptyChecklist: Checklist = { steps: [], done: 0, total: 0, missed: [] };

export function readChecklist(markdown: string): Checklist {
  const steps: Step[] = [];
  let phase: string | null = null;
  const { blocks, missed } = readList(markdown);
  for (const block of blocks) {
    if (block.kind === 'heading') {
      phase = cleanLine(block.text) || null;
      continue;
    }
    const { done, depth } = block;
    // Checked before the text is cut, since `(blocked: …)` is at its end.
    const whole = cleanLine(inOneLine(block.text), { maxLength: Infinity });
    const blocked = !done && endsWithBlocked(whole);
    steps.push({ number: steps.length + 1, text: cleanLine(whole), done, phase, depth, blocked });
  }
  return {
    steps,
    done: steps.filter((step) => step.done).length,
    total: steps.length,
    missed: missed.map(({ line, text }) => ({ line, text: cleanLine(text.trim()) })),
  };
}

/** Every step is ticked, and no line looks like a step that was not counted. */
export function isAllDone({
  done,
  total,
  missed,
}: Pick<Checklist, 'done' | 'total'> & { missed: { readonly length: number } }): boolean {
  return total > 0 && done === total && missed.length === 0;
}

/** The first open step that is not blocked, else the first open step, else null. */
export function nextStep(checklist: Checklist): Step | null {
  const open = checklist.steps.filter((step) => !step.done);
  return open.find((step) => !step.blocked) ?? open[0] ?? null;
}

/** Rounded down, so that 100 means all steps; 0 for a list without steps. */
export function percentDone({ done, total }: Pick<Checklist, 'done' | 'total'>): number {
  return total === 0 ? 0 : Math.floor((100 * done) / total);
}

/**
 * The steps that are done now and were not before. Steps are matched by their text, those with the same text in
 * their order; a step whose text was changed is matched by its position.
 */
export function tickedSince(before: Checklist, after: Checklist): readonly Step[] {
  const unmatched = new Map<string, Step[]>();
  // Reversed, so that pop() returns the first one of the document.
  for (const step of before.steps.toReversed()) {
    const same = unmatched.get(step.text);
    if (same === undefined) unmatched.set(step.text, [step]);
    else same.push(step);
  }
  const known = after.steps.map((step) => unmatched.get(step.text)?.pop());
  const rewordable = new Set([...unmatched.values()].flat());
  return after.steps.filter((step, index) => {
    if (!step.done) return false;
    const inPlace = before.steps[index];
    const earlier = known[index] ?? (inPlace && rewordable.has(inPlace) ? inPlace : undefined);
    return !earlier?.done;
  });
}

/** `Deploy (blocked: no credentials (yet)).`, read from its end because parentheses may be nested. */
function endsWithBlocked(text: string): boolean {
  let end = text.length;
  // The end of a sentence or an emphasis may follow the parenthesis.
  while (end > 0 && '.!*_~` '.includes(text.charAt(end - 1))) end--;
  if (text[end - 1] !== ')') return false;
  let depth = 0;
  for (let at = end - 1; at >= 0; at--) {
    if (text[at] === ')') depth++;
    if (text[at] === '(' && --depth === 0) return /\bblocked\b/i.test(text.slice(at, end));
  }
  return false;
}

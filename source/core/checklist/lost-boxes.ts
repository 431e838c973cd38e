// Lines that still say what a removed step said, and only lost the box that counts: `- Deploy`, `- [~] Deploy`,
// `-[ ] Deploy`. Such a step gets its box back where it stands. The line may have become a part of the step above.

import type { ListComparison } from './list-comparison.ts';
import { inOneLine, type PlacedStep } from './list-text.ts';
import { beginningsOf, plainText, withoutAnnotation } from './step-words.ts';

/** `words`: the step's text as it will be read, with what was added behind it. */
export type BoxLine = { line: number; text: string; words: string };

const item =
  /^(?<indent>[ \t]*)(?<marker>[-*+•]|\d{1,9}[.)])?[ \t]*(?<box>\\?\[[^\]\n]{0,3}\]|[☐☑☒◻□✓✔])?[ \t]*(?<text>\S.*)$/u;

type Lost = {
  comparison: ListComparison;
  removed: readonly PlacedStep[];
  /** Their lines are replaced. */
  reworded: readonly { after: PlacedStep }[];
};

/** For each step at most one line, in the same phase. */
export function lostBoxes({
  comparison,
  removed,
  reworded,
}: Lost): ReadonlyMap<PlacedStep, BoxLine> {
  const found = new Map<PlacedStep, BoxLine>();
  if (removed.length === 0) return found;
  const { after, phases } = comparison;
  const waiting = Map.groupBy(removed, (step) => {
    const phase = phases.has(step.phase) ? phases.get(step.phase) : step.phase;
    return keyOf(phase ?? null, withoutAnnotation(plainText(step.text)));
  });
  const taken = new Set(after.steps.map(({ place }) => place.first));
  for (const { place } of reworded.map((one) => one.after)) {
    for (let line = place.first; line <= place.lastOfText; line++) taken.add(line);
  }
  const headings = new Map(after.headings.map(({ phase, place }) => [place.lastOfText, phase]));
  let phase: string | null = null;
  for (const [index, text] of after.lines.entries()) {
    const line = index + 1;
    phase = headings.has(line) ? (headings.get(line) ?? null) : phase;
    if (taken.has(line) || headings.has(line)) continue;
    const { indent = '', marker, box, text: words } = item.exec(text)?.groups ?? {};
    if (words === undefined || (marker === undefined && box === undefined)) continue;
    const plain = plainText(words);
    for (const beginning of [plain, ...beginningsOf(plain)]) {
      const step = waiting.get(keyOf(phase, beginning))?.shift();
      if (step === undefined) continue;
      const sign = marker === undefined || marker === '•' ? '-' : marker;
      const own = beginning === plain ? step.text : inOneLine(words);
      const text = `${indent}${sign} [${step.done ? 'x' : ' '}] ${own}`;
      found.set(step, { line, text, words: own });
      break;
    }
  }
  return found;
}

function keyOf(phase: string | null, words: string): string {
  return `${phase}\n${words}`;
}

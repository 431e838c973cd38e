// What the guard found and did, in words: lines for the log and the report, and a paragraph for the next session's
// prompt. The texts of steps are foreign: they are cleaned and cut here. Nothing is blamed on anyone, because a
// session that split a step badly reads this, too.

import { safeLine } from '../text/safe-text.ts';
import type { GuardReport, Repair } from './guard.ts';
import type { StepComparison } from './list-comparison.ts';

const longestStep = 160;
/** For the next session's prompt, in bytes. */
const longestTelling = 4096;
const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

/** One line for each repair, in the order of the list, then those that failed. */
export function repairLines({ repairs, lost }: Pick<GuardReport, 'repairs' | 'lost'>): string[] {
  return [
    ...repairs.map(repairLine),
    ...lost.map(({ number, text }) => `Step ${number} could not be put back: ${quoted(text)}`),
  ];
}

/** The same where nothing was put back: what the session did, for the user to look at. */
export function lossLines({ repairs, lost }: Pick<GuardReport, 'repairs' | 'lost'>): string[] {
  return [
    ...repairs.map(({ kind, number, text, instead }) =>
      kind === 'words'
        ? `Step ${number} has other words: ${quoted(text)} is now ${quoted(instead ?? '')}`
        : `Step ${number} is no longer in the list: ${quoted(text)}`,
    ),
    ...lost.map(({ number, text }) => `Step ${number} is no longer in the list: ${quoted(text)}`),
  ];
}

/** What the session did to the steps apart from that: unticked, skipped and moved steps. */
export function noticeLines({ steps }: Pick<GuardReport, 'steps'>): string[] {
  return steps.flatMap((step) => {
    if (step.tick !== 'unticked' && !step.skipped && !step.moved) return [];
    const text = quoted(step.after?.text ?? '');
    const number = step.after?.number ?? 0;
    return [
      ...(step.tick === 'unticked' ? [`Step ${number} was unticked: ${text}`] : []),
      ...(step.skipped ? [`Step ${number} now says that it is skipped: ${text}`] : []),
      ...(step.moved ? [`Step ${number} was moved: ${text}`] : []),
    ];
  });
}

/** For the next session; null if there is nothing to say. At most 4 KiB, open steps first. */
export function guardTelling(report: Pick<GuardReport, 'repairs' | 'lost'>): string | null {
  const { repairs, lost } = report;
  if (repairs.length === 0 && lost.length === 0) return null;
  const important = repairs.toSorted((a, b) => Number(a.done) - Number(b.done));
  const lines = repairLines({ repairs: important, lost });
  const head =
    'The last session took steps out of task_list.md, or changed their words. They are back. Do not remove or ' +
    'reword steps: do them and tick them, add steps below them, or append (blocked: reason).';
  let telling = head;
  for (const [index, line] of lines.entries()) {
    const left = lines.length - index;
    if (bytesIn(telling) + bytesIn(line) + 40 > longestTelling) {
      return `${telling}\n- and ${left} more`;
    }
    telling += `\n- ${line}`;
  }
  return telling;
}

/** `3 kept, 1 ticked, 1 removed`: what became of the steps, for the log. */
export function comparisonWords(steps: readonly StepComparison[]): string {
  const counts = new Map<string, number>();
  const count = (word: string): void => void counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const step of steps) {
    if (step.text !== 'same') count(step.text === 'appended' ? 'appended to' : step.text);
    else if (step.tick === 'kept' && !step.moved && step.parts === 0) count('kept');
    if (step.tick !== 'kept') count(step.tick);
    if (step.parts > 0) count('split');
    if (step.moved) count('moved');
  }
  return [...counts].map(([word, many]) => `${many} ${word}`).join(', ');
}

function repairLine({ kind, number, text, done, instead }: Repair): string {
  const tick = done ? ' (ticked, as before)' : '';
  switch (kind) {
    case 'step':
      return `Step ${number} is back in the list${tick}: ${quoted(text)}`;
    case 'box':
      return `Step ${number} has its checkbox again${tick}: ${quoted(text)}`;
    case 'words':
      return `Step ${number} has its old words again: ${quoted(text)}, instead of ${quoted(instead ?? '')}`;
    default:
      return kind satisfies never;
  }
}

function quoted(text: string): string {
  return `"${safeLine(text, longestStep)}"`;
}

// The question after a take-over: what it came to, and how the task goes on.

import type { TakenOverDialog } from '../../dialog/taken-over.ts';
import { wrapText } from '../../look/text-wrap.ts';
import { bold, run, type StyleRun } from '../row.ts';

export function takenOverLines({ label, lines }: TakenOverDialog, width: number): StyleRun[][] {
  const question = `${label} is paused: continue this conversation, continue in a fresh one, or stay paused?`;
  return [
    ...lines.flatMap((text) => wrapText(text, width).map((line) => [run(line)])),
    [],
    ...wrapText(question, width).map((line) => [run(line, bold)]),
    [],
  ];
}

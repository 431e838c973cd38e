// Checks a screen for anything that a terminal would obey.

import { expect } from 'vitest';
import { paint, bufferOf } from '../../source/ui/terminal/painter.ts';
import { rowText } from '../../source/ui/rows/row.ts';
import { screenRows, type ScreenState } from '../../source/ui/screen.ts';
import { whatIsObeyed } from './attacks.ts';

/** The sequences of the painter, the list and the printers; everything else in their output is text. */
const ownSequences = /\x1b\[(?:[\d;]*m|\d+(?:;\d+)?H|\d*C|K|\?7[lh])/g;

export function painted(state: ScreenState): string {
  const rows = screenRows(state);
  // A row contains no sequence at all, not even one that looks like ours.
  for (const row of rows) expect(whatIsObeyed(rowText(row))).toBeNull();
  return paint(null, bufferOf(rows, state.theme, null));
}

export function expectHarmless(output: string): void {
  expect(whatIsObeyed(output.replaceAll(ownSequences, ''))).toBeNull();
}

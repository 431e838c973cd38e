// The list with what a Reviewer found: open steps under a heading of their own at its end.

import { readChecklist } from '../checklist/checklist.ts';
import type { Finding } from './verdict.ts';

/** Null if they are in it already: another runner wrote them. Safe to do twice. */
export function withFindings(
  text: string,
  { round, findings }: { round: number; findings: readonly Finding[] },
): string | null {
  const heading = `## Review ${round}`;
  const lines = text.split(/\r?\n/u);
  const steps = findings.map(stepFor);
  const at = lines.lastIndexOf(heading);
  if (at !== -1 && steps.every((step) => lines.indexOf(step, at) !== -1)) return null;
  const end = lines.findLastIndex((line) => line.trim() !== '') + 1;
  const before = lines.slice(0, end).join('\n');
  const added = `${heading}\n\n${steps.join('\n')}\n`;
  const plain = withEnds(text, `${before}\n\n${added}`);
  const expected = readChecklist(text).total + steps.length;
  if (readChecklist(plain).total === expected) return plain;
  // What comes before may leave a fence or a comment open, in which nothing counts: then they come first.
  return withEnds(text, `${added}\n${text}`);
}

/** With the line ends of the list as it is. */
function withEnds(list: string, text: string): string {
  return list.includes('\r\n') ? text.replace(/\r?\n/gu, '\r\n') : text;
}

function stepFor({ step, problem, evidence }: Finding): string {
  const about = step === null ? '' : `Step ${step}: `;
  // No text of a finding stands at the end: "(blocked: …)" there would say that the step is blocked.
  return `- [ ] ${about}${problem} [${evidence === '' ? 'no evidence given' : evidence}]`;
}

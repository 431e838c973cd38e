// The message of a session's commit on the task's branch: what it ticked, and which session of which task it was.

import type { SessionName } from '../checkpoint/checkpoint-refs.ts';
import { sessionWords } from '../checkpoint/undo-words.ts';
import { safeLine } from '../text/safe-text.ts';

const longest = 72;
/** What a cut leaves of a character that takes two places. */
const halfCharacter = /[\uD800-\uDBFF]$/;

/** `ticked`: the words of the steps that the session ticked. */
export function sessionMessage({
  task,
  session,
  ticked,
}: {
  task: string;
  session: number;
  ticked: readonly string[];
}): string {
  const subject = subjectOf(ticked) ?? subjectOf([`Session ${session} of ${task}`]);
  return `${subject}\n\nAutonomous-Task: ${task}\nAutonomous-Session: ${session}\n`;
}

/** Of the commit that takes sessions back, the last first. */
export function undoMessage(task: string, sessions: readonly SessionName[]): string {
  return `Take back ${sessionWords(sessions)} of ${task}\n\nAutonomous-Task: ${task}\n`;
}

/** `Add the parser and 2 more steps` */
function subjectOf([first, ...others]: readonly string[]): string | null {
  const words = safeLine(first ?? '', 200).trim();
  if (words === '') return null;
  const steps = others.length === 1 ? 'step' : 'steps';
  const more = others.length === 0 ? '' : ` and ${others.length} more ${steps}`;
  const space = longest - more.length;
  return (
    (words.length > space
      ? `${words
          .slice(0, space - 2)
          .replace(halfCharacter, '')
          .trimEnd()} …`
      : words) + more
  );
}

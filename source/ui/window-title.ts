// The title of the window: what needs you and what runs, for whoever has it in the background.
//
//   1 needs you, 2 running - ~/shop

import type { Board } from '../core/board.ts';
import { cleanLine } from '../core/clean.ts';

const longest = 100;

/** Plain ASCII but for the project's name: a title bar has fonts of its own. */
export function windowTitle({ tasks, project }: Board): string {
  const count = (word: string): number => tasks.filter(({ state }) => state.word === word).length;
  const [needing, failed, running, waiting] = ['needs you', 'failed', 'running', 'waiting'].map(
    count,
  );
  const parts = [
    needing ? (needing === 1 ? '1 needs you' : `${needing} need you`) : '',
    failed ? `${failed} failed` : '',
    running ? `${running} running` : '',
    waiting ? `${waiting} waiting` : '',
  ].filter((part) => part !== '');
  const what = parts.length === 0 ? 'autonomous-tui' : parts.join(', ');
  return cleanLine(`${what} - ${project}`, { maxLength: longest });
}

// The window title: what needs you and what runs, for a window in the background.
//
//   1 needs you, 2 running - ~/shop

import { presentTasks } from '../../core/task/archived.ts';
import type { Board } from '../../core/task/board.ts';
import { cleanLine } from '../../core/text/clean.ts';

const longest = 100;

/** Plain ASCII except for the project's name: title bars use other fonts. */
export function windowTitle(board: Board): string {
  const words = boardWords(board);
  const what = words === '' ? 'autonomous-tui' : words;
  return cleanLine(`${what} - ${board.project}`, { maxLength: longest });
}

/** `1 needs you, 2 running`; empty if there is nothing to report. */
export function boardWords(board: Board): string {
  const tasks = presentTasks(board.tasks);
  const count = (word: string): number => tasks.filter(({ state }) => state.word === word).length;
  const [needing, failed, running, starting, waiting] = [
    'needs you',
    'failed',
    'running',
    'starting',
    'waiting',
  ].map(count);
  return [
    needing ? (needing === 1 ? '1 needs you' : `${needing} need you`) : '',
    failed ? `${failed} failed` : '',
    running ? `${running} running` : '',
    starting ? `${starting} starting` : '',
    waiting ? `${waiting} waiting` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

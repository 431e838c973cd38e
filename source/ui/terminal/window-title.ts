// The title of the window: what needs you and what runs, for whoever has it in the background.
//
//   1 needs you, 2 running - ~/shop

import type { Board } from '../../core/task/board.ts';
import { cleanLine } from '../../core/text/clean.ts';

const longest = 100;

/** Plain ASCII but for the project's name: a title bar has fonts of its own. */
export function windowTitle(board: Board): string {
  const words = boardWords(board);
  const what = words === '' ? 'autonomous-tui' : words;
  return cleanLine(`${what} - ${board.project}`, { maxLength: longest });
}

/** `1 needs you, 2 running`; empty where nothing does. */
export function boardWords({ tasks }: Board): string {
  const count = (word: string): number => tasks.filter(({ state }) => state.word === word).length;
  const [needing, failed, running, waiting] = ['needs you', 'failed', 'running', 'waiting'].map(
    count,
  );
  return [
    needing ? (needing === 1 ? '1 needs you' : `${needing} need you`) : '',
    failed ? `${failed} failed` : '',
    running ? `${running} running` : '',
    waiting ? `${waiting} waiting` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

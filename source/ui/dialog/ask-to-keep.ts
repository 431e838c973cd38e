// The question before an edited list is taken that leaves a task nothing to do.

import type { EditQuestion } from '../../core/edit/what-goes.ts';
import type { Confirm } from './dialog.ts';

/** `keep`: takes the list. `refused`: what is said if the user does not want that. */
export function askToKeep(
  task: string,
  { question, detail }: EditQuestion,
  { keep, refused }: { keep: NonNullable<Confirm['keep']>; refused: string },
): Confirm {
  return {
    title: 'The edited list',
    question,
    detail,
    yes: 'keep it',
    command: 'keep-edit',
    tasks: [task],
    keep,
    afterNo: refused,
  };
}

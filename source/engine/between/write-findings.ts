// Writes what the Reviewer found into the list, as open steps. The list may be saved by others at the very moment.

import { withFindings } from '../../core/review/review-steps.ts';
import type { PartAnswer } from '../../core/stage/stage.ts';
import type { StageContext } from './part.ts';

const attempts = 5;

export async function writeFindings({ deps, findings, look }: StageContext): Promise<PartAnswer> {
  if (findings === undefined) return {};
  for (let attempt = 0; attempt < attempts; attempt++) {
    const list = await deps.task.readList();
    if (list.kind !== 'text') return {};
    const text = withFindings(list.text, findings);
    if (text === null || (await deps.task.replaceList(text, list.text))) {
      return { isWritten: true, list: await look() };
    }
  }
  // The run says that it needs the user.
  return {};
}

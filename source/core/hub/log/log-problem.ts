// Why the logs of tasks cannot be sent to a hub or followed there, as a sentence for the user.

import { errorMessage } from '../../text/error-message.ts';

const noPlace =
  'The hub has no place for the logs of tasks, or this machine no right to it: run --serve-hub again where the hub is';

/** A machine's key is good for the hub, but an older version of this program gave it its rights. */
export function logSentence(error: unknown): string {
  const { problem } = (error ?? {}) as { problem?: unknown };
  return problem === 'no rights' ? noPlace : errorMessage(error);
}

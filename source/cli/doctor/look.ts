// One look of `--doctor`.

import { stopping, type Finding, type Found } from '../../core/doctor/finding.ts';
import { errorMessage } from '../../core/text/error-message.ts';

export function named(name: string, found: Found): Finding {
  return { name, ...found };
}

/** What a look throws is a sentence for the user, as it is for a start. */
export async function look(name: string, find: () => Promise<Found>): Promise<Finding> {
  return named(name, await find().catch((error: unknown) => stopping(errorMessage(error))));
}

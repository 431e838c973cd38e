// Removes what Codex wrote in a session, once nothing can be lost: run.json holds the session's end and usage, and
// session.log is the same, byte for byte. Otherwise the file is kept.

import type { SessionRecord } from '../../core/run/record.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';

/** `record` must be on disk, with its end. */
export async function removeCopied(
  { state }: Pick<RunnerDeps, 'state'>,
  { uuid, output, ended }: SessionRecord,
): Promise<void> {
  if (output === 'own file' && ended !== null && ended.copy !== null)
    await state.removeOutput(uuid);
}

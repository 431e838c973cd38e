// Which session of a task is the last one, and where its lines are: for a reader that follows the log.

import { isSameDirectory, type DirectoryIdentity, type RunRecord } from '../../core/run/record.ts';
import { outputOffset } from '../session/log-lines.ts';
import type { LastSession } from './running-tail.ts';

type LastSessionDeps = {
  /** The path of what Codex writes in a session. */
  outputPath(uuid: string): string;
  readRecord(): RunRecord | null;
  identity(): DirectoryIdentity | null;
};

/** Null if there is none, if it cannot be told, or if it writes into session.log itself, as with an older version. */
export function lastSessionOf(deps: LastSessionDeps): LastSession | null {
  try {
    const record = deps.readRecord();
    const session = record?.session ?? null;
    if (record === null || session?.output !== 'own file') return null;
    const directory = deps.identity();
    if (directory === null || !isSameDirectory(record.directory, directory)) return null;
    const { uuid, ended } = session;
    const path = deps.outputPath(uuid);
    return { uuid, path, offset: outputOffset(session), state: stateOf(ended) };
  } catch {
    return null;
  }
}

function stateOf(ended: { copy: unknown } | null): LastSession['state'] {
  if (ended === null) return 'running';
  return ended.copy === null ? 'changed' : 'copied';
}

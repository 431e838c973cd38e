// A line of the stage in session.log, exactly once for each session and kind, whatever runner died in between.

import type { SessionRecord } from '../../core/run/record.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';

/** Lines of one stage follow its session's end: what came before it may be the agent's, and is not looked at. */
const maxBytes = 256 * 1024;

export async function logOnce(
  { task, clock }: Pick<RunnerDeps, 'task' | 'clock'>,
  { number, uuid }: Pick<SessionRecord, 'number' | 'uuid'>,
  { type, ...fields }: { type: string; [field: string]: unknown },
): Promise<void> {
  const begins = `{"type":"${type}","session":${number},"uuid":"${uuid}"`;
  const lines = (await task.readLogEnd(maxBytes)).split('\n');
  const isEnd = (line: string): boolean =>
    line.startsWith('{"type":"autonomous.session.ended"') && line.includes(`"uuid":"${uuid}"`);
  const end = lines.findLastIndex(isEnd);
  if (lines.slice(end + 1).some((line) => line.startsWith(begins))) return;
  const at = new Date(clock.now()).toISOString();
  await task.appendToLog(`${JSON.stringify({ type, session: number, uuid, at, ...fields })}\n`);
}

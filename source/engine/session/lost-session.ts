// A session whose runner is gone, and whose task goes on with another machine's record of the run: no runner will close it.
// What it still wrote comes to session.log, so that nothing of it is lost.

import type { SessionRecord } from '../../core/run/record.ts';
import type { LogCopy } from '../../system/copy/log-copy.ts';
import type { RunnerDeps } from '../run/runner-deps.ts';
import { endLines, startLine } from './log-lines.ts';

type LostDeps = Pick<RunnerDeps, 'state' | 'copyLog' | 'clock'>;

const maxErrorBytes = 256 * 1024;

/** Copies what it has written so far. Call with the task's locks. */
export async function copyLostSession(deps: LostDeps): Promise<void> {
  await withCopy(deps, (copy) => copy.copyOn());
}

/** The same when no process of it lives, and writes its end. */
export async function endLostSession(deps: LostDeps): Promise<void> {
  await withCopy(deps, async (copy, record) => {
    const stderr = await deps.state.readErrors(record.uuid, maxErrorBytes);
    const exit = { exitCode: null, signal: null };
    const end = { exit, stderr, at: deps.clock.now(), outcome: 'interrupted' };
    await copy.end((endOfOutput) => endLines(record, end, endOfOutput));
  });
}

async function withCopy(
  { state, copyLog }: LostDeps,
  act: (copy: LogCopy, record: SessionRecord) => Promise<void>,
): Promise<void> {
  const record = (await state.readRecord())?.session ?? null;
  if (record === null || record.ended !== null || record.output === 'log') return;
  const { uuid, log } = record;
  const copy = copyLog({ uuid, offset: log.offset, startLine: startLine(record) }, 'dead');
  try {
    await act(copy, record);
  } finally {
    await copy.close();
  }
}

// The line of a take-over in session.log:
//
//   {"type":"autonomous.taken-over","session":4,"uuid":"…","at":ISO,"from":ISO,"to":ISO,"thread":"…","before":{…},"totals":{…},"files":["a.ts"]}

import type { LogEvent } from '../codex/log-event.ts';
import { listField, objectField, textField, timeField, type JsonObject } from '../json/json.ts';
import { isThreadId } from '../task/task.ts';
import { readTotals, type TakeOver, type TakeOverEnd } from './take-over.ts';

type Ended = Omit<TakeOver, 'ended'> & { readonly ended: TakeOverEnd };

/** A landmark of the log is short. */
const mostFiles = 100;

/** Its fields, without when it was written. */
export function takenOverLine({ startedAt, threadId, before, ended }: Ended) {
  return {
    type: 'autonomous.taken-over',
    from: new Date(startedAt).toISOString(),
    to: new Date(ended.at).toISOString(),
    thread: threadId,
    before,
    totals: ended.totals,
    files: ended.files.slice(0, mostFiles),
  };
}

export function readTakenOver(json: JsonObject): LogEvent | null {
  const threadId = textField(json, 'thread');
  if (threadId === null || !isThreadId(threadId)) return null;
  return {
    type: 'taken-over',
    at: timeField(json, 'to'),
    from: timeField(json, 'from'),
    threadId,
    before: readTotals(objectField(json, 'before')),
    totals: readTotals(objectField(json, 'totals')),
    files: listField(json, 'files').filter((file) => typeof file === 'string'),
  };
}

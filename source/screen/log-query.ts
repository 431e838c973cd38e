// The query on the selected task's log. The object stays the same as long as the query does.

import type { LogQuery } from '../core/log/snapshot.ts';
import { followingLog, queryOf, type LogView } from '../ui/view/log/view.ts';
import type { View } from '../ui/view/state.ts';

export function createLogQuery(): (view: View) => LogQuery {
  let seen: { of: LogView; query: LogQuery } = { of: followingLog, query: queryOf(followingLog) };
  return ({ selected, logs }) => {
    const log = (selected === null ? undefined : logs.get(selected)) ?? followingLog;
    if (seen.of !== log) seen = { of: log, query: queryOf(log) };
    return seen.query;
  };
}

// The query on the selected task's log. The object stays the same as long as the query does.

import type { LogQuery } from '../core/log/snapshot.ts';
import { followingLog, queryOf, type LogView } from '../ui/view/log/view.ts';
import type { View } from '../ui/view/state.ts';

export function createLogQuery(): (view: View) => LogQuery {
  let seen: { log: LogView; page: View['page']; query: LogQuery } | null = null;
  return ({ selected, logs, page }) => {
    const log = (selected === null ? undefined : logs.get(selected)) ?? followingLog;
    if (seen?.log === log && seen.page === page) return seen.query;
    const query = queryOf(log);
    seen = { log, page, query: page === 'sessions' ? { ...query, sessions: 'all' } : query };
    return seen.query;
  };
}

// The query on the selected task's log. The object stays the same as long as the query does.

import type { LogWish } from '../core/log/snapshot.ts';
import { followingLog, wishOf, type LogView } from '../ui/view/log/view.ts';
import type { View } from '../ui/view/state.ts';

export function createWish(): (view: View) => LogWish {
  let seen: { of: LogView; wish: LogWish } = { of: followingLog, wish: wishOf(followingLog) };
  return ({ selected, logs }) => {
    const log = (selected === null ? undefined : logs.get(selected)) ?? followingLog;
    if (seen.of !== log) seen = { of: log, wish: wishOf(log) };
    return seen.wish;
  };
}

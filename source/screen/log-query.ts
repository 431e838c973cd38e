// What is to be seen of the selected task's log: another object only when it is another wish.

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

// Tails the session.log of the task that is looked at. Log lines never live in React's state: the keeper holds
// them, React hears that there are more.

import { useEffect, useState, useSyncExternalStore } from 'react';
import { createLogKeeper, type OpenLog, type SessionLog } from '../engine/log-keeper.ts';

/** Null when no task is looked at. For a moment after another one was chosen it is still the old one's. */
export function useSessionLog(openLog: OpenLog, task: string | null): SessionLog | null {
  const [keeper] = useState(() => createLogKeeper(openLog));
  useEffect(() => keeper.follow(task), [keeper, task]);
  useEffect(() => () => keeper.close(), [keeper]);
  return useSyncExternalStore(keeper.subscribe, keeper.log);
}

// Tails the session.log of the task that is looked at. Log lines never live in React's state: the keeper holds
// them, and the live screen hears that there are more.

import { useEffect, useState } from 'react';
import { createLogKeeper, type LogKeeper, type OpenLog } from '../engine/log/keeper.ts';

export function useSessionLog(openLog: OpenLog): LogKeeper {
  const [keeper] = useState(() => createLogKeeper(openLog));
  useEffect(() => () => keeper.close(), [keeper]);
  return keeper;
}

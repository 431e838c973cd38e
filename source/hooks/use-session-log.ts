// Tails the selected task's session.log. Log lines never live in React state: the keeper holds them and tells the live
// screen that there are more.

import { useEffect, useState } from 'react';
import { createLogKeeper, type LogKeeper, type OpenLog } from '../engine/log/keeper.ts';

export function useSessionLog(openLog: OpenLog): LogKeeper {
  const [keeper] = useState(() => createLogKeeper(openLog));
  useEffect(() => () => keeper.close(), [keeper]);
  return keeper;
}

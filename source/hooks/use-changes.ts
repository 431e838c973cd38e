// What a task changed, while the page shows it. Like a log, it never lives in React state.

import { useEffect, useState } from 'react';
import {
  createChangesKeeper,
  type ChangesKeeper,
  type VisitChanges,
} from '../engine/changes/keeper.ts';

export function useChanges(visitChanges: VisitChanges): ChangesKeeper {
  const [keeper] = useState(() => createChangesKeeper(visitChanges));
  useEffect(() => () => keeper.close(), [keeper]);
  return keeper;
}

// The Board as React sees it.

import { useSyncExternalStore } from 'react';
import type { Board } from '../core/board.ts';
import type { Store } from '../engine/store.ts';

export function useBoard(store: Store): Board {
  return useSyncExternalStore(store.subscribe, store.board);
}

// The live screen as React sees it: made once, started and stopped with the component, as wide as the terminal.

import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { ScreenState } from '../ui/screen.ts';
import { createLiveScreen, type LiveScreen, type LiveScreenDoors } from '../screen/live-screen.ts';

export function useLiveScreen(doors: LiveScreenDoors): LiveScreen {
  const [screen] = useState(() => createLiveScreen(doors));
  const { size } = doors;
  useLayoutEffect(() => screen.resize(size), [screen, size]);
  useEffect(() => screen.start(), [screen]);
  return screen;
}

/** For whoever draws with React: renders with every frame. */
export function useScreenState(screen: LiveScreen): ScreenState {
  return useSyncExternalStore(screen.subscribe, screen.state);
}

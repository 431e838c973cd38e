// The live screen as a hook: created once, started and stopped with the component, as large as the terminal.

import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { ScreenState } from '../ui/screen.ts';
import { createLiveScreen, type LiveScreen, type LiveScreenDeps } from '../screen/live-screen.ts';

export function useLiveScreen(deps: LiveScreenDeps): LiveScreen {
  const [screen] = useState(() => createLiveScreen(deps));
  const { size } = deps;
  useLayoutEffect(() => screen.resize(size), [screen, size]);
  useEffect(() => screen.start(), [screen]);
  return screen;
}

/** For components that draw with React: renders with every frame. */
export function useScreenState(screen: LiveScreen): ScreenState {
  return useSyncExternalStore(screen.subscribe, screen.state);
}

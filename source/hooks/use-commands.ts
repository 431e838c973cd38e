// Hands keys to the commands, with the deps of the latest render.

import { useCallback, useEffect, useRef } from 'react';
import { pressed, type KeyDeps } from '../screen/commands/carry-out.ts';
import type { Key } from '../ui/keys/keys.ts';

/** Returns the function to call with each key, in the order of the key presses. */
export function useCommands(deps: KeyDeps): (key: Key) => void {
  const latest = useRef(deps);
  useEffect(() => {
    latest.current = deps;
  });
  return useCallback((key) => pressed(latest.current, key), []);
}

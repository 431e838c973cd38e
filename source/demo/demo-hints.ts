// What the demo says on the screen: that it is one, which keys it presses by itself, and what the user can press at
// its end.

import type { Store } from '../engine/tasks/store.ts';
import type { Clock } from '../system/clock.ts';

export type DemoHints = {
  /** For a while. */
  say(sentence: string): void;
  over(isOver: boolean): void;
  close(): void;
};

/** The longest hint is read in less. */
const hintMs = 12_000;

export function showDemoHints(
  { dispatch }: Pick<Store, 'dispatch'>,
  clock: Pick<Clock, 'now' | 'wakeAt'>,
): DemoHints {
  let forget = (): void => {};
  const show = (sentence: string | null): void => {
    forget();
    dispatch({ type: 'hint', sentence });
  };
  const say = (sentence: string): void => {
    show(sentence);
    forget = clock.wakeAt(clock.now() + hintMs, () => show(null));
  };
  say('Demo: the real Codex, a scripted model. n new task · q quit');
  return {
    say,
    over: (isOver) => {
      show(isOver ? 'The demo is over. Look around · n new task · q quit' : null);
    },
    close: () => forget(),
  };
}

// When session.log is written while a session runs.

import { expect, test, vi } from 'vitest';
import { followCopy } from '../../../source/engine/session/following-copy.ts';
import type { SessionContext } from '../../../source/engine/session/reading.ts';
import { HandClock } from '../../helpers/hand-clock.ts';

test('a line is copied at once if there was none for a tenth of a second, whenever it was looked for', async () => {
  const clock = new HandClock();
  let hint = (_name: string): void => {};
  const context = {
    deps: {
      clock,
      state: { path: '/state', outputPath: (uuid: string) => `/state/live-${uuid}.jsonl` },
      watchDirectory: (_path: string, onHint: (name: string | null) => void) => {
        hint = onHint;
        return { isActive: true, close: () => {} };
      },
    },
    record: { uuid: 'one' },
  } as unknown as SessionContext;
  const copyOn = vi.fn(() => Promise.resolve());
  followCopy(context, { copyOn, end: vi.fn(), close: vi.fn() });
  // With looks at every half second, lines come soon before and after them, too.
  for (let line = 0; line < 50; line++) {
    clock.turn(110);
    await new Promise(setImmediate);
    copyOn.mockClear();
    hint('live-one.jsonl');
    await new Promise(setImmediate);
    expect(copyOn, `line ${line}`).toHaveBeenCalledTimes(1);
  }
});

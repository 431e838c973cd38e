// Going to a place in a log that is still being read: the view gets there by itself, unless the user moves on.

import { describe, expect, test } from 'vitest';
import { commands } from '../../../source/screen/commands/command-table.ts';
import type { SeenLog } from '../../../source/ui/view/panes.ts';
import type { JumpTarget } from '../../../source/ui/view/jump-target.ts';
import { reduceView } from '../../../source/ui/view/reducer.ts';
import { initialView, type View } from '../../../source/ui/view/state.ts';
import { board, entries, entry, screen, sessionBody, task } from '../sample.ts';
import type { ViewAction } from '../../../source/ui/view/view-action.ts';

const early = { ...entry(null, { ...sessionBody, session: 2 }), offset: 7 };

/** The end of the log has been read; of the part before it, only `landmarks` are known so far. */
function scene(known: Partial<SeenLog>) {
  const extent = { from: 5000, to: 9000, atStart: false, atEnd: true };
  const log = { task: 'shop', entries, extent, reading: null, ...known };
  return { ...screen('120×40'), board: board({ tasks: [task('shop')] }), log };
}

const reading = scene({ reading: 0.4, errorFrom: () => 40 });
const read = scene({ landmarks: [early], errorFrom: () => 70 });
const look: ViewAction = { type: 'scene-changed' };
const key: ViewAction = { type: 'touched', at: reading.now };

function goes(target: JumpTarget): View {
  const before = reduceView(initialView({ commands }), look, reading);
  return reduceView(before, { type: 'gone-to', target }, reading);
}

const place = (view: View) => {
  const scroll = view.logs.get('shop')?.scroll;
  return scroll?.follow === false ? scroll.offset : 'the end';
};

describe('a place that has not been read yet', () => {
  test('is gone to as soon as it has been read', () => {
    const waiting = goes({ kind: 'session', number: 2 });
    expect(place(waiting)).toBe('the end');
    expect(waiting.notice?.text).toContain('Still reading the log');
    expect(reduceView(waiting, look, scene({ reading: 0.6 }))).toBe(waiting);
    // Long before the whole log has been read.
    const there = reduceView(waiting, look, scene({ reading: 0.7, landmarks: [early] }));
    expect(place(there)).toBe(7);
    expect(there.goingTo).toBeNull();
    expect(there.notice).toBeNull();
    expect(there.focus).toBe('log');
  });

  test('is given up when a key is pressed', () => {
    const stayed = reduceView(goes({ kind: 'session', number: 2 }), key, reading);
    expect(stayed.notice).toBeNull();
    expect(place(reduceView(stayed, look, read))).toBe('the end');
  });

  test('that does not exist is reported once everything has been read', () => {
    const nowhere = reduceView(goes({ kind: 'session', number: 9 }), look, read);
    expect(nowhere.notice?.text).toBe('No session 9 in this log');
    expect(nowhere.notice?.until).toBeGreaterThan(read.now);
    expect(place(nowhere)).toBe('the end');
  });

  test('can be the nearest error above only once all above is read; below, it is the first found', () => {
    const up = goes({ kind: 'error', from: 5000, by: -1 });
    expect(place(up)).toBe('the end');
    expect(place(reduceView(up, look, read))).toBe(70);
    expect(place(goes({ kind: 'error', from: 5, by: 1 }))).toBe(40);
  });

  test('is not looked for in the log of another task', () => {
    const waiting = goes({ kind: 'session', number: 2 });
    const other = reduceView(waiting, look, scene({ task: 'docs', landmarks: [early] }));
    expect(other.goingTo).toBeNull();
    expect(other.logs.size).toBe(0);
  });
});

// Goes to a place in the log that has not been read yet: the view jumps there as soon as it has, unless the user
// presses a key or uses the mouse first.

import type { JumpTarget } from './jump-target.ts';
import { positionOf } from './log/jump.ts';
import { soughtAt } from './log/place.ts';
import { panesOf, type Scene } from './panes.ts';
import { noticeMs, type Notice } from '../rows/status-rows.ts';
import { withLog, type View } from './state.ts';

const untilRead: Notice = {
  text: 'Still reading the log; going there once it is found',
  tone: 'plain',
  until: Infinity,
};

/** The view at the target, on its way to it, or with a notice that says why there is no such place. */
export function goneTo(view: View, target: JumpTarget, scene: Scene): View {
  const place = positionOf(scene, target);
  if (place.kind === 'nowhere') {
    const notice: Notice = { text: place.why, tone: 'plain', until: scene.now + noticeMs };
    return { ...view, goingTo: null, notice };
  }
  const there: View = { ...stayed(view), focus: 'log' };
  const { log } = panesOf(there, scene);
  if (place.kind === 'unread' || log === null) {
    return { ...there, goingTo: target, notice: untilRead };
  }
  return withLog(there, { ...log, scroll: soughtAt(log, place.offset), peeked: null });
}

/** Cancels the jump. The same object if there was none. */
export function stayed(view: View): View {
  return view.goingTo === null ? view : { ...view, goingTo: null, notice: null };
}

/** The same object until more is known about the place. */
export function withGoing(view: View, scene: Scene): View {
  const target = view.goingTo;
  if (target === null) return view;
  if (scene.log !== null && scene.log.task !== view.selected) return stayed(view);
  const gone = goneTo(view, target, scene);
  return gone.goingTo === target ? view : gone;
}

// Going to a place in the log that is not read so far yet: one gets there as soon as it is, unless a key or the mouse
// says otherwise meanwhile.

import type { JumpTarget } from './jump-target.ts';
import { placeOf } from './log/jump.ts';
import { soughtAt } from './log/place.ts';
import { panesOf, type Scene } from './panes.ts';
import { noticeMs, type Notice } from '../rows/status-rows.ts';
import { withLog, type View } from './state.ts';

const untilRead: Notice = {
  text: 'The log is still being read: this goes there as soon as it is found',
  tone: 'plain',
  until: Infinity,
};

/** At the target, on the way to it, or with the sentence why there is no such place. */
export function goneTo(view: View, target: JumpTarget, scene: Scene): View {
  const place = placeOf(scene, target);
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

/** On the way nowhere. The same object when it was not. */
export function stayed(view: View): View {
  return view.goingTo === null ? view : { ...view, goingTo: null, notice: null };
}

/** The same object as long as nothing more is known of the place. */
export function withGoing(view: View, scene: Scene): View {
  const target = view.goingTo;
  if (target === null) return view;
  if (scene.log !== null && scene.log.task !== view.selected) return stayed(view);
  const gone = goneTo(view, target, scene);
  return gone.goingTo === target ? view : gone;
}

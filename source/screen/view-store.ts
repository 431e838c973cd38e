// Holds the view outside of React, because several keys can arrive in one read and each must see what the one before
// it did.

import type { Scene } from '../ui/view/panes.ts';
import { reduceView } from '../ui/view/reducer.ts';
import { isSameButForTime } from '../ui/view/same-scene.ts';
import { resortsAt } from '../ui/view/settled-view.ts';
import { initialView, type OwnView, type View } from '../ui/view/state.ts';
import type { ViewAction } from '../ui/view/view-action.ts';

export type ViewStore = {
  view(): View;
  /** The data that the view shows; set with each frame. */
  scene(): Scene;
  setScene(scene: Scene): void;
  act(action: ViewAction): void;
  subscribe(listener: () => void): () => void;
};

export function createViewStore(first: {
  selected: string | null;
  own: OwnView;
  scene: Scene;
}): ViewStore {
  let scene = first.scene;
  let view = initialView(first.own, first.selected);
  const listeners = new Set<() => void>();
  const act = (action: ViewAction): void => {
    const next = reduceView(view, action, scene);
    if (next === view) return;
    view = next;
    for (const listener of listeners) listener();
  };
  return {
    view: () => view,
    scene: () => scene,
    setScene: (next) => {
      const before = scene;
      scene = next;
      const isLater = isSameButForTime(before, next) && before.now <= next.now;
      // Eight times a second, while spinners turn, there is nothing to settle.
      if (!isLater || next.now >= settlesAt(view, before)) act({ type: 'scene-changed' });
    },
    act,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** When a view is to be settled again though its data is the same, epoch ms. */
function settlesAt(view: View, scene: Scene): number {
  // It has not been yet.
  if (view.order === null) return -Infinity;
  return Math.min(view.notice?.until ?? Infinity, resortsAt(view, scene) ?? Infinity);
}

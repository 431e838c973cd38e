// Holds the view outside of React, because several keys can come in one read and each has to see what the
// one before it did.

import type { Scene } from '../ui/view/panes.ts';
import { reduceView, type ViewAction } from '../ui/view/reducer.ts';
import { initialView, type OwnView, type View } from '../ui/view/state.ts';

export type ViewStore = {
  view(): View;
  /** What the view stands before; set after each picture. */
  scene(): Scene;
  setScene(scene: Scene): void;
  act(action: ViewAction): void;
  subscribe(listener: () => void): () => void;
};

export function createViewStore(first: {
  selected: string | null;
  own?: OwnView | undefined;
  scene: Scene;
}): ViewStore {
  let scene = first.scene;
  let view = initialView(first.selected, first.own);
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
      scene = next;
      act({ type: 'scene-changed' });
    },
    act,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

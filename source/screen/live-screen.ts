// The live screen, outside of React: gathers board, log, view, size and time into the state that is drawn. Thousands
// of log lines per second pass through here without a render.

import {
  createFrameScheduler,
  animationFrameMs,
  type FrameScheduler,
  type Outlook,
} from '../engine/frame-scheduler.ts';
import type { DetailsKeeper } from '../engine/tasks/details-keeper.ts';
import type { ChangesKeeper } from '../engine/changes/keeper.ts';
import type { LogKeeper } from '../engine/log/keeper.ts';
import type { Store } from '../engine/tasks/store.ts';
import type { Clock } from '../system/clock.ts';
import type { ScreenSize } from '../ui/view/layout.ts';
import type { Scene } from '../ui/view/panes.ts';
import type { ScreenState } from '../ui/screen.ts';
import { resortsAt } from '../ui/view/settled-view.ts';
import { isTurning } from '../ui/look/state-words.ts';
import type { Theme } from '../ui/look/theme.ts';
import type { OwnView } from '../ui/view/state.ts';
import { createViewStore, type ViewStore } from './view-store.ts';
import { changesQuery } from './changes-query.ts';
import { createLogQuery } from './log-query.ts';
import { createInStep } from './in-step.ts';
import { createRequests, type Requests } from './requests.ts';

export type LiveScreenDeps = {
  readonly clock: Clock;
  readonly store: Store;
  readonly log: LogKeeper;
  readonly details: DetailsKeeper;
  /** Default: the page "What it changed" has nothing to show. */
  readonly changes?: ChangesKeeper;
  readonly theme: Theme;
  readonly size: ScreenSize;
  /** The task that the dashboard was opened for. */
  readonly selected: string | null;
  /** Keys and mouse as the user has configured them. */
  readonly own: OwnView;
};

export type LiveScreen = Pick<ViewStore, 'view' | 'scene' | 'act'> & {
  /** What the user asked of tasks; on the screen at once. */
  readonly requests: Requests;
  /** What the screen shows. The same object from one frame to the next. */
  state(): ScreenState;
  resize(size: ScreenSize): void;
  /** The listener is called for every frame. */
  subscribe(listener: () => void): () => void;
  /** Starts following; returns a function that stops it. */
  start(): () => void;
};

export function createLiveScreen(deps: LiveScreenDeps): LiveScreen {
  const { clock, store, log, details, changes, theme } = deps;
  let size = deps.size;
  const inStep = createInStep();
  const requests = createRequests({ clock, disk: store.board });
  const scene = (): Scene => {
    const now = clock.now();
    const shown = details.details();
    const animationFrame = Math.floor(now / animationFrameMs);
    return {
      board: inStep(requests.over(store.board()), shown),
      log: log.log(),
      details: shown,
      changes: changes?.changes() ?? null,
      size,
      now,
      animationFrame,
    };
  };
  const views = createViewStore({ selected: deps.selected, own: deps.own, scene: scene() });
  const listeners = new Set<() => void>();
  // The next key of the same read already sees the request.
  requests.subscribe(() => views.setScene(scene()));
  const query = createLogQuery();
  let state = gathered();
  let frames: FrameScheduler | null = null;

  function gathered(): ScreenState {
    const found = scene();
    views.setScene(found);
    // The selection may have changed, and the log with it.
    const { selected } = views.view();
    const followed = selected === null || requests.isNew(selected) ? null : selected;
    log.follow(followed);
    details.follow(followed);
    changes?.look(changesQuery(views.view(), views.scene()));
    const isNew =
      log.log() !== found.log ||
      details.details() !== found.details ||
      (changes?.changes() ?? null) !== found.changes;
    if (isNew) views.setScene(scene());
    log.look(query(views.view()));
    return { ...views.scene(), view: views.view(), theme };
  }

  function draw(): Outlook {
    state = gathered();
    for (const listener of listeners) listener();
    return outlookOf(state, requests.changesAt());
  }

  return {
    view: views.view,
    scene: views.scene,
    act: views.act,
    requests,
    state: () => state,
    resize: (next) => {
      if (next.columns === size.columns && next.rows === size.rows) return;
      size = next;
      frames?.now();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start: () => {
      const started = createFrameScheduler(clock, draw);
      frames = started;
      started.now();
      const stops = [
        // A step that is ticked in the task's row must be ticked in the details at the same time.
        store.subscribe(() => void details.hurry().finally(started.soon)),
        log.subscribe(started.soon),
        log.onAnswer(started.now),
        details.subscribe(started.soon),
        ...(changes === undefined ? [] : [changes.subscribe((when) => started[when]())]),
        views.subscribe(started.now),
        requests.subscribe(started.now),
        started.close,
      ];
      return () => stops.forEach((stop) => stop());
    },
  };
}

const minuteMs = 60_000;

function outlookOf(state: ScreenState, requestsChangeAt: number | null): Outlook {
  const { board, view, now } = state;
  const minute = now - (now % minuteMs) + minuteMs;
  return {
    isMoving: board.tasks.some((task) => isTurning(task.state.word)),
    changesAt: Math.min(
      minute,
      view.notice?.until ?? Infinity,
      resortsAt(view, state) ?? Infinity,
      requestsChangeAt ?? Infinity,
    ),
  };
}
